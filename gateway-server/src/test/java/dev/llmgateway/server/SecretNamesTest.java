package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Secrets that callers put where names belong are in no record. */
class SecretNamesTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String TOKEN = "gh" + "p_" + "a1B2c3D4".repeat(5);
    private static final String SANITIZED = "[sanitization]\nenabled = true\nredact_pii = true\n";

    private static String ask(String model) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}".formatted(model);
    }

    private static JsonNode trace(TestServer server, HttpResponse<?> answer) throws InterruptedException {
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        Eventually.assertThatSoon(
                () -> assertThat(server.get("/v1/audit/" + id).statusCode()).isEqualTo(200));
        return Json.parse(server.get("/v1/audit/" + id).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "openai/"})
    void aModelsNameIsRecordedWithoutTheSecretInIt(String prefix) throws Exception {
        try (TestServer server = TestServer.start(SANITIZED)) {
            HttpResponse<String> answer = server.post(CHAT, ask(prefix + TOKEN));

            JsonNode call = trace(server, answer);

            assertThat(call.get("requested_model").stringValue()).isEqualTo(prefix + "[REDACTED:api_key]");
            assertThat(call.toString()).doesNotContain(TOKEN);
            assertThat(server.get("/v1/requests").body()).doesNotContain(TOKEN);
        }
    }

    @Test
    void labelsAreRecordedWithoutTheSecretsInThem() throws Exception {
        try (TestServer server = TestServer.start(SANITIZED)) {
            HttpResponse<String> answer = server.post(
                    CHAT, ask("gpt-4o"), "x-source", "ide " + TOKEN, "x-project", "a@example.org ".repeat(9));
            HttpResponse<String> unreadable = server.post(CHAT, "{", "x-source", "ide " + TOKEN);

            JsonNode call = trace(server, answer);

            assertThat(call.get("source").stringValue()).isEqualTo("ide [REDACTED:api_key]");
            assertThat(call.get("project").stringValue())
                    .startsWith("[REDACTED:email] [REDACTED:email]")
                    .hasSize(128);
            assertThat(call.get("requested_model").stringValue()).isEqualTo("gpt-4o");
            assertThat(call.at("/trace/decision").isObject()).isTrue();
            assertThat(trace(server, unreadable).toString()).doesNotContain(TOKEN);
        }
    }

    @Test
    void addressesThatAreOnlyLoggedElsewhereStayInLabels() throws Exception {
        try (TestServer server = TestServer.start(SANITIZED)) {
            HttpResponse<String> answer = server.post(CHAT, ask("gpt-4o"), "x-source", "203.0.113.9");

            assertThat(trace(server, answer).get("source").stringValue()).isEqualTo("203.0.113.9");
        }
    }
}
