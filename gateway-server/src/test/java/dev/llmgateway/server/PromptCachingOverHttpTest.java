package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Marks for providers' prompt caches are kept or translated, and what was read from such caches, or written to them, is priced. */
final class PromptCachingOverHttpTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final Offset<Double> EXACTLY = Offset.offset(1e-15);

    private static final String OPENAI_REQUEST = """
            {"model":"%s","prompt_cache_key":"tenant-7","messages":[{"role":"user","content":[
            {"type":"text","text":"long","prompt_cache_breakpoint":{"mode":"explicit"}},{"type":"text","text":"short"}]}]}""";

    private static final String ANTHROPIC_REQUEST = """
            {"model":"%s","max_tokens":50,"system":[{"type":"text","text":"long","cache_control":{"type":"ephemeral","ttl":"1h"}}],
            "messages":[{"role":"user","content":[{"type":"text","text":"x","cache_control":{"type":"ephemeral"}}]}]}""";

    private static final String OPENAI_ANSWER = """
            {"id":"c","object":"chat.completion","created":1,"model":"gpt-6-luna","choices":[{"index":0,"finish_reason":"stop",
            "message":{"role":"assistant","content":"Hello"}}],"usage":{"prompt_tokens":1000,"completion_tokens":50,
            "total_tokens":1050,"prompt_tokens_details":{"cached_tokens":600,"cache_write_tokens":300}}}""";

    private static final String ANTHROPIC_ANSWER = """
            {"id":"m","type":"message","role":"assistant","model":"claude-sonnet-5-5","stop_reason":"end_turn","stop_sequence":null,
            "content":[{"type":"text","text":"Hello"}],"usage":{"input_tokens":100,"cache_read_input_tokens":600,
            "cache_creation_input_tokens":300,"cache_creation":{"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":200},
            "output_tokens":50}}""";

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }

    private JsonNode record(HttpResponse<String> answer) throws InterruptedException {
        assertThat(answer.statusCode()).isEqualTo(200);
        AtomicReference<HttpResponse<String>> found = new AtomicReference<>();
        Eventually.assertThatSoon(() -> {
            found.set(server.get("/v1/requests/" + header(answer, "x-request-id")));
            assertThat(found.get().statusCode()).isEqualTo(200);
        });
        return Json.parse(found.get().body());
    }

    @Test
    void marksAndKeysStayAsTheyAreWithinADialect() {
        HttpResponse<String> chat = server.post(CHAT, OPENAI_REQUEST.formatted("openai/gpt-6-luna"));
        HttpResponse<String> messages =
                server.post(MESSAGES, ANTHROPIC_REQUEST.formatted("anthropic/claude-sonnet-5-5"));

        assertThat(server.openAi.requests().getFirst().text()).isEqualTo(OPENAI_REQUEST.formatted("gpt-6-luna"));
        assertThat(server.anthropic.requests().getFirst().text())
                .isEqualTo(ANTHROPIC_REQUEST.formatted("claude-sonnet-5-5"));
        assertThat(header(chat, "x-gateway-dropped")).isEqualTo("none");
        assertThat(header(messages, "x-gateway-dropped")).isEqualTo("none");
    }

    @Test
    void openAisMarkBecomesAnthropicsAndItsKeyIsNamed() {
        HttpResponse<String> answer = server.post(CHAT, OPENAI_REQUEST.formatted("anthropic/claude-sonnet-5-5"));

        JsonNode parts = server.anthropic.requests().getFirst().json().at("/messages/0/content");
        assertThat(parts.get(0).get("cache_control")).isEqualTo(Json.parse("{\"type\":\"ephemeral\"}"));
        assertThat(parts.get(1).has("cache_control")).isFalse();
        assertThat(header(answer, "x-gateway-dropped")).isEqualTo("prompt_cache_key");
    }

    @Test
    void anthropicsMarkIsNamedWhereTheModelCachesByItself() {
        HttpResponse<String> answer = server.post(MESSAGES, ANTHROPIC_REQUEST.formatted("openai/gpt-4o"));

        assertThat(server.openAi.requests().getFirst().text())
                .doesNotContain("cache_control")
                .doesNotContain("prompt_cache_breakpoint");
        assertThat(header(answer, "x-gateway-dropped")).contains("cache_control");
    }

    @Test
    void everyClassOfOpenAisTokensHasItsPrice() throws Exception {
        server.openAi.always(Reply.json(200, OPENAI_ANSWER));

        HttpResponse<String> chat = server.post(CHAT, OPENAI_REQUEST.formatted("openai/gpt-6-luna"));
        HttpResponse<String> messages = server.post(MESSAGES, ANTHROPIC_REQUEST.formatted("openai/gpt-6-luna"));

        double cost = (100 * 0.1 + 600 * 0.01 + 300 * 0.125 + 50 * 0.5) / 1_000_000;
        for (HttpResponse<String> answer : List.of(chat, messages)) {
            JsonNode call = record(answer);
            assertThat(call.get("cached_tokens").intValue()).isEqualTo(600);
            assertThat(call.get("cost_usd").doubleValue()).isEqualTo(cost, EXACTLY);
        }
        JsonNode usage = Json.parse(messages.body()).get("usage");
        assertThat(usage.get("input_tokens").intValue()).isEqualTo(100);
        assertThat(usage.get("cache_read_input_tokens").intValue()).isEqualTo(600);
        assertThat(usage.get("cache_creation_input_tokens").intValue()).isEqualTo(300);
    }

    @Test
    void everyClassOfAnthropicsTokensHasItsPrice() throws Exception {
        server.anthropic.always(Reply.json(200, ANTHROPIC_ANSWER));

        HttpResponse<String> messages =
                server.post(MESSAGES, ANTHROPIC_REQUEST.formatted("anthropic/claude-sonnet-5-5"));
        HttpResponse<String> chat = server.post(CHAT, OPENAI_REQUEST.formatted("anthropic/claude-sonnet-5-5"));

        double cost = (100 * 2 + 600 * 0.1 + 100 * 2.5 + 200 * 4 + 50 * 10) / 1_000_000.0;
        for (HttpResponse<String> answer : List.of(messages, chat)) {
            JsonNode call = record(answer);
            assertThat(call.get("cached_tokens").intValue()).isEqualTo(600);
            assertThat(call.get("cost_usd").doubleValue()).isEqualTo(cost, EXACTLY);
        }
        JsonNode usage = Json.parse(chat.body()).get("usage");
        assertThat(usage.get("prompt_tokens").intValue()).isEqualTo(1_000);
        assertThat(usage.at("/prompt_tokens_details/cached_tokens").intValue()).isEqualTo(600);
        assertThat(usage.at("/prompt_tokens_details/cache_write_tokens").intValue())
                .isEqualTo(300);
    }
}
