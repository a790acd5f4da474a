package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.store.postgres.TestDatabase;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Copies of answered calls go to a candidate model, and nobody notices. */
class ShadowOverHttpTest {

    private static final String SHADOW = """
            [shadow]
            enabled = true
            sample_rate = 1.0
            model = "anthropic/claude-sonnet-4-5"
            """;
    private static final String CHAT = "/v1/chat/completions";

    private static String ask(String model, String text, boolean stream) {
        return """
                {"model":"%s","stream":%s,"max_tokens":50,"temperature":0,"messages":[{"role":"user","content":"%s"}]}\
                """.formatted(model, stream, text);
    }

    private static JsonNode json(TestServer server, String path) {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    private static JsonNode results(TestServer server, int count) throws InterruptedException {
        Eventually.assertThatSoon(() ->
                assertThat(json(server, "/v1/shadow/results").get("results")).hasSize(count));
        return json(server, "/v1/shadow/results").get("results");
    }

    private static void assertCopies(TestServer server, String outcome, int count) throws InterruptedException {
        Eventually.assertThatSoon(() -> assertThat(server.get("/metrics").body())
                .contains("gateway_shadow_copies_total{outcome=\"" + outcome + "\"} " + count + ".0"));
    }

    @Test
    void wholeAndStreamedCallsAreComparedWithTheCandidate() throws Exception {
        try (TestServer server = TestServer.start(SHADOW)) {
            String id = server.post(CHAT, ask("openai/gpt-4o", "Hello!", false))
                    .headers()
                    .firstValue("x-request-id")
                    .orElseThrow();
            results(server, 1);
            server.post(CHAT, ask("openai/gpt-4o", "Hello!", true));

            JsonNode results = results(server, 2);

            JsonNode first = results.valueStream()
                    .filter(result -> result.get("request_id").stringValue().equals(id))
                    .findFirst()
                    .orElseThrow();
            assertThat(first.get("primary").get("model").stringValue()).isEqualTo("gpt-4o");
            assertThat(first.get("candidate").get("provider").stringValue()).isEqualTo("anthropic");
            assertThat(first.get("error_type").isNull()).isTrue();
            assertThat(first.get("agreement").doubleValue()).isBetween(0.0, 1.0);
            assertThat(first.get("candidate").get("cost_usd").doubleValue()).isPositive();
            assertThat(first.get("candidate").get("output_tokens").intValue()).isPositive();
            JsonNode pair = json(server, "/v1/shadow?model=gpt-4o").get("pairs").get(0);
            assertThat(pair.get("samples").intValue()).isEqualTo(2);
            assertThat(pair.get("failure_rate").doubleValue()).isZero();
            assertThat(pair.get("agreement_tenths")).hasSize(10);
            Eventually.assertThatSoon(
                    () -> assertThat(json(server, "/v1/stats").get("requests").intValue())
                            .isEqualTo(2));
            assertThat(server.get("/metrics").body()).doesNotContain("gateway_requests_total{model=\"claude");
        }
    }

    @Test
    void theCandidateSeesSanitizedTextOnly() throws Exception {
        try (TestServer server = TestServer.start(SHADOW + "[sanitization]\nenabled = true\nredact_pii = true\n")) {
            server.post(CHAT, ask("openai/gpt-4o", "Write to jane.doe@example.org", false));
            results(server, 1);

            assertThat(server.anthropic.requests()).hasSize(1);
            assertThat(server.anthropic.requests().getFirst().text()).doesNotContain("jane.doe");
        }
    }

    @Test
    void aCandidateThatFailsIsRecordedAndChangesNothing() throws Exception {
        try (TestServer server = TestServer.start(SHADOW)) {
            server.anthropic.always(Reply.failure(500));

            assertThat(server.post(CHAT, ask("openai/gpt-4o", "Hello!", false)).statusCode())
                    .isEqualTo(200);

            JsonNode result = results(server, 1).get(0);
            assertThat(result.get("error_type").stringValue()).startsWith("provider_");
            assertThat(result.get("agreement").isNull()).isTrue();
            assertThat(json(server, "/v1/shadow")
                            .get("pairs")
                            .get(0)
                            .get("failure_rate")
                            .doubleValue())
                    .isEqualTo(1);
        }
    }

    @Test
    void answersFromMemoryOfTheCandidateAndFailuresAreNotCopied() throws Exception {
        try (TestServer server = TestServer.start(SHADOW + "[cache]\nenabled = true\n")) {
            server.post(CHAT, ask("openai/gpt-4o", "Hello!", false));
            results(server, 1);
            server.post(CHAT, ask("openai/gpt-4o", "Hello!", false));
            server.openAi.enqueue(Reply.failure(400));
            server.post(CHAT, ask("openai/gpt-4o", "Fail!", false), "x-gateway-failover", "disabled");
            server.post(CHAT, ask("anthropic/claude-sonnet-4-5", "Hello!", false));

            assertCopies(server, "skipped", 1);
            assertThat(json(server, "/v1/shadow/results").get("results")).hasSize(1);
        }
    }

    @Test
    void dataThatTheCandidateMayNotSeeDoesNotGoThere() throws Exception {
        String local = """
                [[models]]
                id = "openai/gpt-4o"
                classifications = ["public", "internal", "cui"]
                """;
        try (TestServer server = TestServer.start(SHADOW + local)) {
            HttpResponse<String> answer =
                    server.post(CHAT, ask("openai/gpt-4o", "Hello!", false), "x-data-classification", "cui");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertCopies(server, "skipped", 1);
            assertThat(server.anthropic.requests()).isEmpty();
        }
    }

    @Test
    void resultsSurviveARestartAndAreListedPageByPage() throws Exception {
        String database = "[database]\nurl = \"" + TestDatabase.newUrl() + "\"\n";
        try (TestServer first = TestServer.start(SHADOW + database)) {
            first.post(CHAT, ask("openai/gpt-4o", "Hello!", false));
            first.post(CHAT, ask("openai/gpt-4o", "Hello, too!", false));
            results(first, 2);
        }
        try (TestServer second = TestServer.start(database)) {
            JsonNode page = json(second, "/v1/shadow/results?limit=1");
            assertThat(page.get("persistent").booleanValue()).isTrue();
            String cursor = page.get("next_cursor").stringValue();
            JsonNode rest = json(second, "/v1/shadow/results?limit=1&cursor=" + cursor);
            assertThat(rest.get("results").get(0).get("request_id"))
                    .isNotEqualTo(page.get("results").get(0).get("request_id"));
            assertThat(rest.get("next_cursor").isNull()).isTrue();
            assertThat(second.send(second.builder("/v1/analytics").DELETE()).body())
                    .contains("\"shadow_results\":2");
        }
    }

    @Test
    void questionsAboutTheRecordsAreNotCopied() throws Exception {
        try (TestServer server = TestServer.start(SHADOW + "[database]\nurl = \"" + TestDatabase.newUrl() + "\"\n")) {
            Eventually.assertThatSoon(() -> assertThat(server.post("/v1/nl-query", "{\"question\":\"How many?\"}")
                            .body())
                    .contains("cannot be used"));
            server.post(CHAT, ask("openai/gpt-4o", "Hello!", false));

            results(server, 1);
            assertCopies(server, "compared", 1);
            assertCopies(server, "skipped", 0);
        }
    }

    @Test
    void whatMakesNoSenseIsRefusedWithAReason() {
        try (TestServer server = TestServer.start()) {
            for (List<String> wrong : List.of(
                    List.of("/v1/shadow?period=1y", "period: must be one of"),
                    List.of("/v1/shadow?provider=x", "query: has a parameter that is not known"),
                    List.of("/v1/shadow/results?limit=501", "limit: must be a whole number from 1 to 500"),
                    List.of("/v1/shadow/results?cursor=x", "cursor: must be the next_cursor"))) {
                HttpResponse<String> answer = server.get(wrong.get(0));
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains(wrong.get(1));
            }
            assertThat(json(server, "/v1/shadow").get("pairs")).isEmpty();
        }
    }
}
