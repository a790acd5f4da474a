package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients, providers and operators see of providers' quotas, over sockets and on the test's own time. */
final class QuotasOverHttpTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String ANSWER = """
            {"id":"c1","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,"message":
            {"role":"assistant","content":"told"},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}""";

    private final AtomicLong now = new AtomicLong();
    private final TestServer server = TestServer.start("""
            [metrics]
            public = true
            [provider_quota]
            enabled = true
            [provider_quota.provider_limits.openai]
            rpm = 10
            """, now::get);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void atNineTenthsOthersComeFirstAndAtTheEndOnlyOthersAreAsked() {
        ask("openai/gpt-4o", 8);
        assertThat(decision("auto").get("ranking").toString()).doesNotContain("\"has used");

        ask("openai/gpt-4o", 1);
        JsonNode strained = decision("auto");
        assertThat(strained.get("chain").get(0).get("provider").stringValue()).isEqualTo("anthropic");
        assertThat(strained.get("ranking").toString()).contains("\"has used 90 % of its 10 requests per minute\"");
        assertThat(decision("openai/gpt-4o").get("chain").get(0).get("why").stringValue())
                .isEqualTo("pinned");

        ask("openai/gpt-4o", 1);
        assertThat(server.openAi.requestCount()).isEqualTo(10);
        assertThat(ask("openai/gpt-4o").statusCode()).isEqualTo(200);
        assertThat(server.openAi.requestCount()).isEqualTo(10);
        assertThat(server.anthropic.requestCount()).isEqualTo(1);
        assertThat(decision("openai/gpt-4o").get("layers").get(0).toString())
                .contains("\"code\":\"quota_exhausted\",\"reason\":\"has used up its 10 requests per minute\"");

        pass(Duration.ofSeconds(61));
        ask("openai/gpt-4o", 1);
        assertThat(server.openAi.requestCount()).isEqualTo(11);
    }

    @Test
    void withoutFailoverTheClientIsToldWhenToComeBack() {
        ask("openai/gpt-4o", 10);

        HttpResponse<String> refused = server.post(CHAT, body("openai/gpt-4o"), "x-gateway-failover", "disabled");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(refused.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(60L, 61L);
        assertThat(refused.headers().firstValue("x-gateway-circuit")).isEmpty();
        assertThat(refused.body())
                .contains("openai/gpt-4o has used up its 10 requests per minute; try again in 6")
                .contains("failover is disabled");
    }

    @Test
    void whatAProviderSaysOfItselfIsHeededUntilItsReset() {
        says("0", "30s");
        assertThat(ask("openai/gpt-4o").body()).contains("told");
        server.openAi.reset();

        assertThat(ask("openai/gpt-4o").statusCode()).isEqualTo(200);
        assertThat(server.openAi.requestCount()).isEqualTo(1);
        assertThat(decision("openai/gpt-4o").get("layers").get(0).toString())
                .contains("says that no requests are left of its limit");

        pass(Duration.ofSeconds(30));
        assertThat(ask("openai/gpt-4o").statusCode()).isEqualTo(200);
        assertThat(server.openAi.requestCount()).isEqualTo(2);
    }

    @Test
    void aProviderWithoutAConfiguredQuotaIsHeededToo() {
        server.anthropic.always(new Reply.Failure(
                429,
                Map.of(
                        "anthropic-ratelimit-requests-limit", "50",
                        "anthropic-ratelimit-requests-remaining", "0",
                        "date", "Sun, 22 Nov 2026 12:00:00 GMT",
                        "anthropic-ratelimit-requests-reset", "2026-11-22T12:00:20Z"),
                "too many"));
        assertThat(ask("anthropic/claude-sonnet-4-5").statusCode()).isEqualTo(200);
        server.anthropic.reset();

        pass(Duration.ofSeconds(10));
        ask("anthropic/claude-sonnet-4-5", 1);
        assertThat(sonnetWasAsked()).isEqualTo(1);

        pass(Duration.ofSeconds(10));
        ask("anthropic/claude-sonnet-4-5", 1);
        assertThat(sonnetWasAsked()).isEqualTo(2);
    }

    @Test
    void operatorsSeeHowMuchIsUsed() {
        says("5", "30s");
        ask("openai/gpt-4o", 1);
        JsonNode providers = json(server.get("/v1/providers").body()).get("providers");

        assertThat(providers.get(0).get("quota").toString())
                .isEqualTo("{\"used\":0.95,"
                        + "\"requests_per_minute\":{\"limit\":10,\"remaining\":9,\"reset_secs\":61},"
                        + "\"tokens_per_minute\":{\"limit\":1000000,\"remaining\":999996,\"reset_secs\":61},"
                        + "\"reported\":[{\"model\":\"gpt-4o\",\"requests\":{\"limit\":100,\"remaining\":5,"
                        + "\"reset_secs\":30},\"tokens\":null}]}");
        assertThat(providers.get(1).get("quota").toString())
                .isEqualTo("{\"used\":0.0,\"requests_per_minute\":null,\"tokens_per_minute\":null,\"reported\":[]}");
        assertThat(server.get("/metrics").body()).contains("gateway_provider_quota_used{provider=\"openai\"} 0.95");

        ask("openai/gpt-4o", 10);
        assertThat(server.get("/metrics").body())
                .contains("gateway_provider_quota_used{provider=\"openai\"} 1.0")
                .contains("gateway_provider_quota_blocked_total{provider=\"openai\"} 1.0");
    }

    /** Other models of the provider may stand in for it. */
    private long sonnetWasAsked() {
        return server.anthropic.requests().stream()
                .filter(request -> request.text().contains("claude-sonnet-4-5"))
                .count();
    }

    private void says(String remaining, String reset) {
        server.openAi.enqueue(new Reply.Json(
                200,
                Map.of(
                        "x-ratelimit-limit-requests", "100",
                        "x-ratelimit-remaining-requests", remaining,
                        "x-ratelimit-reset-requests", reset),
                ANSWER));
    }

    private void ask(String model, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(ask(model).statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> ask(String model) {
        return server.post(CHAT, body(model));
    }

    private JsonNode decision(String model) {
        return json(server.post("/v1/route", body(model)).body());
    }

    private static JsonNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(String model) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}";
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
