package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Collects, for a decoder, the events of one frame of a stream; only when all are known can each be told its place in the frame.
 * For one frame. Not thread safe.
 */
public final class FrameEvents {

    private final Dialect dialect;
    private final List<Function<Wire, ChatEvent>> events = new ArrayList<>(3);
    private boolean rewritten;

    /** Collects the events of a frame of {@code dialect}. */
    public FrameEvents(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Adds an event, once it is known where it stands in the frame. */
    public void add(Function<Wire, ChatEvent> event) {
        events.add(event);
    }

    /** The frame's bytes must not reach a client as they are. */
    public void rewrite() {
        rewritten = true;
    }

    /** Hands the events on. A frame that says nothing to us is passed on whole, unless its text is held back. */
    public void emit(SseEvent frame, Consumer<ChatEvent> out) {
        emit(frame, List.of(), out);
    }

    /**
     * Hands on the events of a frame that has more than they tell.
     *
     * @param untold see {@link WireForm#untold()}
     */
    public void emit(SseEvent frame, List<String> untold, Consumer<ChatEvent> out) {
        if (rewritten) {
            events.forEach(event -> out.accept(event.apply(Wire.NONE)));
            return;
        }
        if (events.isEmpty()) {
            events.add(ChatEvent.Vendor::new);
        }
        WireForm form = WireForm.event(dialect, frame.name(), frame.data(), events.size(), untold);
        for (int i = 0; i < events.size(); i++) {
            out.accept(events.get(i).apply(Wire.of(form, i)));
        }
    }
}
