package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatRequest;

/** Reads a client's request. */
final class RequestDecoder {

    private RequestDecoder() {}

    static ChatRequest decode(byte[] body) {
        throw new UnsupportedOperationException("not written yet");
    }
}
