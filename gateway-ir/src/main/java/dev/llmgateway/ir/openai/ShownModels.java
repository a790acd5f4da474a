package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.codec.ShownModel;
import org.jspecify.annotations.Nullable;

/** The model's name in an answer that is written anew. */
final class ShownModels {

    private ShownModels() {}

    static String name(ChatRequest request, @Nullable Origin origin, String ofProvider) {
        String replacement = ShownModel.replacement(request, origin);
        if (replacement != null) {
            return replacement;
        }
        if (!ofProvider.isEmpty()) {
            return ofProvider;
        }
        return origin == null ? request.model() : origin.model();
    }
}
