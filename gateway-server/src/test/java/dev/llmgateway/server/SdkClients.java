package dev.llmgateway.server;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.net.URI;
import java.time.Duration;

/** The vendors' own Java clients, as they are pointed at a gateway. None tries again: what fails is to be seen. */
final class SdkClients {

    /** Longer than any answer of the simulated providers takes on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SdkClients() {}

    /** OpenAI's, for its Chat Completions, Responses and Embeddings. */
    static OpenAIClient openAi(URI gateway) {
        return openAiSettings(gateway).build();
    }

    /** OpenAI's for one who does not want another provider to stand in. */
    static OpenAIClient openAiWithoutFailover(URI gateway) {
        return openAiSettings(gateway)
                .putHeader("x-gateway-failover", "disabled")
                .build();
    }

    /** OpenAI's, to be given more settings. */
    static OpenAIOkHttpClient.Builder openAiSettings(URI gateway) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway + "/v1")
                .apiKey("any")
                .maxRetries(0)
                .timeout(PATIENCE);
    }

    /** Anthropic's. */
    static AnthropicClient anthropic(URI gateway) {
        return anthropicSettings(gateway).build();
    }

    /** Anthropic's for one who does not want another provider to stand in. */
    static AnthropicClient anthropicWithoutFailover(URI gateway) {
        return anthropicSettings(gateway)
                .putHeader("x-gateway-failover", "disabled")
                .build();
    }

    /** Anthropic's, to be given more settings. */
    static AnthropicOkHttpClient.Builder anthropicSettings(URI gateway) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(gateway.toString())
                .apiKey("any")
                .maxRetries(0)
                .timeout(PATIENCE);
    }
}
