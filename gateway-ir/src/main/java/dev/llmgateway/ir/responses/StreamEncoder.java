package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.sse.SseBuffer;

/** Writes a client's stream. */
final class StreamEncoder implements EventEncoder {

    private final ChatRequest request;

    StreamEncoder(ChatRequest request) {
        this.request = request;
    }

    @Override
    public void encode(ChatEvent event, SseBuffer out) {
        throw new UnsupportedOperationException("not written yet: " + request);
    }

    @Override
    public void finish(SseBuffer out) {}

    @Override
    public void fail(WireError error, SseBuffer out) {}

    @Override
    public void keepAlive(SseBuffer out) {}
}
