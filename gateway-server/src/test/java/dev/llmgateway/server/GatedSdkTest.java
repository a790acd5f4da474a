package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.client.OpenAIClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers of which something was taken out, or that were blocked, as the vendors' own Java clients understand them. */
class GatedSdkTest {

    private static final String TOKEN = "gh" + "p_" + "a1B2c3D4".repeat(5);
    private static final String GATE = "[sanitization]\ncompliance_gate = true\n";

    private static Reply streams(String text) {
        List<String> events = new ArrayList<>();
        text.chars()
                .mapToObj(Character::toString)
                .forEach(it -> events.add(chunk("{\"content\":\"" + it + "\"}", "null")));
        events.add(chunk("{}", "\"stop\""));
        events.add("data: [DONE]\n\n");
        return Reply.sse(events, Pace.NONE);
    }

    private static String chunk(String delta, String reason) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o\","
                + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + reason + "}]}\n\n";
    }

    private static String openAi(TestServer server) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        OpenAIClient client = SdkClients.openAi(server.gateway.uri());
        try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(ChatCompletionCreateParams.builder()
                        .model("gpt-4o")
                        .addUserMessage("Hello!")
                        .build())) {
            stream.stream().forEach(whole::accumulate);
        } finally {
            client.close();
        }
        return whole.chatCompletion().choices().get(0).message().content().orElseThrow();
    }

    private static String anthropic(TestServer server) {
        MessageAccumulator whole = MessageAccumulator.create();
        AnthropicClient client = SdkClients.anthropic(server.gateway.uri());
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages()
                .createStreaming(MessageCreateParams.builder()
                        .model("gpt-4o")
                        .maxTokens(50)
                        .addUserMessage("Hello!")
                        .build())) {
            stream.stream().forEach(whole::accumulate);
        } finally {
            client.close();
        }
        return whole.message().content().get(0).asText().text();
    }

    @Test
    void aRedactedStreamIsAWholeAnswer() {
        try (TestServer server = TestServer.start(GATE)) {
            server.openAi.always(streams("Use " + TOKEN + " then"));
            assertThat(openAi(server)).isEqualTo("Use [REDACTED] then");
            assertThat(anthropic(server)).isEqualTo("Use [REDACTED] then");
        }
    }

    @Test
    void aBlockedStreamIsTheClientsOwnException() {
        try (TestServer server = TestServer.start(GATE + "violation_action = \"block\"\n")) {
            server.openAi.always(streams("Use " + TOKEN + " then"));
            assertThatThrownBy(() -> openAi(server))
                    .isInstanceOf(OpenAIServiceException.class)
                    .hasMessageContaining("api_key");
            assertThatThrownBy(() -> anthropic(server))
                    .isInstanceOf(AnthropicServiceException.class)
                    .hasMessageContaining("api_key");
        }
    }
}
