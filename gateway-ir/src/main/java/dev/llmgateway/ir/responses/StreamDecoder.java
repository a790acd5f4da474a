package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.function.Consumer;

/** Reads a provider's stream. */
final class StreamDecoder implements EventDecoder {

    private final Target target;

    StreamDecoder(Target target) {
        this.target = target;
    }

    @Override
    public void decode(SseEvent event, Consumer<ChatEvent> out) {
        throw new UnsupportedOperationException("not written yet: " + target);
    }

    @Override
    public boolean isComplete() {
        return false;
    }

    @Override
    public void end(Consumer<ChatEvent> out) {}
}
