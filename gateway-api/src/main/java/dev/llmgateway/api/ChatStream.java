package dev.llmgateway.api;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.ResponseFolder;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is pulled, event by event, by one reader. Close it in any case; closing before the end cancels the
 * upstream call down to its socket.
 *
 * <pre>{@code
 * try (ChatStream stream = gateway.stream(request)) {
 *     for (ChatEvent event : stream) {
 *         if (event instanceof ChatEvent.TextDelta delta) {
 *             System.out.print(delta.text());
 *         }
 *     }
 * }
 * }</pre>
 */
public interface ChatStream extends AutoCloseable, Iterable<ChatEvent> {

    /**
     * Waits for the next event. For one thread at a time.
     *
     * @return the event, or null when the answer is complete
     * @throws GatewayException when the answer broke off; it is not complete then, whatever was read before
     */
    @Nullable
    ChatEvent next();

    /** True when {@link #next} would return at once, as far as can be told; writers use it to flush less often. */
    default boolean ready() {
        return false;
    }

    /**
     * What the reader's call has to pay for; to be asked once the reader is done. A stream that shares its answer with other calls
     * says here which of them pays: always exactly one.
     *
     * @param read what the answer costs by what was read of it
     * @return null when another call pays
     */
    default @Nullable Charge charge(Charge read) {
        return read;
    }

    /** Ends the stream and frees what it holds. Idempotent; any thread may call it, also while another waits in next. */
    @Override
    void close();

    /**
     * Reads to the end, folds the events into one answer, and closes.
     *
     * @throws GatewayException when the answer broke off
     */
    default ChatResponse collect() {
        try (this) {
            ResponseFolder folder = new ResponseFolder();
            ChatEvent event;
            while ((event = next()) != null) {
                folder.accept(event);
            }
            return folder.toResponse();
        }
    }

    /** A view for the enhanced {@code for}. It may be taken once, because the stream can be read once. */
    @Override
    default Iterator<ChatEvent> iterator() {
        return new Iterator<>() {
            private @Nullable ChatEvent ahead;

            @Override
            public boolean hasNext() {
                if (ahead == null) {
                    ahead = ChatStream.this.next();
                }
                return ahead != null;
            }

            @Override
            public ChatEvent next() {
                if (!hasNext() || ahead == null) {
                    throw new NoSuchElementException("the answer is complete");
                }
                ChatEvent event = ahead;
                ahead = null;
                return event;
            }
        };
    }
}
