package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tenants' limits over HTTP. */
class RateLimitsTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";

    private final TestServer server = TestServer.start("""
            [rate_limit]
            enabled = true
            default_limits = { rpm = 2, tpm = 5000 }
            [rate_limit.tenant_limits.big]
            rpm = 100
            tpm = 100000
            [key_map.vk-small]
            label = "Small"
            [key_map.vk-other]
            label = "Other"
            [key_map.vk-big]
            label = "Big"
            """);

    @AfterEach
    void stop() {
        server.close();
    }

    private static String ask(boolean stream, int maxTokens) {
        return """
                {"model":"gpt-4o","stream":%s,"max_tokens":%d,"messages":[{"role":"user","content":"Hello!"}]}\
                """.formatted(stream, maxTokens);
    }

    private HttpResponse<String> openAi(String key) {
        return server.post(CHAT, ask(false, 100), "authorization", "Bearer " + key);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }

    @Test
    void everyAnswerTellsAnOpenAiClientWhatIsLeft() {
        HttpResponse<String> answer = server.post(CHAT, ask(true, 100), "authorization", "Bearer vk-small");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "x-ratelimit-limit-requests")).isEqualTo("2");
        assertThat(header(answer, "x-ratelimit-remaining-requests")).isEqualTo("1");
        assertThat(header(answer, "x-ratelimit-reset-requests")).matches("1m[01]s");
        assertThat(header(answer, "x-ratelimit-limit-tokens")).isEqualTo("5000");
        assertThat(Integer.parseInt(header(answer, "x-ratelimit-remaining-tokens")))
                .isBetween(4_800, 4_899);
        assertThat(header(answer, "x-ratelimit-reset-tokens")).matches("1m[01]s");
        assertThat(header(answer, "anthropic-ratelimit-requests-limit")).isEqualTo("none");
    }

    @Test
    void everyAnswerTellsAnAnthropicClientWhatIsLeft() {
        HttpResponse<String> answer = server.post(MESSAGES, ask(false, 100), "x-api-key", "vk-small");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "anthropic-ratelimit-requests-limit")).isEqualTo("2");
        assertThat(header(answer, "anthropic-ratelimit-requests-remaining")).isEqualTo("1");
        assertThat(Instant.parse(header(answer, "anthropic-ratelimit-requests-reset")))
                .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(63));
        assertThat(header(answer, "anthropic-ratelimit-tokens-limit")).isEqualTo("5000");
        assertThat(header(answer, "x-ratelimit-limit-requests")).isEqualTo("none");
    }

    @Test
    void errorsTellWhatIsLeftToo() {
        server.openAi.enqueue(Reply.failure(400, Map.of()));
        HttpResponse<String> answer = openAi("vk-small");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(header(answer, "x-ratelimit-remaining-requests")).isEqualTo("1");
    }

    @Test
    void whoIsOverALimitWaitsAndNobodyElse() {
        openAi("vk-small");
        openAi("vk-small");
        HttpResponse<String> refused = openAi("vk-small");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body())
                .contains("the limit of 2 requests per minute (rpm) of tenant \\\"small\\\" is reached; try again in")
                .contains("\"code\":\"rate_limit_exceeded\"");
        assertThat(Integer.parseInt(header(refused, "retry-after"))).isBetween(50, 61);
        assertThat(header(refused, "x-ratelimit-remaining-requests")).isEqualTo("0");
        HttpResponse<String> messages = server.post(MESSAGES, ask(true, 100), "x-api-key", "vk-small");
        assertThat(messages.statusCode()).isEqualTo(429);
        assertThat(messages.body()).contains("\"type\":\"rate_limit_error\"");

        assertThat(openAi("vk-other").statusCode()).isEqualTo(200);
        for (int i = 0; i < 5; i++) {
            assertThat(openAi("vk-big").statusCode()).isEqualTo(200);
        }
        assertThat(server.get("/metrics").body()).contains("gateway_rate_limited_total{limit=\"rpm\"} 2.0");
    }

    @Test
    void settlesWithWhatWasReallyUsed() {
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = server.post(CHAT, ask(i == 1, 90_000), "authorization", "Bearer vk-big");
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        HttpResponse<String> last = server.post(CHAT, ask(false, 1), "authorization", "Bearer vk-big");
        assertThat(Integer.parseInt(header(last, "x-ratelimit-remaining-tokens")))
                .isGreaterThan(99_000);
    }

    @Test
    void aPromptThatNoMinuteHoldsIsTooLarge() {
        String words = "many different words ".repeat(5_000);
        HttpResponse<String> answer =
                server.post(CHAT, ask(false, 1).replace("Hello!", words), "authorization", "Bearer vk-small");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("than the 5000 that this tenant may use in a whole minute (tpm)");
        assertThat(header(answer, "retry-after")).isEqualTo("none");
        assertThat(header(answer, "x-ratelimit-limit-tokens")).isEqualTo("5000");
    }

    @Test
    void openAisClientKnowsThatItIsLimited() {
        OpenAIClient client = SdkClients.openAiSettings(server.gateway.uri())
                .apiKey("vk-small")
                .build();
        ChatCompletionCreateParams params = ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage("hi")
                .build();
        try {
            client.chat().completions().create(params);
            client.chat().completions().create(params);
            var limited = catchThrowableOfType(
                    com.openai.errors.RateLimitException.class,
                    () -> client.chat().completions().create(params));
            assertThat(limited.headers().values("x-ratelimit-limit-requests")).containsExactly("2");
            assertThat(limited.headers().values("retry-after")).hasSize(1);
            assertThat(limited.code()).hasValue("rate_limit_exceeded");
        } finally {
            client.close();
        }
    }

    @Test
    void anthropicsClientKnowsThatItIsLimited() {
        AnthropicClient client = SdkClients.anthropicSettings(server.gateway.uri())
                .apiKey("vk-small")
                .build();
        MessageCreateParams params = MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(50)
                .addUserMessage("hi")
                .build();
        try {
            client.messages().create(params);
            client.messages().create(params);
            var limited = catchThrowableOfType(
                    com.anthropic.errors.RateLimitException.class,
                    () -> client.messages().create(params));
            assertThat(limited.headers().values("anthropic-ratelimit-requests-remaining"))
                    .containsExactly("0");
            assertThat(limited.headers().values("retry-after")).hasSize(1);
        } finally {
            client.close();
        }
    }
}
