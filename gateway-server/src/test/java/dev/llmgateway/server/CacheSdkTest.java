package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.client.OpenAIClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The vendors' own Java clients share answers, in all four ways to ask. Anthropic's newest version of its API has no
 * temperature, so that its client has to ask by the one before it.
 */
class CacheSdkTest {
    private final TestServer server = TestServer.start("""
            [cache]
            enabled = true
            """);
    private final OpenAIClient openAi = SdkClients.openAi(server.gateway.uri());
    private final AnthropicClient anthropic = SdkClients.anthropicSettings(server.gateway.uri())
            .replaceHeaders("anthropic-version", "2023-06-01")
            .build();

    @AfterEach
    void stop() {
        openAi.close();
        anthropic.close();
        server.close();
    }

    @Test
    void anAnswerOfOpenAiIsGivenToBothClientsStreamedAndWhole() {
        assertThat(allFour("openai/gpt-4o")).hasSize(4).containsOnly(said(openAi, "openai/gpt-4o"));
        assertThat(server.openAi.requestCount()).isEqualTo(1);
        assertThat(server.anthropic.requestCount()).isZero();
    }

    @Test
    void anAnswerOfAnthropicIsGivenToBothClientsStreamedAndWhole() {
        String model = "anthropic/claude-sonnet-4-5";
        String first = streamed(anthropic, model);

        assertThat(allFour(model)).hasSize(4).containsOnly(first);
        assertThat(server.anthropic.requestCount()).isEqualTo(1);
        assertThat(server.openAi.requestCount()).isZero();
    }

    private List<String> allFour(String model) {
        return List.of(
                said(openAi, model), streamed(openAi, model), said(anthropic, model), streamed(anthropic, model));
    }

    private static ChatCompletionCreateParams openAiParams(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .temperature(0)
                .maxCompletionTokens(50)
                .addUserMessage("Hello!")
                .build();
    }

    private static MessageCreateParams anthropicParams(String model) {
        return MessageCreateParams.builder()
                .model(model)
                .putAdditionalBodyProperty("temperature", JsonValue.from(0))
                .maxTokens(50)
                .addUserMessage("Hello!")
                .build();
    }

    private static String said(OpenAIClient client, String model) {
        return text(client.chat().completions().create(openAiParams(model)));
    }

    private static String streamed(OpenAIClient client, String model) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(openAiParams(model))) {
            stream.stream().forEach(whole::accumulate);
        }
        return text(whole.chatCompletion());
    }

    private static String said(AnthropicClient client, String model) {
        return text(client.messages().create(anthropicParams(model)));
    }

    private static String streamed(AnthropicClient client, String model) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(anthropicParams(model))) {
            stream.stream().forEach(whole::accumulate);
        }
        return text(whole.message());
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().get(0).message().content().orElseThrow();
    }

    private static String text(Message answer) {
        return answer.content().get(0).asText().text();
    }
}
