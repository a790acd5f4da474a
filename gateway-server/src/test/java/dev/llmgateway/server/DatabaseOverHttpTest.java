package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.store.postgres.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DatabaseOverHttpTest {

    private static final String REQUEST =
            "{\"model\":\"gpt-5.4\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    private static final String REPORT = """
            {"model_card_id":"openai/gpt-4o","task_type":"coding","signal_type":"thumbs","value":1}""";

    private static TestServer startWith(String url) {
        return TestServer.start("[database]\nurl = \"" + url + "\"\n");
    }

    @Test
    void remembersCallsAfterARestart() {
        String url = TestDatabase.newUrl();
        String id;
        try (TestServer server = startWith(url)) {
            id = server.post("/v1/chat/completions", REQUEST)
                    .headers()
                    .firstValue("x-request-id")
                    .orElseThrow();
        }
        try (TestServer server = startWith(url)) {
            HttpResponse<String> found = server.get("/v1/requests/" + id);

            assertThat(found.statusCode()).isEqualTo(200);
            assertThat(server.get("/v1/requests").body()).contains("\"persistent\":true", id);
            assertThat(server.get("/v1/stats").body()).contains("\"requests\":1");
        }
    }

    @Test
    void showsItsConnections() {
        try (TestServer server = startWith(TestDatabase.newUrl())) {
            assertThat(server.get("/metrics").body())
                    .contains("hikaricp_connections_max{pool=\"llm-gateway\"} 5.0", "hikaricp_connections_pending");
        }
    }

    @Test
    void forgetsWhatIsOldEnough() throws InterruptedException {
        String url = TestDatabase.newUrl();
        try (TestServer server = startWith(url)) {
            server.post("/v1/chat/completions", REQUEST);
            server.post("/v1/signals", REPORT);
            Eventually.assertThatSoon(
                    () -> assertThat(server.get("/v1/requests").body()).contains("req_"));
            Eventually.assertThatSoon(() ->
                    assertThat(server.get("/v1/quality?period=all").body()).contains("\"samples\":1"));
        }
        InstantSource later = InstantSource.fixed(Instant.parse("2100-01-01T00:00:00Z"));
        try (TestServer server = TestServer.start("[database]\nretention_days = 90\nurl = \"" + url + "\"\n", later)) {
            Eventually.assertThatSoon(
                    () -> assertThat(server.get("/v1/requests").body()).contains("\"requests\":[]"));
            Eventually.assertThatSoon(() ->
                    assertThat(server.get("/v1/quality?period=all").body()).contains("\"models\":[]"));
        }
    }

    @Test
    void startsAndAnswersWithoutItsDatabase() {
        try (TestServer server = startWith("postgres://me:s3cret@127.0.0.1:1/gate")) {
            assertThat(server.post("/v1/chat/completions", REQUEST).statusCode())
                    .isEqualTo(200);

            for (String path : new String[] {"/v1/requests", "/v1/requests/req_1", "/v1/audit", "/v1/stats"}) {
                HttpResponse<String> answer = server.get(path);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("retry-after")).hasValue("5");
                assertThat(answer.body())
                        .contains("the database 127.0.0.1:1/gate cannot be reached", "database_unavailable")
                        .doesNotContain("s3cret");
            }
        }
    }

    @Test
    void tooManyBucketsAreTheCallersFaultNotTheDatabases() {
        try (TestServer server = startWith(TestDatabase.newUrl())) {
            for (String wish : new String[] {"period=30d", "from=1000-01-01T00:00:00Z"}) {
                HttpResponse<String> answer = server.get("/v1/analytics?bucket=minute&" + wish);

                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("must be longer than a minute");
            }
        }
    }

    @Test
    void saysThatTheDatabaseDoesNotExist() {
        try (TestServer server = startWith(TestDatabase.newUrl() + "_gone")) {
            HttpResponse<String> answer = server.get("/v1/requests");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("does not exist: create it, or correct [database] url");
        }
    }
}
