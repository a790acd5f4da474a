package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Which model name a client reads in its answer. A client that asked by an alias or by {@code provider/model} finds that
 * name again (SDK users look models up by it); a client that named the wire id itself, or left the choice to the gateway,
 * gets the provider's own words unchanged. The header {@code x-gateway-model} always tells the model that answered.
 */
public final class ShownModel {

    /** The model name that asks the gateway to choose. */
    public static final String AUTO = "auto";

    private ShownModel() {}

    /**
     * The name in an answer that is written anew.
     *
     * @param ofProvider what the provider called it; may be empty
     */
    public static String name(ChatRequest request, @Nullable Origin origin, String ofProvider) {
        String replacement = replacement(request, origin);
        if (replacement != null) {
            return replacement;
        }
        if (!ofProvider.isEmpty()) {
            return ofProvider;
        }
        return origin == null ? request.model() : origin.model();
    }

    /** The name to put in place of the provider's, or null to leave the provider's. */
    public static @Nullable String replacement(ChatRequest request, @Nullable Origin origin) {
        if (origin == null || request.model().equals(AUTO) || request.model().equals(origin.model())) {
            return null;
        }
        return request.model();
    }
}
