package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.Responses.CAPABLE;
import static dev.llmgateway.ir.responses.Responses.CODEC;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.RequestLaws;
import net.jqwik.api.Arbitrary;

/** Laws of requests. */
class RequestLawsTest extends RequestLaws {

    RequestLawsTest() {
        super(CODEC, CAPABLE);
    }

    @Override
    protected Arbitrary<ChatRequest> requests() {
        return Requests.any();
    }
}
