package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.store.postgres.TestDatabase;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reports and scores survive a restart when there is a database. */
class QualityRestartTest {

    private static final String SCORES = "/v1/catalog/openai/gpt-4o/scores";
    private static final String ASK = "{\"model\":\"auto\",\"profile\":\"code\"}";

    private final String database = "[database]\nurl = \"" + TestDatabase.newUrl() + "\"\n";

    private static JsonNode json(String body) {
        return Json.parse(body);
    }

    private static double quality(TestServer server, String card) {
        return json(server.post("/v1/route", ASK).body())
                .get("ranking")
                .valueStream()
                .filter(ranked -> ranked.get("model").stringValue().equals(card))
                .findFirst()
                .orElseThrow()
                .get("quality")
                .doubleValue();
    }

    @Test
    void theNextProcessKnowsReportsScoresAndWhatTheyWere() throws Exception {
        String bad =
                "{\"model_card_id\":\"openai/gpt-4o\",\"task_type\":\"coding\",\"signal_type\":\"tests\",\"value\":0}";
        String reports = "[" + String.join(",", Collections.nCopies(40, bad)) + "]";
        JsonNode scores;
        double blended;
        try (TestServer first = TestServer.start(database)) {
            assertThat(first.post("/v1/signals", reports).statusCode()).isEqualTo(202);
            assertThat(first.post(SCORES, "{\"coding_score\":0.91}").statusCode())
                    .isEqualTo(200);
            assertThat(first.post(SCORES, "{\"coding_score\":0.93,\"arena_elo\":1333}")
                            .statusCode())
                    .isEqualTo(200);
            scores = json(first.get(SCORES).body());
            blended = quality(first, "openai/gpt-4o");
        }

        try (TestServer second = TestServer.start(database)) {
            Eventually.assertThatSoon(
                    () -> assertThat(json(second.get(SCORES).body())).isEqualTo(scores));
            Eventually.assertThatSoon(
                    () -> assertThat(quality(second, "openai/gpt-4o")).isEqualTo(blended));
            JsonNode back = json(second.post(SCORES + "/rollback", "").body());
            assertThat(back.get("updated").get("coding_score").doubleValue()).isEqualTo(0.91);
        }

        try (TestServer third = TestServer.start(database)) {
            Eventually.assertThatSoon(() -> assertThat(
                            json(third.get(SCORES).body()).get("version").intValue())
                    .isEqualTo(4));
            assertThat(json(third.get(SCORES).body())
                            .get("scores")
                            .get("coding_score")
                            .doubleValue())
                    .isEqualTo(0.91);
        }
    }

    @Test
    void aDatabaseThatIsAwayFailsNoReport() {
        try (TestServer server = TestServer.start("[database]\nurl = \"postgres://nobody@127.0.0.1:1/nothing\"\n")) {
            String good =
                    "{\"model_card_id\":\"openai/gpt-4o\",\"task_type\":\"coding\",\"signal_type\":\"t\",\"value\":1}";
            assertThat(server.post("/v1/signals", good).statusCode()).isEqualTo(202);
            assertThat(server.post(SCORES, "{\"coding_score\":0.91}").statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/metrics").body()).contains("gateway_signals_waiting 1.0");
            assertThat(server.get("/v1/quality").statusCode()).isEqualTo(503);
            assertThat(server.get("/v1/shadow").statusCode()).isEqualTo(503);
        }
    }
}
