package dev.llmgateway.compatibility.langchain4j;

import static dev.langchain4j.model.chat.Capability.RESPONSE_FORMAT_JSON_SCHEMA;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;
import java.util.Map;

/** The clients of LangChain4j that the gateway can serve. */
enum Client {
    OPENAI {
        @Override
        ChatModel model(String gateway, String key, String model) {
            return OpenAiChatModel.builder()
                    .baseUrl(gateway + "/v1")
                    .apiKey(key)
                    .modelName(model)
                    .customHeaders(ONLY_THIS_MODEL)
                    .supportedCapabilities(RESPONSE_FORMAT_JSON_SCHEMA)
                    .strictJsonSchema(true)
                    .maxRetries(0)
                    .timeout(PATIENCE)
                    .build();
        }

        @Override
        StreamingChatModel streaming(String gateway, String key, String model) {
            return OpenAiStreamingChatModel.builder()
                    .baseUrl(gateway + "/v1")
                    .apiKey(key)
                    .modelName(model)
                    .customHeaders(ONLY_THIS_MODEL)
                    .timeout(PATIENCE)
                    .build();
        }
    },
    ANTHROPIC {
        @Override
        ChatModel model(String gateway, String key, String model) {
            return AnthropicChatModel.builder()
                    .baseUrl(gateway + "/v1")
                    .apiKey(key)
                    .modelName(model)
                    .customHeaders(ONLY_THIS_MODEL)
                    .supportedCapabilities(RESPONSE_FORMAT_JSON_SCHEMA)
                    .maxTokens(200)
                    .maxRetries(0)
                    .timeout(PATIENCE)
                    .build();
        }

        @Override
        StreamingChatModel streaming(String gateway, String key, String model) {
            return AnthropicStreamingChatModel.builder()
                    .baseUrl(gateway + "/v1")
                    .apiKey(key)
                    .modelName(model)
                    .customHeaders(ONLY_THIS_MODEL)
                    .maxTokens(200)
                    .timeout(PATIENCE)
                    .build();
        }
    };

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> ONLY_THIS_MODEL = Map.of("x-gateway-failover", "disabled");

    abstract ChatModel model(String gateway, String key, String model);

    abstract StreamingChatModel streaming(String gateway, String key, String model);
}
