package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Everything beside the calls themselves. */
class PagesTest {
    private static final TestServer SERVER = TestServer.start("""
            [server]
            port = 0
            [model_routing.aliases]
            fast = "openai/gpt-4o-mini"
            """);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    @Test
    void healthTellsWhatTheManualSays() {
        JsonNode health = json(SERVER.get("/health"));
        assertThat(health.propertyNames()).containsExactly("status", "version", "uptime_secs", "port", "providers");
        assertThat(health.get("status").stringValue()).isEqualTo("ok");
        assertThat(health.get("version").stringValue()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(health.get("uptime_secs").isIntegralNumber()).isTrue();
        assertThat(health.get("port").intValue()).isEqualTo(SERVER.gateway.port());
        assertThat(health.get("providers").toString()).isEqualTo("[\"openai\",\"anthropic\"]");
    }

    @Test
    void startUpProbesOfClientsAreAnsweredWithoutAKey() {
        for (String path : List.of("/", "/api/hello", "/health")) {
            HttpResponse<String> head = SERVER.send(SERVER.builder(path).HEAD());
            assertThat(head.statusCode()).as(path).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void theFrontPageLinksOnlyToWhatIsThere() {
        HttpResponse<String> page = SERVER.get("/");
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html;charset=utf-8");
        for (String link : List.of("/health", "/metrics", "/v1/models")) {
            assertThat(page.body()).contains("href=\"" + link + "\"");
            assertThat(SERVER.get(link).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void modelsAreListedInTheShapeOfTheCaller() {
        JsonNode openAi = json(SERVER.get("/v1/models"));
        assertThat(openAi.get("object").stringValue()).isEqualTo("list");
        assertThat(openAi.get("data").valueStream().map(model -> model.get("id").stringValue()))
                .startsWith("fast")
                .contains("openai/gpt-4o", "anthropic/claude-sonnet-5-5")
                .noneMatch(id -> id.startsWith("groq/"));
        JsonNode anthropic = json(SERVER.get("/v1/models?limit=1000", "anthropic-version", "2023-06-01"));
        assertThat(anthropic.get("has_more").booleanValue()).isFalse();
        assertThat(anthropic.get("data").get(1).get("type").stringValue()).isEqualTo("model");
    }

    @Test
    void everyListedModelCanBeAskedFor() {
        json(SERVER.get("/v1/models")).get("data").valueStream().forEach(model -> {
            String body = "{\"model\":\"" + model.get("id").stringValue()
                    + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
            assertThat(SERVER.post("/v1/chat/completions", body).statusCode())
                    .as(body)
                    .isEqualTo(200);
        });
    }

    @Test
    void tokensOfOpenAiModelsAreCountedExactly() {
        HttpResponse<String> counted = SERVER.post("/v1/messages/count_tokens", """
                {"model":"gpt-4o","messages":[{"role":"user","content":"hello world"}]}""");
        assertThat(counted.headers().firstValue("x-gateway-token-count")).hasValue("exact");
        assertThat(json(counted).get("input_tokens").intValue()).isEqualTo(2 + 3 + 3);
    }

    @Test
    void tokensOfOtherModelsAreEstimated() {
        String question = "The quick brown fox jumps over the lazy dog. ".repeat(100);
        HttpResponse<String> counted = SERVER.post("/v1/messages/count_tokens?beta=true", """
                {"model":"claude-sonnet-4-5","system":"Be brief.","messages":[{"role":"user","content":"%s"}]}""".formatted(question));
        assertThat(counted.headers().firstValue("x-gateway-token-count")).hasValue("estimate");
        assertThat(json(counted).get("input_tokens").intValue()).isBetween(850, 1150);
    }

    @Test
    void theTextOfADocumentIsCounted() {
        HttpResponse<String> counted = SERVER.post("/v1/messages/count_tokens", """
                {"model":"gpt-4o","messages":[{"role":"user","content":[{"type":"document","source":
                 {"type":"text","media_type":"text/plain","data":"hello world"}}]}]}""");
        assertThat(counted.headers().firstValue("x-gateway-token-count")).hasValue("exact");
        assertThat(json(counted).get("input_tokens").intValue()).isEqualTo(2 + 3 + 3);
    }

    @Test
    void tokensOfAnUnknownModelAreNotCounted() {
        HttpResponse<String> counted = SERVER.post("/v1/messages/count_tokens", """
                {"model":"nobody","messages":[{"role":"user","content":"hello world"}]}""");
        assertThat(counted.statusCode()).isEqualTo(404);
        assertThat(counted.body()).contains("not_found_error");
    }

    @Test
    void ppfVersionsAreToldAndAgreedOn() {
        assertThat(SERVER.get("/pp/version").body())
                .isEqualTo("{\"supported\":[\"1.0\",\"1.1\"],\"deprecated\":[\"1.0\"],\"latest\":\"1.1\"}");
        assertThat(ppf("1.0").headers().firstValue("x-ppf-negotiated-version")).hasValue("1.0");
        assertThat(ppf("1.0").headers().firstValue("x-ppf-deprecated")).hasValue("true");
        assertThat(ppf("1.1").headers().firstValue("x-ppf-negotiated-version")).hasValue("1.1");
        assertThat(ppf("1.7").headers().firstValue("x-ppf-negotiated-version")).hasValue("1.1");
        assertThat(ppf("1.7").headers().firstValue("x-ppf-deprecated")).isEmpty();
        for (String unsupported : List.of("2.0", "0.9", "one", "1.x", "", "1.0.0")) {
            assertThat(ppf(unsupported).statusCode()).as(unsupported).isEqualTo(400);
            assertThat(ppf(unsupported).body()).contains("supported are 1.0 and 1.1");
        }
    }

    private static HttpResponse<String> ppf(String version) {
        return SERVER.get("/health", "x-ppf-protocol-version", version);
    }

    @Test
    void failoverIsOffWhenTheCallerSaysSo() {
        String body = """
                {"model":"gpt-4o","max_tokens":50,"messages":[{"role":"user","content":"Hello!"}]}""";
        SERVER.openAi.enqueue(Reply.failure(500));
        assertThat(SERVER.post("/v1/chat/completions", body, "x-gateway-failover", "disabled")
                        .statusCode())
                .isEqualTo(500);
        SERVER.openAi.enqueue(Reply.failure(500), Reply.failure(500));
        assertThat(SERVER.post("/v1/chat/completions", body).headers().firstValue("x-gateway-provider"))
                .hasValue("anthropic");
    }
}
