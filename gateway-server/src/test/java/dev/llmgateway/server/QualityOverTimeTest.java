package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was reported about models and how their calls ended, by {@code /v1/quality}. */
class QualityOverTimeTest {

    private static final String LARGE = "openai/gpt-4o";
    private static final String SMALL = "openai/gpt-4o-mini";

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final TestServer server = TestServer.start(() -> now);

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode json(String path) {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    private void report(String card, String task, double value) {
        String report = "{\"model_card_id\":\"%s\",\"task_type\":\"%s\",\"signal_type\":\"tests\",\"value\":%s}"
                .formatted(card, task, value);
        assertThat(server.post("/v1/signals", report).statusCode()).isEqualTo(202);
    }

    private void ask(String source) {
        server.post(
                "/v1/chat/completions",
                "{\"model\":\"openai/gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}",
                "x-source",
                source,
                "x-gateway-failover",
                "disabled");
    }

    /** The models, when there are so many reports and calls in all. */
    private JsonNode models(String query, int samples, int requests) throws InterruptedException {
        Eventually.assertThatSoon(() -> {
            JsonNode models = json("/v1/quality" + query).get("models");
            assertThat(sum(models, "samples")).isEqualTo(samples);
            assertThat(sum(models, "requests")).isEqualTo(requests);
        });
        return json("/v1/quality" + query).get("models");
    }

    private static int sum(JsonNode models, String member) {
        return models.valueStream()
                .mapToInt(model -> model.get(member).intValue()
                        + model.get("previous_" + member).intValue())
                .sum();
    }

    /** A day before, reports and a call; and now. */
    private void twoDays() {
        report(LARGE, "coding", 1);
        report(LARGE, "chat", 0.5);
        ask("ide");
        now = now.plus(Duration.ofDays(1));
        report(LARGE, "coding", 0.25);
        report(SMALL, "coding", 0.5);
        ask("ide");
        server.openAi.enqueue(Reply.failure(400));
        ask("batch");
    }

    @Test
    void modelsAreComparedWithThePeriodBefore() throws Exception {
        twoDays();

        JsonNode models = models("?period=24h", 4, 3);

        assertThat(models.get(0).toString())
                .isEqualTo("{\"model_card_id\":\"openai/gpt-4o\",\"samples\":1,\"mean\":0.25,\"requests\":2,"
                        + "\"success_rate\":0.5,\"previous_samples\":2,\"previous_mean\":0.75,\"previous_requests\":1,"
                        + "\"previous_success_rate\":1.0,\"trend\":-0.5,\"success_rate_trend\":-0.5}");
        assertThat(models.get(1).toString())
                .isEqualTo("{\"model_card_id\":\"openai/gpt-4o-mini\",\"samples\":1,\"mean\":0.5,\"requests\":0,"
                        + "\"success_rate\":null,\"previous_samples\":0,\"previous_mean\":null,\"previous_requests\":0,"
                        + "\"previous_success_rate\":null,\"trend\":null,\"success_rate_trend\":null}");
        JsonNode all = models("?period=all", 4, 3).get(0);
        assertThat(all.get("samples").intValue()).isEqualTo(3);
        assertThat(all.get("trend").isNull()).isTrue();
    }

    @Test
    void reportsAreChosenByTaskAndCallsBySource() throws Exception {
        twoDays();

        JsonNode chosen =
                models("?period=all&task_type=coding&source=batch", 3, 1).get(0);

        assertThat(chosen.get("mean").doubleValue()).isEqualTo(0.625);
        assertThat(chosen.get("success_rate").doubleValue()).isZero();
        assertThat(models("?signal_type=thumbs", 0, 3)).hasSize(1);
    }

    @Test
    void aModelIsToldBucketByBucketWithEmptyOnes() throws Exception {
        twoDays();
        models("", 4, 3);

        JsonNode series =
                json("/v1/quality/openai/gpt-4o?from=2026-11-21T00:00:00Z&to=2026-11-25T00:00:00Z&bucket=day");

        assertThat(series.get("summary").toString())
                .isEqualTo("{\"samples\":3,\"mean\":0.583333,\"requests\":3,\"success_rate\":0.666667}");
        assertThat(series.get("buckets"))
                .extracting(bucket -> bucket.get("samples").intValue())
                .containsExactly(0, 2, 1, 0);
        assertThat(series.get("buckets"))
                .extracting(bucket -> bucket.get("requests").intValue())
                .containsExactly(0, 1, 2, 0);
        assertThat(series.get("buckets").get(0).get("mean").isNull()).isTrue();
        assertThat(json("/v1/quality/openai%2Fgpt-4o?period=all").get("from").stringValue())
                .startsWith("2026-11-22T12:00:00");
    }

    @Test
    void bothCanBeHadAsTables() throws Exception {
        twoDays();
        models("", 4, 3);

        assertThat(server.get("/v1/quality", "accept", "text/csv").body())
                .startsWith("model_card_id,samples,mean,requests,success_rate,previous_samples");
        assertThat(server.get("/v1/quality/openai/gpt-4o?bucket=day", "accept", "application/x-ndjson")
                        .body()
                        .lines())
                .hasSize(8);
    }

    @Test
    void whatMakesNoSenseIsRefusedWithAReason() {
        for (List<String> wrong : List.of(
                List.of("?from=2026-11-22T12:00:00Z&to=2026-11-22T12:00:00Z", "from: must be before"),
                List.of("?from=yesterday", "from: must be a moment as RFC 3339"),
                List.of("?task_type=a%20b", "task_type: must be 1 to 64 letters"),
                List.of("?period=1y", "period: must be one of 24h, 7d"),
                List.of("?model=x", "query: has a parameter that is not known"))) {
            HttpResponse<String> answer = server.get("/v1/quality" + wrong.get(0));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(wrong.get(1));
        }
        assertThat(server.get("/v1/quality/openai/gpt-4o?bucket=year").body()).contains("bucket: must be one of");
        HttpResponse<String> unknown = server.get("/v1/quality/openai/gtp-4o");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("did you mean openai/gpt-4o");
    }

    @Test
    void deletedReportsCountNoMore() throws Exception {
        twoDays();
        models("?period=all", 4, 3);

        HttpResponse<String> deleted =
                server.send(server.builder("/v1/analytics").DELETE());

        assertThat(deleted.body())
                .isEqualTo("{\"cleared\":{\"requests\":3,\"signals\":4,\"shadow_results\":0,\"kept_items\":0}}");
        assertThat(json("/v1/quality?period=all").get("models")).isEmpty();
    }
}
