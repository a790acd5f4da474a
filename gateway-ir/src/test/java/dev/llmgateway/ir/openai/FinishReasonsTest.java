package dev.llmgateway.ir.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FinishReasonsTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("auto").user("x").build();

    private static String shown(String reason, DialectCodec client) {
        byte[] body = ("{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                        + "\"content\":\"half\"},\"finish_reason\":\"" + reason + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        ChatResponse answer =
                new OpenAiChatCodec().decodeResponse(body, new Target("mistral", "m", ModelTraits.openAi()));
        return new String(client.encodeResponse(answer, REQUEST), StandardCharsets.UTF_8);
    }

    /** Mistral's word for a full window. */
    @Test
    void anAnswerThatTheWindowCutIsNoCompleteOne() {
        assertThat(shown("model_length", new AnthropicMessagesCodec()))
                .contains("\"stop_reason\":\"model_context_window_exceeded\"");
        assertThat(shown("model_length", new OpenAiResponsesCodec())).contains("\"status\":\"incomplete\"");
    }
}
