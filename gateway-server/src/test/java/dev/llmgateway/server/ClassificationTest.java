package dev.llmgateway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Where data of a level may go, as callers and operators see it. */
class ClassificationTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String LEVEL = "x-data-classification";
    private static final String HELLO = """
            {"model":"%s","temperature":0,"max_tokens":50,"messages":[{"role":"user","content":"Hello!"}]}""";

    @AutoClose
    private static final SimulatedProvider OWN = SimulatedProvider.start();

    @RegisterExtension
    static final TestServer SERVER = TestServer.start("""
            [auth]
            admin_key = "admin-key"

            [key_map.alpha-key]
            label = "Alpha"

            [key_map.secretive-key]
            label = "Secretive"
            default_classification = "cui"

            [sanitization]
            max_classification = "itar"

            [cache]
            enabled = true

            [[providers]]
            id = "own"
            provider_type = "local"
            endpoint = "%s/v1"
            """.formatted(OWN.uri()));

    @BeforeEach
    void reset() {
        OWN.reset();
        SERVER.send(SERVER.builder("/v1/cache", "x-api-key", "admin-key").DELETE());
    }

    private static HttpResponse<String> post(String path, String model, String key, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "x-api-key";
        all[1] = key;
        return SERVER.post(path, HELLO.formatted(model), all);
    }

    private static long asked() {
        return SERVER.openAi.requestCount() + SERVER.anthropic.requestCount() + OWN.requestCount();
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, MESSAGES})
    void aTenantsDefaultLevelHoldsUntilACallNamesOne(String path) {
        long before = asked();
        HttpResponse<String> cloud = post(path, "gpt-4o", "secretive-key");
        assertThat(cloud.statusCode()).isEqualTo(403);
        assertThat(cloud.body()).contains("data is cui");
        assertThat(asked()).isEqualTo(before);

        assertThat(post(path, "own/any", "secretive-key").statusCode()).isEqualTo(200);
        assertThat(post(path, "gpt-4o", "secretive-key", LEVEL, "public").statusCode())
                .isEqualTo(200);
        assertThat(post(path, "gpt-4o", "alpha-key").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, MESSAGES})
    void anUnknownLevelIsRefusedWithTheList(String path) {
        HttpResponse<String> answer = post(path, "gpt-4o", "alpha-key", LEVEL, "top-secret");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("public, internal, cui, itar, classified");
    }

    @Test
    void anAnswerIsNeverGivenAcrossLevelsOrTenants() {
        long before = asked();
        for (String key : List.of("alpha-key", "secretive-key")) {
            for (String level : List.of("public", "internal", "cui", "itar")) {
                HttpResponse<String> answer = post(CHAT, "own/any", key, LEVEL, level);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("x-gateway-cache")).isEmpty();
            }
        }
        assertThat(asked()).isEqualTo(before + 8);
        assertThat(post(CHAT, "own/any", "secretive-key").headers().firstValue("x-gateway-cache"))
                .as("the tenant's default is the level cui")
                .hasValue("hit");
        assertThat(asked()).isEqualTo(before + 8);
    }

    @Test
    void anIdempotencyKeyDoesNotCarryAnAnswerFromOneLevelToAnother() {
        String[] first = {LEVEL, "itar", "Idempotency-Key", "one"};
        String[] second = {LEVEL, "public", "Idempotency-Key", "one"};

        assertThat(post(CHAT, "own/any", "alpha-key", first).statusCode()).isEqualTo(200);
        assertThat(post(CHAT, "own/any", "alpha-key", second).statusCode()).isEqualTo(422);
        HttpResponse<String> other = post(CHAT, "own/any", "secretive-key", first);
        assertThat(other.headers().firstValue("x-gateway-idempotent")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, MESSAGES})
    void sensitiveDataDoesNotFailOverToWhoMayNotSeeIt(String path) {
        OWN.outage(true);
        long before = SERVER.openAi.requestCount() + SERVER.anthropic.requestCount();

        HttpResponse<String> answer = post(path, "own/any", "alpha-key", LEVEL, "itar");

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(SERVER.openAi.requestCount() + SERVER.anthropic.requestCount())
                .isEqualTo(before);
        assertThat(post(path, "own/any", "alpha-key").statusCode())
                .as("while internal data does")
                .isEqualTo(200);
    }

    @Test
    void aDecisionTellsTheLevelAndWhoSaidIt() {
        JsonNode usual = decision();
        JsonNode declared = decision(LEVEL, "itar");

        assertThat(usual.get("data_classification").stringValue()).isEqualTo("internal");
        assertThat(usual.get("classification_source").stringValue()).isEqualTo("default");
        assertThat(declared.get("data_classification").stringValue()).isEqualTo("itar");
        assertThat(declared.get("classification_source").stringValue()).isEqualTo("declared");
        assertThat(declared.get("raised_by_marking").isNull()).isTrue();
    }

    private static JsonNode decision(String... headers) {
        HttpResponse<String> answer = post("/v1/route", "auto", "admin-key", headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body().getBytes(UTF_8)).get("requirements");
    }
}
