package dev.llmgateway.providers;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ThinkingOfChat;
import dev.llmgateway.ir.embeddings.OpenAiEmbeddingsCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;

/** Which of its vendor's APIs a call of a provider goes to, and so the format that it is spoken in. Immutable. */
final class ApiChoice {

    private final ProviderType type;
    private final ProviderApi api;
    private final boolean hasResponses;
    private final DialectCodec usual;
    private final DialectCodec responses = new OpenAiResponsesCodec();
    private final DialectCodec embeddings = new OpenAiEmbeddingsCodec();

    /**
     * A provider's choice.
     *
     * @param api what its operator says
     * @param hasResponses whether its address has the Responses API; of no meaning when the operator says so
     */
    ApiChoice(ProviderType type, ProviderApi api, boolean hasResponses) {
        this.type = type;
        this.api = api;
        this.hasResponses = hasResponses;
        this.usual = type == ProviderType.ANTHROPIC ? new AnthropicMessagesCodec() : new OpenAiChatCodec();
    }

    /** The format of model lists and errors. */
    DialectCodec usual() {
        return usual;
    }

    /** The format for a request to a model with these traits. */
    DialectCodec of(ChatRequest request, ModelTraits traits) {
        // All who have embeddings have them in this one format; Anthropic, who has none, is refused by EmbeddingLimits
        // before it is asked.
        if (request.dialect() == Dialect.OPENAI_EMBEDDINGS) {
            return embeddings;
        }
        if (type == ProviderType.ANTHROPIC) {
            return usual;
        }
        boolean byResponses = switch (api) {
            case CHAT -> false;
            case RESPONSES -> true;
            case AUTO -> isBetterByResponses(request, traits);
        };
        return byResponses ? responses : usual;
    }

    private boolean isBetterByResponses(ChatRequest request, ModelTraits traits) {
        boolean knowsIt = (type == ProviderType.OPENAI || type == ProviderType.AZURE_OPENAI)
                && hasResponses
                && traits.acceptsOpenAiExtras();
        return knowsIt
                && (!traits.acceptsChat()
                        || request.dialect() == Dialect.OPENAI_RESPONSES
                        || toolsNeedResponses(request, traits));
    }

    /** Several answers to one request are known to Chat Completions alone, which then do without reasoning. */
    private static boolean toolsNeedResponses(ChatRequest request, ModelTraits traits) {
        if (request.toolUse().tools().isEmpty() || request.choiceCount() > 1) {
            return false;
        }
        Effort wanted = Efforts.wanted(ThinkingOfChat.wish(request));
        return switch (traits.toolsWithReasoning()) {
            case ACCEPTED -> false;
            case REFUSED_WITH_EFFORT -> wanted != null && wanted != Effort.NONE;
            case REFUSED -> wanted != Effort.NONE || !traits.efforts().contains(Effort.NONE);
        };
    }
}
