package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code /v1/catalog} over HTTP. */
class CatalogCardsTest {
    private static final String OWN = """
            {"id":"openai/own-1","context_window":1000,"capabilities":["streaming"],
             "price":{"input":1,"output":2},"classifications":["public"]}""";

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode get(String path) {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    private HttpResponse<String> put(String json) {
        return server.post("/v1/catalog", json);
    }

    private HttpResponse<String> delete(String id) {
        return server.send(server.builder("/v1/catalog/" + id).DELETE());
    }

    private List<JsonNode> models(String query) {
        JsonNode answer = get("/v1/catalog" + query);
        List<JsonNode> models = answer.get("models").valueStream().toList();
        assertThat(answer.get("count").intValue()).isEqualTo(models.size());
        return models;
    }

    @Test
    void everyCardIsShownWithEverythingThatIsKnown() {
        assertThat(models("")).hasSizeGreaterThan(100).allSatisfy(card -> {
            assertThat(card.propertyNames())
                    .containsExactly(
                            "id",
                            "provider",
                            "served_by",
                            "wire_id",
                            "name",
                            "chats",
                            "context_window",
                            "max_input_tokens",
                            "max_output_tokens",
                            "price",
                            "capabilities",
                            "classifications",
                            "lifecycle",
                            "scores",
                            "ttft_ms",
                            "ttft_source");
            assertThat(card.get("capabilities").propertyNames()).hasSize(8);
            assertThat(card.get("classifications")).isNotEmpty();
        });
        JsonNode card = get("/v1/catalog/openai/gpt-4o");
        assertThat(card.get("served_by").toString()).isEqualTo("[\"openai\"]");
        assertThat(card.get("price").get("input").doubleValue()).isEqualTo(2.5);
        assertThat(card.get("capabilities").get("vision").booleanValue()).isTrue();
        assertThat(card.get("classifications").toString()).isEqualTo("[\"public\",\"internal\"]");
        assertThat(card.get("live_ttft_ms").get("openai").isNull()).isTrue();
    }

    @Test
    void theListCanBeNarrowed() {
        assertThat(models("?provider=anthropic"))
                .isNotEmpty()
                .allSatisfy(
                        card -> assertThat(card.get("provider").stringValue()).isEqualTo("anthropic"));
        assertThat(models("?capability=embeddings"))
                .isNotEmpty()
                .allSatisfy(card -> assertThat(
                                card.get("capabilities").get("embeddings").booleanValue())
                        .isTrue());
        assertThat(models("?status=active&provider=openai&capability=vision"))
                .isNotEmpty()
                .allSatisfy(
                        card -> assertThat(card.get("lifecycle").get("status").stringValue())
                                .isEqualTo("active"));
        assertThat(models("?provider=nobody")).isEmpty();
        assertThat(server.get("/v1/catalog?capabilty=vision").statusCode()).isEqualTo(400);
        assertThat(server.get("/v1/catalog?status=new").statusCode()).isEqualTo(400);
        assertThat(server.get("/v1/catalog?capability=flying").body()).contains("capability: must be one of tool_use");
    }

    @Test
    void retirementIsJudgedByTheCalendarOfTheGateway() {
        put("{\"id\":\"openai/own-2\",\"lifecycle\":{\"status\":\"deprecated\",\"retire_on\":\"2090-01-01\"}}");
        assertThat(get("/v1/catalog/openai/own-2").at("/lifecycle/retired").booleanValue())
                .isFalse();
        try (TestServer later = TestServer.start(InstantSource.fixed(Instant.parse("2090-01-01T00:00:00Z")))) {
            HttpResponse<String> card = later.post(
                    "/v1/catalog",
                    "{\"id\":\"openai/own-2\",\"lifecycle\":{\"status\":\"deprecated\",\"retire_on\":\"2090-01-01\"}}");
            assertThat(Json.parse(card.body()).at("/lifecycle/retired").booleanValue())
                    .isTrue();
        }
    }

    @Test
    void aCardThatIsAddedIsUsedAtOnceAndGoneWhenItIsRemoved() {
        String chat = "{\"model\":\"openai/own-1\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        long version = get("/v1/catalog").get("version").longValue();
        HttpResponse<String> added = put(OWN);
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        assertThat(put(OWN).statusCode()).isEqualTo(200);
        assertThat(get("/v1/catalog").get("version").longValue()).isGreaterThan(version);
        assertThat(models("")).extracting(card -> card.get("id").stringValue()).contains("openai/own-1");
        JsonNode card = get("/v1/catalog/openai/own-1");
        assertThat(card.get("price").get("output").doubleValue()).isEqualTo(2);
        assertThat(card.get("classifications").toString()).isEqualTo("[\"public\"]");

        assertThat(server.post("/v1/chat/completions", chat, "x-data-classification", "internal")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.post("/v1/chat/completions", chat, "x-data-classification", "public")
                        .statusCode())
                .isEqualTo(200);

        assertThat(delete("openai/own-1").statusCode()).isEqualTo(204);
        assertThat(delete("openai/own-1").statusCode()).isEqualTo(404);
        assertThat(server.get("/v1/catalog/openai/own-1").statusCode()).isEqualTo(404);
    }

    @Test
    void aShippedCardCanBeChangedAndTakenBackButNotRemoved() {
        assertThat(put("{\"id\":\"openai/gpt-4o\",\"price\":{\"input\":7,\"output\":8}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/v1/catalog/openai/gpt-4o").get("price").get("input").doubleValue())
                .isEqualTo(7);
        assertThat(delete("openai/gpt-4o").statusCode()).isEqualTo(204);
        assertThat(get("/v1/catalog/openai/gpt-4o").get("price").get("input").doubleValue())
                .isEqualTo(2.5);
        HttpResponse<String> again = delete("openai/gpt-4o");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("lifecycle.status");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                            | 'id'
                    {"id":"gpt"}                                                  | provider/model
                    {"id":"nobody/x"}                                             | nobody serves the model
                    {"id":"openai/x","price":{"input":-1,"output":1}}             | 'input'
                    {"id":"openai/x","price":{"input":1}}                         | output
                    {"id":"openai/x","capabilities":["visoin"]}                   | did you mean \\"vision\\"
                    {"id":"openai/x","contxt_window":1}                           | did you mean 'context_window'
                    {"id":"openai/x","lifecycle":{"replacement":"openai/nobody"}} | replacement
                    """)
    void whatIsWrongIsSaidWithItsMember(String json, String sentence) {
        HttpResponse<String> answer = put(json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(sentence);
    }

    @Test
    void anUnknownCardIsToldWithNearOnes() {
        HttpResponse<String> answer = server.get("/v1/catalog/openai/gpt-4");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(server.get("/v1/catalog/openai/gpt-4oo").body()).contains("did you mean openai/gpt-4o");
    }
}
