package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CatalogSyncTest {

    private final TestServer server = TestServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aSyncTellsWhatEveryProviderListed() {
        openAiLists("{'id':'gpt-5.5'},{'id':'gpt-5.5-2026-04-23'},{'id':'brand-new','shutdown_date':'2031-01-01'}");

        JsonNode report = sync();

        assertThat(Instant.parse(report.get("synced_at").stringValue())).isNotNull();
        assertThat(report.get("duration_ms").isIntegralNumber()).isTrue();
        assertThat(report.get("catalog_version").longValue()).isPositive();
        assertThat(report.get("providers"))
                .contains(Json.parse(
                        "{'provider':'openai','discovered':3,'added':1,'retired':0,'restored':0,'unchanged':2,"
                                        .replace('\'', '"')
                                + "\"error\":null,\"notes\":[]}"))
                .hasSize(2);
    }

    @Test
    void theStatusTellsOfTheLastSync() {
        JsonNode before = status();
        assertThat(before.get("last_synced").isNull()).isTrue();
        assertThat(before.get("model_count").intValue()).isGreaterThan(100);
        assertThat(before.get("enabled_providers"))
                .extracting(JsonNode::stringValue)
                .containsExactly("openai", "anthropic");
        assertThat(before.get("sync_interval_secs").intValue()).isZero();
        assertThat(before.get("running").booleanValue()).isFalse();
        assertThat(before.get("providers")).isEmpty();

        JsonNode report = sync();

        JsonNode after = status();
        assertThat(after.get("last_synced")).isEqualTo(report.get("synced_at"));
        assertThat(after.get("model_count")).isEqualTo(report.get("model_count"));
        assertThat(after.get("model_count").intValue())
                .isGreaterThan(before.get("model_count").intValue());
        assertThat(after.get("providers")).isEqualTo(report.get("providers"));
    }

    @Test
    void aModelThatVanishesIsRetiredAndComesBack() {
        openAiLists("{'id':'gpt-5.5'},{'id':'passing'}");
        sync();
        openAiLists("{'id':'gpt-5.5'}");
        assertThat(openAi(sync()).get("retired").intValue()).isEqualTo(1);
        openAiLists("{'id':'gpt-5.5'},{'id':'passing'}");
        assertThat(openAi(sync()).get("restored").intValue()).isEqualTo(1);
    }

    @Test
    void nonsenseOfOneProviderSpoilsNothingForTheOther() {
        assertOpenAiFails(
                Reply.recorded("text/html", "<html>busy</html>".getBytes(StandardCharsets.UTF_8)), "no model list");
        assertOpenAiFails(Reply.json(200, "{\"data\":[]}"), "lists no models");
        assertOpenAiFails(Reply.failure(401), "refused the key");
        assertOpenAiFails(Reply.failure(500), "");
    }

    @Test
    void aHugeListIsReadSoFarAndNoFarther() {
        openAiLists(
                IntStream.range(0, 6000).mapToObj(i -> "{'id':'m-" + i + "'}").collect(Collectors.joining(",")));

        JsonNode report = openAi(sync());

        assertThat(report.get("added").intValue()).isEqualTo(5000);
        assertThat(report.get("notes")).hasSize(1);
        assertOpenAiFails(Reply.json(200, "[\"" + "x".repeat(17 * 1024 * 1024) + "\"]"), "too long");
    }

    @Test
    void idsThatNobodyCouldAskForArePassedOver() {
        openAiLists("{'id':'a b'},{'id':'" + "x".repeat(300) + "'},{'id':'../../etc'},{'id':'a\\u0007b'},{'id':7}");

        JsonNode report = openAi(sync());

        assertThat(report.get("discovered").intValue()).isEqualTo(1);
        assertThat(report.get("notes").get(0).stringValue()).startsWith("3 models passed over");
    }

    @Test
    void onlyTheRightMethodsAreThere() {
        assertThat(server.get("/v1/catalog/sync").statusCode()).isIn(404, 405);
        assertThat(server.post("/v1/catalog/sync-status", "").statusCode()).isIn(404, 405);
    }

    @Test
    void syncsAreForManagersOnly() {
        try (TestServer guarded = TestServer.start("[auth]\nadmin_key = \"the-admin-key-of-this-test\"\n")) {
            assertThat(guarded.post("/v1/catalog/sync", "").statusCode()).isEqualTo(401);
            assertThat(guarded.get("/v1/catalog/sync-status").statusCode()).isEqualTo(401);
            assertThat(guarded.openAi.requestCount()).isZero();
        }
    }

    @Test
    void aGatewaySyncsByItselfFromItsStart() throws InterruptedException {
        try (TestServer eager = TestServer.start("[catalog]\nsync_interval_secs = 3600\n")) {
            assertThat(eager.openAi.awaitRequest(Duration.ofSeconds(10)).path()).endsWith("/models");
        }
    }

    private void assertOpenAiFails(Reply reply, String why) {
        server.openAi.byPath("/models", reply);
        JsonNode report = sync();
        assertThat(openAi(report).get("error").stringValue()).contains(why).doesNotContain("sk-test");
        assertThat(openAi(report).get("discovered").intValue()).isZero();
        assertThat(report.get("providers").get(1).get("error").isNull()).isTrue();
        assertThat(report.get("providers").get(1).get("discovered").intValue()).isEqualTo(2);
    }

    private void openAiLists(String entries) {
        server.openAi.byPath(
                "/models", Reply.json(200, ("{'object':'list','data':[" + entries + "]}").replace('\'', '"')));
    }

    private JsonNode sync() {
        return ok(server.post("/v1/catalog/sync", ""));
    }

    private JsonNode status() {
        return ok(server.get("/v1/catalog/sync-status"));
    }

    private static JsonNode openAi(JsonNode report) {
        return report.get("providers").get(0);
    }

    private static JsonNode ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.parse(response.body());
    }
}
