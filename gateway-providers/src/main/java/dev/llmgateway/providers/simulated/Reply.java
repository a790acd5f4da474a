package dev.llmgateway.providers.simulated;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated provider answers to one request. Immutable; one instance may serve any number of requests. Byte
 * arrays are not copied: do not change them afterwards.
 */
public sealed interface Reply {

    /** The answer to be expected of the vendor, see {@link SimulatedProvider}. */
    static Usual usual() {
        return new Usual(null, 0);
    }

    /** The expected answer at a given pace. */
    static Usual usual(Pace pace) {
        return new Usual(pace, 0);
    }

    /** A JSON body with its status. */
    static Json json(int status, String body) {
        return new Json(status, Map.of(), body);
    }

    /** The vendor's error body for a status; 429 comes with {@code retry-after: 1}. */
    static Failure failure(int status) {
        return new Failure(status, status == 429 ? Map.of("retry-after", "1") : Map.of(), "simulated error " + status);
    }

    /** The vendor's error body for a status, with headers such as {@code retry-after}. */
    static Failure failure(int status, Map<String, String> headers) {
        return new Failure(status, headers, "simulated error " + status);
    }

    /**
     * A complete event stream.
     *
     * @param events each with its own field names and the blank line at its end
     */
    static Sse sse(List<String> events, Pace pace) {
        return new Sse(events, pace, Map.of(), Ending.COMPLETE);
    }

    /** Recorded bytes with status 200, sent whole. */
    static Recorded recorded(String contentType, byte[] body) {
        return new Recorded(200, contentType, Map.of(), body, new Delivery.Whole());
    }

    /** Recorded bytes with status 200, sent as the delivery says. */
    static Recorded recorded(String contentType, byte[] body, Delivery delivery) {
        return new Recorded(200, contentType, Map.of(), body, delivery);
    }

    /**
     * The answer to be expected of the vendor.
     *
     * @param pace null for the server's own pace
     * @param words length of the text answer; 0 for a short one that repeats the prompt
     */
    record Usual(@Nullable Pace pace, int words) implements Reply {}

    /**
     * A JSON answer, sent as it is with its length.
     *
     * @param body sent as UTF-8, whether it is JSON or not
     */
    record Json(int status, Map<String, String> headers, String body) implements Reply {}

    /** An error in the vendor's own shape: OpenAI's on an OpenAI path, Anthropic's on an Anthropic path. */
    record Failure(int status, Map<String, String> headers, String message) implements Reply {}

    /**
     * An event stream with status 200.
     *
     * @param events each with its own field names and the blank line at its end; one is sent per write
     */
    record Sse(List<String> events, Pace pace, Map<String, String> headers, Ending ending) implements Reply {

        /** The same stream cut down to its first events, with another ending. */
        Sse cut(int count, Ending newEnding) {
            return new Sse(events.subList(0, Math.min(count, events.size())), pace, headers, newEnding);
        }
    }

    /** Bytes on the socket, status line included, after which the connection is closed. */
    record Raw(byte[] bytes) implements Reply {}

    /**
     * A recorded answer.
     *
     * @param headers further headers; content type and length are set from the rest
     */
    record Recorded(int status, String contentType, Map<String, String> headers, byte[] body, Delivery delivery)
            implements Reply {}

    /** One of the ways in which a provider breaks. */
    record Broken(Fault fault) implements Reply {}

    /** How a stream stops after its last event. */
    enum Ending {
        /** As HTTP wants it; the connection stays usable. */
        COMPLETE,
        /** The connection is closed without the last chunk. */
        CLOSE,
        /** The connection is reset (TCP RST). */
        RESET,
        /** Silence until the client leaves or the server is closed. */
        STALL
    }

    /** How the bytes of a recording are cut into HTTP chunks. */
    sealed interface Delivery {

        /** In one piece with its length. */
        record Whole() implements Delivery {}

        /** One chunk for each event of the recorded stream. */
        record ByEvent(Pace pace) implements Delivery {}

        /**
         * Chunks of equal size, wherever they cut the text.
         *
         * @param size in bytes, at least 1
         */
        record Chunks(int size, Pace pace) implements Delivery {

            /** @throws IllegalArgumentException when the size is not positive */
            public Chunks {
                if (size < 1) {
                    throw new IllegalArgumentException("a chunk has at least one byte, not " + size);
                }
            }
        }
    }
}
