package dev.llmgateway.providers;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.codec.MalformedAnswerException;

/** What must be true of calls for vectors. What vendors take is from their API references, as of November 2026. */
final class EmbeddingLimits {

    private EmbeddingLimits() {}

    /**
     * Lets a request pass that the provider can be asked.
     *
     * @throws GatewayException.InvalidRequest when it cannot; another target may
     */
    static void check(Upstream upstream, ChatRequest request) {
        if (!request.asksForVectors()) {
            return;
        }
        if (!upstream.type().hasEmbeddings()) {
            throw GatewayException.InvalidRequest.forTarget(
                    "model",
                    "provider \"" + upstream.id()
                            + "\" has no embeddings: name an embedding model of another provider");
        }
        if (!takesTokens(upstream.type()) && hasTokens(request)) {
            throw GatewayException.InvalidRequest.forTarget(
                    "input",
                    "input: provider \"" + upstream.id()
                            + "\" embeds texts and no arrays of token ids: send the texts");
        }
    }

    /**
     * Lets an answer pass that has as many vectors as it should.
     *
     * @throws MalformedAnswerException when it has not
     */
    static void check(ChatResponse answer, ChatRequest request) {
        int vectors = answer.first().content().size();
        int inputs = request.messages().size();
        if (request.asksForVectors() && vectors != inputs) {
            throw new MalformedAnswerException("it has " + vectors + " embeddings for " + inputs + " inputs");
        }
    }

    private static boolean takesTokens(ProviderType type) {
        return switch (type) {
            // Of local servers most do; Ollama says itself that it does not.
            case OPENAI, AZURE_OPENAI, LOCAL -> true;
            case GOOGLE, DEEP_INFRA, ANTHROPIC, GROQ -> false;
        };
    }

    private static boolean hasTokens(ChatRequest request) {
        return request.messages().stream()
                .flatMap(message -> message.content().stream())
                .anyMatch(Content.Tokens.class::isInstance);
    }
}
