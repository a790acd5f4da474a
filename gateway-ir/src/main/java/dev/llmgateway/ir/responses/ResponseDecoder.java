package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.codec.Target;

/** Reads a provider's complete answer. */
final class ResponseDecoder {

    private ResponseDecoder() {}

    static ChatResponse decode(byte[] body, Target target) {
        throw new UnsupportedOperationException("not written yet");
    }
}
