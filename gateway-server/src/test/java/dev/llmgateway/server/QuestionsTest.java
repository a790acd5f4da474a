package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.ReceivedRequest;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseSettings;
import dev.llmgateway.store.postgres.TestDatabase;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Questions in plain words, answered with queries that a simulated model writes, by a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuestionsTest {

    private static final String QUESTION = "{\"question\":\"What are the top 5 most expensive models this week?\"}";

    private final String url = TestDatabase.newUrl();
    private TestServer server;

    @BeforeAll
    void fill() {
        try (Database database = Database.open(DatabaseSettings.of(url, 2))) {
            database.jdbi().useHandle(handle -> {
                handle.execute("""
                        insert into proxy_records (request_id, at, tenant, profile, classification, stream, provider, model, status,
                            impact, attempts, failovers, hedged, cache, replayed, latency_ms, gateway_ms, input_tokens,
                            cached_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, cost_usd,
                            usage_estimated, findings, recorded_at, seq, details_hash, previous_hash, chain_hash)
                        select 'req_' || i, timestamptz '2026-11-20 08:00:00.5Z' + i * interval '1 hour', 'default', 'balanced',
                            'internal', false, 'openai', 'model-' || i % 2, 200, 'none', 1, 0, false, 'miss', false, 10, 1, 5,
                            0, 0, 0, 7, 0, 0.25 * i, false, '[{"kind":"email"}]', now(), 1000000 + i, '', '', ''
                        from generate_series(1, 4) i""");
            });
        }
    }

    @BeforeEach
    void start() {
        server = TestServer.start("""
                [database]
                url = "%s"
                [key_map.vk-somebody]
                label = "Whoever calls has a key, but for the gateway itself"
                """.formatted(url));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void modelsWrite(String... answers) {
        modelsWrite(server, answers);
    }

    private static void modelsWrite(TestServer server, String... answers) {
        for (String answer : answers) {
            Reply reply = Reply.json(200, """
                    {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop",
                     "message":{"role":"assistant","content":%s}}],"usage":{"prompt_tokens":9,"completion_tokens":3}}""".formatted(Json.mapper().writeValueAsString(answer)));
            Reply other = Reply.json(200, """
                    {"id":"m","type":"message","role":"assistant","model":"m","stop_reason":"end_turn","stop_sequence":null,
                     "content":[{"type":"text","text":%s}],"usage":{"input_tokens":9,"output_tokens":3}}""".formatted(Json.mapper().writeValueAsString(answer)));
            server.openAi.enqueue(reply);
            server.anthropic.enqueue(other);
        }
    }

    private HttpResponse<String> ask(String body) {
        return server.post("/v1/nl-query", body);
    }

    private List<ReceivedRequest> received() {
        return server.openAi.requestCount() > 0 ? server.openAi.requests() : server.anthropic.requests();
    }

    private static String message(HttpResponse<String> answer) {
        return Json.parse(answer.body()).get("error").get("message").stringValue();
    }

    private static String code(HttpResponse<String> answer) {
        return Json.parse(answer.body()).get("error").get("code").stringValue();
    }

    @Test
    void answersWithRowsAndTheQueryThatFoundThem() {
        modelsWrite(
                "Sure!\n```sql\nSELECT model, SUM(cost_usd) AS total, max(at) AS latest, count(*) AS n, null AS nothing,"
                        + " min(findings::text)::text AS f FROM proxy_records\nWHERE tenant = 'default' GROUP BY model ORDER BY total DESC LIMIT 5;\n```\nEnjoy.");

        HttpResponse<String> response = ask(QUESTION);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode answer = Json.parse(response.body());
        assertThat(answer.propertyNames())
                .containsExactly("sql", "columns", "rows", "row_count", "truncated", "model", "request_id");
        assertThat(answer.get("sql").stringValue())
                .startsWith("SELECT model, sum(cost_usd) AS \"total\"")
                .endsWith("LIMIT 5");
        assertThat(answer.get("columns").get(1).toString()).isEqualTo("{\"name\":\"total\",\"type\":\"float8\"}");
        assertThat(answer.get("rows").get(0).toString())
                .isEqualTo("[\"model-0\",1.5,\"2026-11-20T12:00:00.5Z\",2,null,\"[{\\\"kind\\\": \\\"email\\\"}]\"]");
        assertThat(answer.get("row_count").intValue()).isEqualTo(2);
        assertThat(answer.get("truncated").booleanValue()).isFalse();
        assertThat(answer.get("model").stringValue()).contains("/");
        assertThat(answer.get("request_id").stringValue())
                .isEqualTo(response.headers().firstValue("x-request-id").orElseThrow());
    }

    @Test
    void tellsTheModelTheTablesTheTimeAndTheRules() {
        modelsWrite("select count(*) from proxy_records");

        ask(QUESTION);

        assertThat(received()).hasSize(1);
        assertThat(received().getFirst().text())
                .contains("top 5 most expensive models")
                .contains("cost_usd double precision")
                .contains("quality_signals")
                .contains("2026-11-22T12:00:00Z")
                .contains("percentile_cont")
                .doesNotContain("proxy_bodies", "chain_hash");
    }

    @Test
    void leavesARecordOfTheCallOfTheModel() throws InterruptedException {
        modelsWrite("select count(*) as n from proxy_records");
        String id = Json.parse(ask(QUESTION).body()).get("request_id").stringValue();

        Eventually.assertThatSoon(
                () -> assertThat(server.get("/v1/requests/" + id).statusCode()).isEqualTo(200));

        JsonNode record = Json.parse(server.get("/v1/requests/" + id).body());
        assertThat(record.get("source").stringValue()).isEqualTo("nl-query");
        assertThat(record.get("tenant").stringValue()).isEqualTo("gateway");
        assertThat(record.get("profile").stringValue()).isEqualTo("code");
    }

    @Test
    void tellsTheModelOnceWhatWasWrong() {
        modelsWrite(
                "select request from proxy_bodies",
                "select status, count(*) as n from proxy_records where latency_ms = 10 group by status");

        JsonNode answer = Json.parse(ask(QUESTION).body());

        assertThat(answer.get("rows").toString()).isEqualTo("[[200,4]]");
        assertThat(answer.get("request_id").stringValue()).endsWith("-2");
        assertThat(received()).hasSize(2);
        assertThat(received().getLast().text()).contains("there is no table proxy_bodies");
    }

    @Test
    void refusesWhenTheSecondQueryIsOfNoUseEither() {
        modelsWrite("drop table proxy_records", "select model, count(*) from proxy_records");

        HttpResponse<String> answer = ask(QUESTION);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(message(answer))
                .contains("must appear in the GROUP BY clause")
                .endsWith("The query: select model, count(*) from proxy_records")
                .doesNotContain("Position", "org.postgresql");
        assertThat(received()).hasSize(2);
    }

    @Test
    void refusesBodiesThatAreNone() {
        for (String body : List.of(
                "{}",
                "{\"question\":\"\"}",
                "{\"question\":7}",
                "{\"question\":\"" + "x".repeat(2_001) + "\"}",
                "[]",
                "{",
                "{\"question\":\"x\",\"sql\":\"select 1\"}")) {
            assertThat(ask(body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(message(ask("{}"))).contains("question");
        assertThat(received()).isEmpty();
    }

    @Test
    void saysThatNoModelIsThere() {
        server.openAi.outage(true);
        server.anthropic.outage(true);

        HttpResponse<String> answer = ask(QUESTION);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(message(answer)).contains("no model could be asked to write the query");
    }

    @Test
    void endsTheCallOfTheModelWhenItsClientLeaves() throws Exception {
        server.openAi.enqueue(new Fault.StallBeforeFirstByte().asReply());
        server.anthropic.enqueue(new Fault.StallBeforeFirstByte().asReply());
        try (RawClient client = new RawClient(server.gateway.uri())) {
            client.post("/v1/nl-query", QUESTION);
            Eventually.assertThatSoon(() -> assertThat(received()).hasSize(1));
        }

        Eventually.assertThatSoon(() -> assertThat(server.openAi.disconnects() + server.anthropic.disconnects())
                .isOne());
    }

    @Test
    void saysThatItNeedsADatabase() {
        try (TestServer without = TestServer.start()) {
            HttpResponse<String> answer = without.post("/v1/nl-query", QUESTION);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(message(answer)).contains("questions need a PostgreSQL database: set url in [database]");
            assertThat(code(answer)).isEqualTo("database_unavailable");
            assertThat(without.openAi.requestCount() + without.anthropic.requestCount())
                    .isZero();
        }
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        try (TestServer away = TestServer.start("[database]\nurl = \"postgres://127.0.0.1:1/gone\"\n")) {
            HttpResponse<String> answer = away.post("/v1/nl-query", QUESTION);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(message(answer)).isEqualTo("the database cannot be reached now");
            assertThat(code(answer)).isEqualTo("database_unavailable");
            assertThat(away.openAi.requestCount() + away.anthropic.requestCount())
                    .as("calls that somebody pays for")
                    .isZero();
        }
    }
}
