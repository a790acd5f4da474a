package dev.llmgateway.compatibility.springai;

import java.time.Duration;
import java.util.Map;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** The clients of Spring AI that the gateway can serve. */
enum Client {
    OPENAI {
        @Override
        ChatModel model(String gateway, String key, String model) {
            return OpenAiChatModel.builder()
                    .options(OpenAiChatOptions.builder()
                            .baseUrl(gateway + "/v1")
                            .apiKey(key)
                            .model(model)
                            .customHeaders(ONLY_THIS_MODEL)
                            .maxRetries(0)
                            .timeout(PATIENCE)
                            .build())
                    .build();
        }
    },
    ANTHROPIC {
        @Override
        ChatModel model(String gateway, String key, String model) {
            return AnthropicChatModel.builder()
                    .options(AnthropicChatOptions.builder()
                            .baseUrl(gateway)
                            .apiKey(key)
                            .model(model)
                            .customHeaders(ONLY_THIS_MODEL)
                            .maxTokens(200)
                            .maxRetries(0)
                            .timeout(PATIENCE)
                            .build())
                    .build();
        }
    };

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> ONLY_THIS_MODEL = Map.of("x-gateway-failover", "disabled");

    abstract ChatModel model(String gateway, String key, String model);
}
