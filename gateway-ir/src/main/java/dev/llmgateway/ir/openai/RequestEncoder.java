package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.JsonDocument;
import java.util.Map;
import java.util.Set;

/**
 * Writes a request for a provider: the client's own bytes with single members spliced when that is enough, else everything
 * anew.
 */
final class RequestEncoder {

    /** Members that OpenAI and its close copies know and that others have been seen to refuse. */
    static final Set<String> OPENAI_ONLY = Set.of(
            "store",
            "metadata",
            "prediction",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "safety_identifier",
            "verbosity");

    private RequestEncoder() {}

    static EncodedRequest encode(ChatRequest request, Target target) {
        Losses losses = new Losses(request.dialect(), OPENAI_CHAT);
        TargetSettings settings = TargetSettings.of(request, target, losses);
        JsonDocument wire = request.dialect() == OPENAI_CHAT ? request.wire() : null;
        boolean splice =
                wire != null && !settings.schemaAsText() && !WireObstacles.found(request, target.traits(), settings);
        byte[] body = splice && wire != null
                ? new RequestSplicer(request, target, settings, losses).splice(wire)
                : new RequestWriter(request, target, settings, losses).write();
        return new EncodedRequest(body, Map.of(), losses.names());
    }
}
