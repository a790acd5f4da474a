package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.SealedTokens;
import dev.llmgateway.ir.codec.Target;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reasoning of a conversation that nobody has sealed. OpenAI and Azure look it up by its id, and refuse the request when they do
 * not find it: what got its id here they never find, what another provider made neither, and nothing at all for a caller whose
 * answers are not stored. Where it is known who made it, its id tells, until it goes back.
 *
 * @param provider the configured id of the provider that gets it
 * @param isLookedUp whether the provider does so; others read its text
 * @param isStored whether the provider may have stored earlier answers
 */
record UnsealedReasoning(String provider, boolean isLookedUp, boolean isStored) {

    /** What no target goes beyond. */
    static final UnsealedReasoning STRICTEST = new UnsealedReasoning("", true, false);

    private static final String OURS = "rs_gw_";
    /** What an id begins with; OpenAI refuses others. */
    private static final String PREFIX = "rs_";

    /** The rule for a request to a target. */
    static UnsealedReasoning of(ChatRequest request, Target target) {
        return new UnsealedReasoning(target.provider(), target.traits().acceptsOpenAiExtras(), mayBeStored(request));
    }

    /** Whether the answers to a caller of Responses are stored, as they are unless told otherwise. */
    static boolean mayBeStored(ChatRequest request) {
        JsonNode store = request.extras().member(OPENAI_RESPONSES, "store");
        return store == null || store.booleanValue(true);
    }

    /** An id for reasoning whose provider gave it none. */
    static String newId() {
        return OURS + UUID.randomUUID().toString().replace("-", "");
    }

    /** The id of reasoning with its maker in front, as of what is sealed; one of ours tells enough. */
    static String withMaker(String id, String provider) {
        return id.isEmpty() || id.startsWith(OURS)
                ? id
                : PREFIX + SealedTokens.seal(new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, id, provider));
    }

    /** The id without its maker. */
    static String plain(String id) {
        OpaqueToken made = made(id);
        return made == null ? id : made.value();
    }

    private static @Nullable OpaqueToken made(String id) {
        return id.startsWith(PREFIX) ? SealedTokens.unseal(id.substring(PREFIX.length())) : null;
    }

    /** The id of a reasoning's item; empty when it has none. */
    static String id(Content.Reasoning reasoning) {
        JsonNode id = reasoning.extras().member(OPENAI_RESPONSES, "id");
        return id == null ? "" : id.stringValue("");
    }

    /** Whether the provider would refuse reasoning of this id. */
    boolean isRefused(String id) {
        OpaqueToken made = made(id);
        boolean isForeign = id.startsWith(OURS) || made != null && !SealedTokens.mayGoTo(made, provider);
        return isLookedUp && (!isStored || isForeign);
    }
}
