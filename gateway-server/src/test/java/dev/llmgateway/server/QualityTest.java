package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.ir.json.Json;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Reports about quality and the scores of models, over HTTP. */
class QualityTest {

    private static final String REPORT =
            "{\"model_card_id\":\"openai/gpt-4o\",\"task_type\":\"coding\",\"signal_type\":\"tests_passed\",\"value\":0.75}";
    private static final String SCORES = "/v1/catalog/openai/gpt-4o/scores";

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static JsonNode json(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        return Json.parse(answer.body());
    }

    private static String message(int status, HttpResponse<String> answer) {
        return json(status, answer).get("error").get("message").stringValue();
    }

    @Test
    void reportsAreTakenAndHandedOutOnce() {
        assertThat(json(202, server.post("/v1/signals", REPORT)).toString()).isEqualTo("{\"accepted\":1}");
        assertThat(json(202, server.post("/v1/signals", "[" + REPORT + "," + REPORT + "]"))
                        .toString())
                .isEqualTo("{\"accepted\":2}");
        assertThat(json(202, server.post("/v1/signals", "{\"signals\":[" + REPORT + "]}"))
                        .toString())
                .isEqualTo("{\"accepted\":1}");
        JsonNode drained = json(200, server.get("/v1/signals"));
        assertThat(drained.get("dropped").intValue()).isZero();
        assertThat(drained.get("signals")).hasSize(4);
        JsonNode first = drained.get("signals").get(0);
        assertThat(first.propertyNames())
                .containsExactly("model_card_id", "task_type", "signal_type", "value", "recorded_at");
        assertThat(first.get("value").doubleValue()).isEqualTo(0.75);
        assertThat(first.get("recorded_at").stringValue()).matches("20\\d\\d-\\d\\d-\\d\\dT.*Z");
        assertThat(json(200, server.get("/v1/signals")).toString()).isEqualTo("{\"signals\":[],\"dropped\":0}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"openai/gpt-4o\" | \"openai/gtp-4o\" | model_card_id: there is no card \"openai/gtp-4o\": did you mean openai/gpt-4o",
                "\"openai/gpt-4o\" | 7 | model_card_id: must be a text",
                "0.75 | 1.01 | value: must be a number from 0 to 1",
                "0.75 | -1e-9 | value: must be a number from 0 to 1",
                "0.75 | 1e999999 | value: must be a number from 0 to 1",
                "0.75 | \"good\" | value: must be a number from 0 to 1",
                "0.75 | null | value: is missing",
                "0.75 | NaN | not valid JSON",
                "\"coding\" | \"a task\" | task_type: must be 1 to 64 letters",
                "\"coding\" | \"\" | task_type: must be a text that is not empty",
                "signal_type | signal_typ | signal_typ: there is no such member: did you mean \"signal_type\"",
                ",\"value\":0.75 | ~~ | value: is missing",
            })
    void aReportThatIsNotRightIsRefusedWithAReason(String right, String wrong, String reason) {
        assertThat(message(400, server.post("/v1/signals", REPORT.replace(right, wrong))))
                .contains(reason);
    }

    @Test
    void oneWrongReportOfManyTakesAllWithIt() {
        String wrong = REPORT.replace("0.75", "7");
        assertThat(message(400, server.post("/v1/signals", "[" + REPORT + "," + wrong + "]")))
                .contains("signals[1].value");
        assertThat(json(200, server.get("/v1/signals")).get("signals")).isEmpty();
    }

    @Test
    void aThousandReportsMayComeAtOnce() {
        String thousand = String.join(",", Collections.nCopies(1_000, REPORT));
        json(202, server.post("/v1/signals", "[" + thousand + "]"));
        for (String body : List.of("[" + thousand + "," + REPORT + "]", "[]", "{\"signals\":7}")) {
            assertThat(message(400, server.post("/v1/signals", body))).contains("an array of 1 to 1000 reports");
        }
        assertThat(json(200, server.get("/v1/signals")).get("signals")).hasSize(1_000);
    }

    @Test
    void somethingElseThanReportsIsRefused() {
        for (String body : List.of("", "7", "\"text\"", "[7]", "{\"signals\":[" + REPORT + "],\"more\":1}")) {
            message(400, server.post("/v1/signals", body));
        }
    }

    @Test
    void theScopeIsNeededOnlyWhenTheConfigurationSaysSo() {
        try (TestServer scoped = TestServer.start("[signals]\nrequire_scope = true\n")) {
            assertThat(message(403, scoped.post("/v1/signals", REPORT))).contains("x-gateway-scope: signal-submission");
            message(403, scoped.post("/v1/signals", REPORT, "x-gateway-scope", "signal-submissions"));
            for (String scopes : List.of("signal-submission", "read, signal-submission", "read signal-submission")) {
                json(202, scoped.post("/v1/signals", REPORT, "x-gateway-scope", scopes));
            }
            json(
                    202,
                    scoped.post("/v1/signals", REPORT, "x-gateway-scope", "a", "x-gateway-scope", "signal-submission"));
            json(200, scoped.get("/v1/signals"));
        }
    }

    @Test
    void alertsTellByWhatTheyJudge() {
        assertThat(json(200, server.post("/v1/alerts", "")).toString())
                .isEqualTo("{\"alerts\":[],\"window_hours\":24,\"threshold\":0.1,\"min_samples\":20}");
        assertThat(json(200, server.post("/v1/alerts", "{\"window_hours\":168,\"threshold\":0,\"min_samples\":1}"))
                        .toString())
                .isEqualTo("{\"alerts\":[],\"window_hours\":168,\"threshold\":0.0,\"min_samples\":1}");
        for (String wrong : List.of(
                "{\"window_hours\":0}",
                "{\"window_hours\":169}",
                "{\"window_hours\":1.5}",
                "{\"threshold\":\"0.1\"}",
                "{\"threshold\":1.1}",
                "{\"min_samples\":0}",
                "{\"hours\":1}",
                "[]")) {
            message(400, server.post("/v1/alerts", wrong));
        }
    }

    @Test
    void scoresAreChangedShownAndTakenBack() {
        JsonNode before = json(200, server.get(SCORES));
        assertThat(before.get("history")).hasSize(1);
        JsonNode changed = json(200, server.post(SCORES, "{\"coding_score\":0.91,\"arena_elo\":1333}"));
        assertThat(changed.propertyNames()).containsExactly("model_id", "previous", "updated", "version", "history");
        assertThat(changed.get("model_id").stringValue()).isEqualTo("openai/gpt-4o");
        assertThat(changed.get("previous")).isEqualTo(before.get("scores"));
        assertThat(changed.get("previous").propertyNames())
                .containsExactlyInAnyOrder(
                        "coding_score",
                        "reasoning_score",
                        "document_score",
                        "classification_score",
                        "instruction_following",
                        "arena_elo");
        assertThat(changed.get("updated").get("coding_score").doubleValue()).isEqualTo(0.91);
        assertThat(changed.get("updated").get("arena_elo").doubleValue()).isEqualTo(1333);
        assertThat(changed.get("updated").get("reasoning_score"))
                .isEqualTo(before.get("scores").get("reasoning_score"));
        assertThat(changed.get("version").intValue()).isEqualTo(2);
        assertThat(json(200, server.get(SCORES)).get("scores")).isEqualTo(changed.get("updated"));

        JsonNode back = json(200, server.post(SCORES + "/rollback", ""));
        assertThat(back.get("previous")).isEqualTo(changed.get("updated"));
        assertThat(back.get("updated")).isEqualTo(before.get("scores"));
        assertThat(back.get("history").get(2).get("cause").stringValue()).isEqualTo("rollback");
        assertThat(back.get("history").get(2).get("restores").intValue()).isEqualTo(1);
        assertThat(json(200, server.post(SCORES + "/rollback", "{\"version\":2}"))
                        .get("updated"))
                .isEqualTo(changed.get("updated"));
    }

    @Test
    void scoresThatAreNotRightAreRefusedWithAReason() {
        assertThat(message(400, server.post(SCORES, "{\"coding_score\":1.5}")))
                .isEqualTo("coding_score: must be a number from 0 to 1");
        assertThat(message(400, server.post(SCORES, "{\"arena_elo\":4001}")))
                .isEqualTo("arena_elo: must be a number from 0 to 4000");
        assertThat(message(400, server.post(SCORES, "{\"codin_score\":0.5}")))
                .contains("codin_score: there is no such member: did you mean \"coding_score\"?");
        assertThat(message(400, server.post(SCORES, "{}"))).contains("at least one of coding_score");
        assertThat(message(400, server.post(SCORES + "/rollback", ""))).contains("no earlier version");
        assertThat(message(400, server.post(SCORES + "/rollback", "{\"version\":9}")))
                .isEqualTo("version: there is no version 9: remembered are 1 to 1");
        assertThat(json(200, server.get(SCORES)).get("history")).hasSize(1);
    }

    @Test
    void aModelThatIsNotThereIsNotFound() {
        String path = SCORES.replace("gpt-4o", "gtp-4o");
        for (HttpResponse<String> answer :
                List.of(server.post(path, "{}"), server.get(path), server.post(path + "/rollback", ""))) {
            assertThat(message(404, answer))
                    .startsWith("there is no card \"openai/gtp-4o\": did you mean openai/gpt-4o or");
        }
    }

    @Test
    void anIdWithTwoSlashesIsOneId() {
        assertThat(message(404, server.get("/v1/catalog/deepinfra/meta-llama/none/scores")))
                .contains("no card");
    }

    @Test
    void reportsChangeHowModelsAreRanked() {
        String ask = "{\"model\":\"auto\",\"profile\":\"code\"}";
        JsonNode best = json(200, server.post("/v1/route", ask)).get("ranking").get(0);
        String bad = "{\"model_card_id\":\"%s\",\"task_type\":\"coding\",\"signal_type\":\"tests\",\"value\":0}"
                .formatted(best.get("model").stringValue());
        json(202, server.post("/v1/signals", "[" + String.join(",", Collections.nCopies(1_000, bad)) + "]"));
        JsonNode ranking = json(200, server.post("/v1/route", ask)).get("ranking");
        assertThat(ranking.get(0).get("model")).isNotEqualTo(best.get("model"));
        assertThat(qualityOf(best.get("model").stringValue(), ranking))
                .isCloseTo(best.get("quality").doubleValue() * 20 / 1_020, within(1e-6));
    }

    @Test
    void theNextDecisionGoesByTheNewScores() {
        String ask = "{\"model\":\"auto\",\"profile\":\"code\"}";
        JsonNode before = json(200, server.post("/v1/route", ask));
        json(200, server.post(SCORES, "{\"coding_score\":0.123}"));
        JsonNode after = json(200, server.post("/v1/route", ask));
        assertThat(after.get("catalog_version").longValue())
                .isGreaterThan(before.get("catalog_version").longValue());
        assertThat(qualityOf("openai/gpt-4o", after.get("ranking"))).isEqualTo(0.123);
        assertThat(qualityOf("openai/gpt-4o", before.get("ranking"))).isNotEqualTo(0.123);
    }

    private static double qualityOf(String card, JsonNode ranking) {
        return ranking.valueStream()
                .filter(ranked -> ranked.get("model").stringValue().equals(card))
                .findFirst()
                .orElseThrow()
                .get("quality")
                .doubleValue();
    }

    @Test
    void theSlashOfAnIdMayBeEncoded() {
        JsonNode plain = json(200, server.get(SCORES));
        JsonNode encoded = json(200, server.get(SCORES.replace("openai/", "openai%2F")));
        assertThat(encoded.get("model_id")).isEqualTo(plain.get("model_id"));
        assertThat(encoded.get("scores")).isEqualTo(plain.get("scores"));
    }
}
