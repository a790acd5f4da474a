package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;

/** Writes a complete answer for a client. */
final class ResponseEncoder {

    private ResponseEncoder() {}

    static byte[] encode(ChatResponse response, ChatRequest request) {
        throw new UnsupportedOperationException("not written yet");
    }
}
