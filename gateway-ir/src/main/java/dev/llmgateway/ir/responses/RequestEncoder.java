package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.Target;

/** Writes a request for a provider. */
final class RequestEncoder {

    private RequestEncoder() {}

    static EncodedRequest encode(ChatRequest request, Target target) {
        throw new UnsupportedOperationException("not written yet");
    }
}
