package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.Target;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Reasoning of a conversation that nobody has sealed. OpenAI and Azure look it up by its id, and refuse the request when they do
 * not find it: what got its id here they never find, and nothing at all for a caller whose answers are not stored.
 *
 * @param isLookedUp whether the provider does so; others read its text
 * @param isStored whether the provider may have stored earlier answers
 */
record UnsealedReasoning(boolean isLookedUp, boolean isStored) {

    /** What no target goes beyond. */
    static final UnsealedReasoning STRICTEST = new UnsealedReasoning(true, false);

    private static final String PREFIX_OF_OURS = "rs_gw_";

    /** The rule for a request to a target. */
    static UnsealedReasoning of(ChatRequest request, Target target) {
        JsonNode store = request.extras().member(OPENAI_RESPONSES, "store");
        return new UnsealedReasoning(target.traits().acceptsOpenAiExtras(), store == null || store.booleanValue(true));
    }

    /** An id for reasoning whose provider gave it none. */
    static String newId() {
        return PREFIX_OF_OURS + UUID.randomUUID().toString().replace("-", "");
    }

    /** Whether the provider would refuse reasoning of this id. */
    boolean isRefused(String id) {
        return isLookedUp && (!isStored || id.startsWith(PREFIX_OF_OURS));
    }
}
