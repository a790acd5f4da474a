package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.CompactionBlocks;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.LongToolNames;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.JsonDocument;
import java.util.Map;

/**
 * Writes a request for a provider: the client's own bytes with single members spliced when that is enough, else everything
 * anew.
 */
final class RequestEncoder {

    private RequestEncoder() {}

    static EncodedRequest encode(ChatRequest asked, Target target) {
        ChatRequest request = CompactionBlocks.asTexts(LongToolNames.shortened(asked));
        if (request.choiceCount() > 1) {
            throw new UntranslatableException(
                    "n",
                    "this model's provider gives one answer per request, " + request.choiceCount() + " were asked for");
        }
        Losses losses = new Losses(request.dialect(), OPENAI_RESPONSES);
        TargetSettings settings = TargetSettings.of(request, target, losses);
        JsonDocument wire = request.dialect() == OPENAI_RESPONSES ? request.wire() : null;
        byte[] body = wire != null && !settings.schemaAsText()
                ? new RequestSplicer(request, target, settings, losses).splice(wire)
                : new RequestWriter(request, target, settings, losses).write();
        return new EncodedRequest(body, Map.of(), losses.names(request));
    }
}
