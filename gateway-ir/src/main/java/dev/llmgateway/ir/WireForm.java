package dev.llmgateway.ir;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a message was decoded from: one server-sent event, or a whole body. When nothing decoded from it was
 * changed, a codec of the same dialect sends these bytes instead of encoding anew, so that fields nobody here knows pass
 * through. The bytes are shared, not copied, and must not be modified.
 */
public final class WireForm {

    private final Dialect dialect;
    private final @Nullable String eventName;
    private final byte[] bytes;
    private final @Nullable Function<byte[], ChatResponse> body;
    private final int size;
    private final List<String> untold;

    private WireForm(
            Dialect dialect,
            @Nullable String eventName,
            byte[] bytes,
            @Nullable Function<byte[], ChatResponse> body,
            int size,
            List<String> untold) {
        this.dialect = dialect;
        this.eventName = eventName;
        this.bytes = bytes;
        this.body = body;
        this.size = size;
        this.untold = untold;
    }

    /**
     * The form of one server-sent event.
     *
     * @param eventName the {@code event:} field, or null
     * @param data the {@code data:} field
     * @param size how many {@link ChatEvent}s were decoded from it, at least 1
     */
    public static WireForm event(Dialect dialect, @Nullable String eventName, byte[] data, int size) {
        return event(dialect, eventName, data, size, List.of());
    }

    /**
     * The form of one server-sent event that has members of which no {@link ChatEvent} tells.
     *
     * @param untold see {@link #untold()}; immutable
     */
    public static WireForm event(
            Dialect dialect, @Nullable String eventName, byte[] data, int size, List<String> untold) {
        return new WireForm(dialect, eventName, data, null, size, untold);
    }

    /**
     * The form of a whole answer.
     *
     * @param decoder makes the same of the body each time: an equal answer that remembers it
     */
    public static WireForm body(Dialect dialect, byte[] body, Function<byte[], ChatResponse> decoder) {
        return new WireForm(dialect, null, body, decoder, 1, List.of());
    }

    /** The form of the same message, of which {@code events} events were made. */
    WireForm unfolded(int events) {
        return new WireForm(dialect, eventName, bytes, body, events, untold);
    }

    public Dialect dialect() {
        return dialect;
    }

    /** The SSE event name, or null when it had none or this is a whole body. */
    public @Nullable String eventName() {
        return eventName;
    }

    /** The SSE data or the body; do not modify. */
    public byte[] bytes() {
        return bytes;
    }

    /** True for the body of a unary answer, false for one event of a stream. */
    public boolean isWholeBody() {
        return body != null;
    }

    /**
     * Decodes the body of a unary answer once more, without its origin: whoever keeps it needs to keep no more of it.
     *
     * @throws IllegalStateException when this is one event of a stream
     */
    public ChatResponse decodeBody() {
        if (body == null) {
            throw new IllegalStateException("one event alone is no answer");
        }
        return body.apply(bytes);
    }

    /** How many events were decoded from it. */
    public int size() {
        return size;
    }

    /**
     * The names of what one event of a stream has and no {@link ChatEvent} tells, each once: whoever does not read its bytes loses
     * it. Empty for most, and for whole bodies, whose end tells such names.
     */
    public List<String> untold() {
        return untold;
    }
}
