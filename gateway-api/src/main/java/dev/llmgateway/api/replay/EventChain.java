package dev.llmgateway.api.replay;

import dev.llmgateway.ir.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of an answer that arrives, chained: each reader holds on to where it is, so that what all have read is free to
 * go unless the chain itself holds on to its beginning. Not thread safe.
 */
final class EventChain {

    /** An event in its place; the first of a chain stands before the first event and has none. */
    static final class Link {
        private final @Nullable ChatEvent event;
        private final long end;
        private @Nullable Link next;

        private Link(@Nullable ChatEvent event, long end) {
            this.event = event;
            this.end = end;
        }

        /** Null before the first event. */
        @Nullable
        ChatEvent event() {
            return event;
        }

        /** Null as long as there is no further event. */
        @Nullable
        Link next() {
            return next;
        }
    }

    private final long mostBytes;
    private final AnswerSize size = new AnswerSize();
    private Link last = new Link(null, 0);
    private @Nullable Link first = last;

    EventChain(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Where a reader begins; null when the beginning is let go. */
    @Nullable
    Link first() {
        return first;
    }

    /** Appends an event; true when that made the answer too large, so that its beginning was let go. */
    boolean append(ChatEvent event) {
        size.add(event);
        Link link = new Link(event, size.bytes());
        last.next = link;
        last = link;
        boolean outgrown = first != null && isTooLarge();
        if (outgrown) {
            first = null;
        }
        return outgrown;
    }

    boolean isTooLarge() {
        return size.bytes() > mostBytes;
    }

    /** True when behind a reader's next event more is held for it than a whole answer may take. */
    boolean isFarBehind(Link here) {
        return here.next != null && last.end - here.next.end > mostBytes;
    }

    void letGo() {
        first = null;
    }

    /** All events so far; null when the beginning is let go. */
    @Nullable
    RecordedAnswer recorded() {
        if (first == null) {
            return null;
        }
        List<ChatEvent> events = new ArrayList<>();
        for (Link link = first; link != null; link = link.next) {
            if (link.event != null) {
                events.add(link.event);
            }
        }
        return RecordedAnswer.of(events, size.bytes());
    }
}
