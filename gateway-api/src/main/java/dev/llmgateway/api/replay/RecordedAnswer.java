package dev.llmgateway.api.replay;

import dev.llmgateway.api.Charge;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Origin;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One complete answer, to be given again as often as wanted: to readers of streams and of whole answers, in any dialect. Immutable.
 */
public final class RecordedAnswer {

    private final List<ChatEvent> events;
    private final long bytes;

    private RecordedAnswer(List<ChatEvent> events, long bytes) {
        this.events = events;
        this.bytes = bytes;
    }

    /** The answer that consists of these events, in their order; the caller has seen its end. */
    public static RecordedAnswer of(List<ChatEvent> events) {
        AnswerSize size = new AnswerSize();
        events.forEach(size::add);
        return new RecordedAnswer(List.copyOf(events), size.bytes());
    }

    static RecordedAnswer of(List<ChatEvent> events, long bytes) {
        return new RecordedAnswer(List.copyOf(events), bytes);
    }

    /** The events in order. */
    public List<ChatEvent> events() {
        return events;
    }

    /** About how much memory it takes, the bytes that it was decoded from included. */
    public long bytes() {
        return bytes;
    }

    /** Gives the answer once more. Its origin tells that it is given again. */
    public ChatStream replay() {
        Iterator<ChatEvent> rest = events.iterator();
        return new ChatStream() {
            private volatile boolean closed;

            @Override
            public @Nullable ChatEvent next() {
                if (closed) {
                    throw new GatewayException.Cancelled("the stream was closed");
                }
                return rest.hasNext() ? again(rest.next()) : null;
            }

            @Override
            public boolean ready() {
                return true;
            }

            /** Whoever asked for it first has paid. */
            @Override
            public @Nullable Charge charge(Charge read) {
                return null;
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    /** The event as those see it who did not ask for it first. */
    static ChatEvent again(ChatEvent event) {
        if (event instanceof ChatEvent.Started start) {
            Origin origin = start.origin();
            return origin == null ? start : start.answeredBy(origin.again(), start.created());
        }
        return event;
    }
}
