package dev.llmgateway.store.recording;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.embeddings.OpenAiEmbeddingsCodec;
import dev.llmgateway.ir.json.JsonDocument;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes requests and answers in their caller's dialect; an application's own requests have none, and OpenAI's serves. Thread safe. */
final class BodyWriter {

    private final DialectCodec openAi = new OpenAiChatCodec();
    private final DialectCodec anthropic = new AnthropicMessagesCodec();
    private final DialectCodec responses = new OpenAiResponsesCodec();
    private final DialectCodec embeddings = new OpenAiEmbeddingsCodec();

    /** The body as its caller sent it when nothing in it was changed, else written anew; null when it cannot be written. */
    byte @Nullable [] request(ChatRequest request) {
        JsonDocument wire = request.wire();
        if (wire != null) {
            return wire.bytes();
        }
        boolean isAnthropic = request.dialect() == Dialect.ANTHROPIC_MESSAGES;
        Target target = new Target("", request.model(), isAnthropic ? ModelTraits.anthropic() : ModelTraits.openAi());
        try {
            return codec(request).encodeRequest(request, target).body();
        } catch (UntranslatableException e) {
            return null;
        }
    }

    String answer(ChatResponse answer, ChatRequest request) {
        return new String(codec(request).encodeResponse(answer, request), StandardCharsets.UTF_8);
    }

    private DialectCodec codec(ChatRequest request) {
        Dialect dialect = request.dialect();
        return switch (dialect) {
            case null -> openAi;
            case OPENAI_CHAT -> openAi;
            case ANTHROPIC_MESSAGES -> anthropic;
            case OPENAI_RESPONSES -> responses;
            case OPENAI_EMBEDDINGS -> embeddings;
        };
    }
}
