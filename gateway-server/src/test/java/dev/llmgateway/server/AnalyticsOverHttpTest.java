package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is told of calls that were made, over HTTP. */
class AnalyticsOverHttpTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String[] MOON = {"x-source", "ide", "x-project", "moon"};
    private static final String[] FORMULA = {"x-source", "=cmd|' /C calc'!A0", "x-gateway-failover", "disabled"};

    private final TestServer server = TestServer.start();

    /** Two calls that are answered, one by another provider than the first, and one that fails. */
    @BeforeEach
    void call() throws InterruptedException {
        server.post(CHAT, ask("openai/gpt-4o"), MOON);
        server.openAi.enqueue(Reply.failure(503));
        server.post(CHAT, ask("openai/gpt-4o"), MOON);
        server.openAi.enqueue(Reply.failure(400));
        server.post(CHAT, ask("openai/gpt-4o-mini"), FORMULA);
        Eventually.assertThatSoon(
                () -> assertThat(json("/v1/stats").get("requests").intValue()).isEqualTo(3));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String ask(String model) {
        return """
                {"model":"%s","max_tokens":50,"messages":[{"role":"user","content":"Hello!"}]}""".formatted(model);
    }

    private JsonNode json(String path) {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    @Test
    void usageIsToldInAllAndInParts() {
        JsonNode usage = json("/v1/analytics?tz=Europe/Berlin&bucket=day");

        assertThat(usage.propertyNames())
                .containsExactly(
                        "from",
                        "to",
                        "tz",
                        "bucket",
                        "summary",
                        "buckets",
                        "models",
                        "providers",
                        "projects",
                        "persistent");
        assertThat(usage.get("summary").get("requests").intValue()).isEqualTo(3);
        assertThat(usage.get("summary").get("mitigated").intValue()).isEqualTo(1);
        assertThat(usage.get("summary").get("cost_usd").doubleValue())
                .isPositive()
                .isEqualTo(json("/v1/stats").get("cost_usd").doubleValue(), Offset.offset(1e-12));
        assertThat(usage.get("buckets").size()).isEqualTo(2);
        assertThat(usage.get("buckets").get(1).get("begin").stringValue()).isEqualTo("2026-11-22T00:00:00+01:00");
        assertThat(usage.get("providers").get("shown").get(0).get("provider").stringValue())
                .isEqualTo("openai");
        assertThat(usage.get("persistent").booleanValue()).isFalse();
        assertThat(json("/v1/analytics?project=moon")
                        .get("summary")
                        .get("requests")
                        .intValue())
                .isEqualTo(2);
        assertThat(json("/v1/analytics?from=2026-11-22T12:00:00%2B01:00&to=2026-11-22T13:00:00+01:00")
                        .get("summary")
                        .get("requests")
                        .intValue())
                .as("the calls began at 13:00 of this zone")
                .isZero();
    }

    @Test
    void errorsAreToldByWhatTheyMeantForCallers() {
        JsonNode errors = json("/v1/analytics/errors");

        assertThat(errors.get("customer_impacting").get("requests").intValue()).isEqualTo(1);
        assertThat(errors.get("mitigated").get("requests").intValue()).isEqualTo(1);
        assertThat(errors.get("providers").toString())
                .isEqualTo("[{\"provider\":\"openai\",\"customer_impacting\":1,\"mitigated\":1}]");
        String id =
                errors.get("mitigated").get("examples").get(0).get("request_id").stringValue();
        assertThat(json("/v1/audit/" + id).get("provider").stringValue()).isEqualTo("anthropic");
    }

    @Test
    void requestersAndProjectsAreListed() {
        JsonNode ide = json("/v1/analytics/requesters").get("requesters").get(0);
        assertThat(ide.get("source").stringValue()).isEqualTo("ide");
        assertThat(ide.get("requests").intValue()).isEqualTo(2);
        assertThat(ide.get("models").size()).isEqualTo(2);
        JsonNode moon = json("/v1/projects").get("projects").get(0);
        assertThat(moon.get("project").stringValue()).isEqualTo("moon");
        assertThat(moon.get("last_seen").stringValue()).isEqualTo("2026-11-22T12:00:00Z");
    }

    @Test
    void listsCanBeHadAsCsv() {
        HttpResponse<String> csv = server.get("/v1/requests?limit=3", "accept", "text/csv");

        assertThat(csv.headers().firstValue("content-type")).hasValue("text/csv; charset=utf-8; header=present");
        assertThat(csv.headers().firstValue("content-disposition")).hasValue("attachment; filename=\"requests.csv\"");
        assertThat(csv.headers().firstValue("vary")).hasValue("accept");
        List<String> lines = csv.body().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst()).startsWith("ts,request_id,tenant,source,project,");
        assertThat(csv.body()).contains(",'=cmd|' /C calc'!A0,").contains(",ide,moon,openai,");
    }

    @Test
    void everyTableCanBeHadAsJsonLines() {
        for (String path : List.of(
                "/v1/requests",
                "/v1/audit",
                "/v1/analytics",
                "/v1/analytics?table=models",
                "/v1/analytics?table=providers",
                "/v1/analytics?table=projects",
                "/v1/analytics/errors",
                "/v1/analytics/requesters",
                "/v1/projects")) {
            HttpResponse<String> lines = server.get(path, "accept", "application/x-ndjson");
            HttpResponse<String> csv = server.get(path, "accept", "text/csv");
            assertThat(lines.headers().firstValue("content-type"))
                    .as(path + lines.body())
                    .hasValue("application/x-ndjson");
            assertThat(lines.body()).as(path).endsWith("}\n");
            assertThat(String.join(
                            ",",
                            Json.parse(lines.body().lines().findFirst().orElseThrow())
                                    .propertyNames()))
                    .as(path)
                    .isEqualTo(csv.body().lines().findFirst().orElseThrow());
        }
        assertThat(server.get("/v1/requests", "accept", "application/x-ndjson")
                        .body()
                        .lines()
                        .map(line -> Json.parse(line).get("source").stringValue()))
                .containsOnly("ide", "=cmd|' /C calc'!A0");
    }

    @Test
    void whoAcceptsNothingOfThisGetsJsonUnlessHeRefusesIt() {
        assertThat(server.get("/v1/requests", "accept", "image/png").body()).startsWith("{\"requests\":[");
        HttpResponse<String> refused = server.get("/v1/requests", "accept", "application/json;q=0");
        assertThat(refused.statusCode()).isEqualTo(406);
        assertThat(refused.body()).contains("accept: must allow one of application/json, text/csv");
    }

    @Test
    void clearingForgetsTheCallsAndTellsHowMany() {
        HttpResponse<String> part =
                server.send(server.builder("/v1/analytics?project=moon").DELETE());
        assertThat(part.statusCode()).isEqualTo(400);
        HttpResponse<String> another = server.send(
                server.builder("/v1/analytics").method("DELETE", BodyPublishers.ofString("{\"project\":\"moon\"}")));
        assertThat(another.statusCode()).isEqualTo(400);
        assertThat(another.body()).contains("body: must be empty");
        assertThat(json("/v1/stats").get("requests").intValue()).isEqualTo(3);

        HttpResponse<String> all = server.send(server.builder("/v1/analytics").DELETE());

        assertThat(all.body())
                .isEqualTo("{\"cleared\":{\"requests\":3,\"signals\":0,\"shadow_results\":0,\"kept_items\":0}}");
        assertThat(json("/v1/requests").get("requests").isEmpty()).isTrue();
    }

    @Test
    void badQuestionsNameTheParameterAndTheRange() throws IOException {
        assertBad("/v1/analytics?bucket=fortnight", "bucket: must be one of");
        assertBad("/v1/analytics?bucket=minute&period=7d", "bucket: must be longer than a minute");
        assertBad("/v1/analytics?tz=Nowhere", "tz: must be a time zone");
        assertBad("/v1/analytics?period=2h", "period: must be one of 24h, 7d, 30d, all");
        assertBad("/v1/analytics?from=2026-11-23T00:00:00Z", "from: must be before now");
        assertBad("/v1/analytics?model=%00", "model: must not have control characters");
        assertBad("/v1/analytics?table=models", "table: is for answers as CSV or JSON lines");
        assertBad("/v1/analytics/errors?limit=101", "limit: must be a whole number from 1 to 100");
        assertBad("/v1/analytics/requesters?limit=501", "limit: must be a whole number from 1 to 500");
        assertBad("/v1/projects?offset=1", "query: has a parameter that is not known");
        assertBad("/v1/requests?cursor=OTk5OTk5OTk5OTk5OTk5OTk5L3JlcV8x", "cursor: must be the next_cursor");
        assertBad("/v1/requests?from=%2B999999-01-01T00:00:00Z", "from: must be a moment");
        assertBrokenEscapeIsBad("GET /v1/projects?provider=%");
        assertBrokenEscapeIsBad("GET /v1/requests?tenant%=x");
        assertBrokenEscapeIsBad("GET /v1/catalog?provider=%4");
        assertBrokenEscapeIsBad("DELETE /v1/analytics?project%=moon");
        HttpResponse<String> table = server.get("/v1/requests?limit=1000001", "accept", "text/csv");
        assertThat(table.statusCode()).isEqualTo(400);
        assertThat(table.body()).contains("limit: must be a whole number from 1 to 1000000");
        assertThat(server.get("/v1/requests/req_nobody").statusCode()).isEqualTo(404);
        assertThat(server.get("/v1/requests/req_nobody").body()).contains("no request \\\"req_nobody\\\" is kept");
    }

    /** No client's library would send it. */
    private void assertBrokenEscapeIsBad(String request) throws IOException {
        try (RawClient client = new RawClient(server.gateway.uri())) {
            client.send(request + " HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 400").contains("query: a % must stand before");
        }
    }

    private void assertBad(String path, String sentence) {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(sentence);
    }
}
