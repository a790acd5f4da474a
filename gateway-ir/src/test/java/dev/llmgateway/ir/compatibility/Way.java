package dev.llmgateway.ir.compatibility;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.ReasoningField;
import dev.llmgateway.ir.codec.ModelTraits.Thinking;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.util.EnumSet;
import java.util.List;

/**
 * From a client's dialect to a provider's.
 *
 * @param client what the client speaks
 * @param provider what the provider speaks
 */
record Way(DialectCodec client, DialectCodec provider) {

    private static final List<DialectCodec> CODECS =
            List.of(new OpenAiChatCodec(), new AnthropicMessagesCodec(), new OpenAiResponsesCodec());

    /** All nine, by client and then by provider. */
    static List<Way> all() {
        return CODECS.stream()
                .flatMap(client -> CODECS.stream().map(provider -> new Way(client, provider)))
                .toList();
    }

    boolean isSameDialect() {
        return client.dialect() == provider.dialect();
    }

    /** A model that takes all that its dialect has. */
    Target target() {
        ModelTraits traits = switch (provider.dialect()) {
            case OPENAI_CHAT, OPENAI_RESPONSES ->
                ModelTraits.openAi().toBuilder()
                        .efforts(EnumSet.allOf(Effort.class))
                        .reasoningField(ReasoningField.REASONING_CONTENT)
                        .acceptsCacheBreakpoints(true)
                        .build();
            case OPENAI_EMBEDDINGS -> throw noChat();
            case ANTHROPIC_MESSAGES ->
                ModelTraits.anthropic().toBuilder()
                        .efforts(EnumSet.allOf(Effort.class))
                        .thinking(Thinking.BUDGET_OR_ADAPTIVE)
                        .build();
        };
        return new Target("maker", "wire-model", traits);
    }

    String title() {
        return word(client.dialect()) + " → " + word(provider.dialect());
    }

    private static String word(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> "Chat";
            case ANTHROPIC_MESSAGES -> "Messages";
            case OPENAI_RESPONSES -> "Responses";
            case OPENAI_EMBEDDINGS -> throw noChat();
        };
    }

    private static IllegalArgumentException noChat() {
        return new IllegalArgumentException("embeddings are no chat");
    }

    @Override
    public String toString() {
        return title();
    }
}
