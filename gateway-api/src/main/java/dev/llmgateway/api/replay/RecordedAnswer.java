package dev.llmgateway.api.replay;

import dev.llmgateway.api.Charge;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One complete answer, to be given again as often as wanted: to readers of streams and of whole answers, in any dialect. Immutable.
 */
public final class RecordedAnswer {

    private final Supplier<List<ChatEvent>> events;
    private final long bytes;

    /** An answer that came whole, as it came. */
    private record Body(WireForm form, Origin origin, long created) implements Supplier<List<ChatEvent>> {
        @Override
        public List<ChatEvent> get() {
            return ResponseUnfolder.unfold(form.decodeBody().answeredBy(origin, created));
        }
    }

    private RecordedAnswer(Supplier<List<ChatEvent>> events, long bytes) {
        this.events = events;
        this.bytes = bytes;
    }

    /** The answer that consists of these events, in their order; the caller has seen its end. */
    public static RecordedAnswer of(List<ChatEvent> events) {
        AnswerSize size = new AnswerSize();
        events.forEach(size::add);
        return of(events, size.bytes());
    }

    static RecordedAnswer of(List<ChatEvent> events, long bytes) {
        List<ChatEvent> copy = List.copyOf(events);
        return new RecordedAnswer(() -> copy, bytes);
    }

    /**
     * The same answer as it is best kept for long. One that came whole and was not changed is nothing but its body then, which
     * is decoded again each time that it is given: that is a single object to hold on to instead of dozens.
     */
    public RecordedAnswer compact() {
        List<ChatEvent> all = events();
        WireForm form = all.isEmpty() ? null : all.getFirst().wire().form();
        if (form == null
                || !isAllOf(form, all)
                || !(all.getFirst() instanceof ChatEvent.Started start)
                || start.origin() == null) {
            return this;
        }
        Body body = new Body(form, start.origin(), start.created());
        return new RecordedAnswer(body, AnswerSize.ofBody(form, start.origin()));
    }

    private static boolean isAllOf(WireForm form, List<ChatEvent> events) {
        if (!form.isWholeBody() || events.size() != form.size()) {
            return false;
        }
        for (int i = 0; i < events.size(); i++) {
            Wire wire = events.get(i).wire();
            if (wire.form() != form || wire.position() != i) {
                return false;
            }
        }
        return true;
    }

    /** The events in order. */
    public List<ChatEvent> events() {
        return events.get();
    }

    /** About how much memory it takes, the bytes that it was decoded from included. */
    public long bytes() {
        return bytes;
    }

    /** Gives the answer once more. Its origin tells that it is given again. */
    public ChatStream replay() {
        Iterator<ChatEvent> rest = events().iterator();
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
