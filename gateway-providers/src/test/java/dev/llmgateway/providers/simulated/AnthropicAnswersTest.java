package dev.llmgateway.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class AnthropicAnswersTest {
    private static final String TOOLS =
            "\"tools\":[{\"name\":\"look\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"at\":"
                    + "{\"type\":\"string\"}},\"required\":[\"at\"]}},{\"name\":\"now\",\"input_schema\":{\"type\":\"object\"}}],";

    @AutoClose
    private final SimulatedProvider provider = SimulatedProvider.start();

    @AutoClose
    private final TestClient client = new TestClient(provider);

    @Test
    void repeatsThePromptInOneTextBlock() throws Exception {
        JsonNode body = whole(request("Hello", false));

        assertThat(body.at("/content/0/text").asString("")).isEqualTo("[simulated anthropic] You said: Hello");
        assertThat(body.path("stop_reason").asString("")).isEqualTo("end_turn");
        assertThat(body.path("stop_sequence").isNull()).isTrue();
        assertThat(body.at("/usage/output_tokens").asInt(0)).isEqualTo(5);
        assertThat(body.at("/usage/input_tokens").asInt(0)).isPositive();
    }

    @Test
    void namesEveryEventAndKeepsBlocksInSequence() throws Exception {
        String stream = client.anthropic(request("Hello", true)).body();

        List<JsonNode> events = TestClient.data(stream);
        for (JsonNode event : events) {
            assertThat(stream).contains("event: " + type(event) + "\ndata: ");
        }
        assertThat(events.stream().map(AnthropicAnswersTest::type).distinct())
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "ping",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(deltas(events, 0, "text")).isEqualTo("[simulated anthropic] You said: Hello");
    }

    @Test
    void thinksBeforeItAnswersWhenAsked() throws Exception {
        String shown = request("Hello", true).replaceFirst("\\{", "{\"thinking\":{\"type\":\"adaptive\"},");
        String omitted = shown.replace("\"adaptive\"", "\"adaptive\",\"display\":\"omitted\"");

        List<JsonNode> events = TestClient.data(client.anthropic(shown).body());
        List<JsonNode> hidden = TestClient.data(client.anthropic(omitted).body());

        assertThat(deltas(events, 0, "thinking")).startsWith("Thinking");
        assertThat(deltas(events, 0, "signature")).isNotEmpty();
        assertThat(deltas(events, 1, "text")).contains("Hello");
        assertThat(deltas(hidden, 0, "thinking")).isEmpty();
        assertThat(deltas(hidden, 0, "signature")).isNotEmpty();
    }

    @Test
    void takesItsOwnThoughtsBackAndNoOthers() throws Exception {
        String asked = request("Hello", false).replaceFirst("\\{", "{\"thinking\":{\"type\":\"adaptive\"},");
        JsonNode said = Json.MAPPER.readTree(client.anthropic(asked).body()).path("content");
        String own = said.path(0).path("signature").asString("");
        String again = "{\"model\":\"m\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"},"
                + "{\"role\":\"assistant\",\"content\":" + said + "},{\"role\":\"user\",\"content\":\"And?\"}]}";

        assertThat(client.anthropic(again).statusCode()).isEqualTo(200);
        assertThat(client.anthropic(again.replace(own, "c2lnbmF0dXJl")).body()).contains("Invalid `signature`");
        assertThat(client.anthropic(again.replace("\"signature\"", "\"sig\"")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void takesNoMessageThatEndsWithAThought() throws Exception {
        String asked = request("Hello", false).replaceFirst("\\{", "{\"thinking\":{\"type\":\"adaptive\"},");
        JsonNode thought = Json.MAPPER.readTree(client.anthropic(asked).body()).at("/content/0");
        String again = "{\"model\":\"m\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"},"
                + "{\"role\":\"assistant\",\"content\":[" + thought + "]},{\"role\":\"user\",\"content\":\"And?\"}]}";

        assertThat(client.anthropic(again).body()).contains("The final block in an assistant message");
    }

    @ParameterizedTest
    @CsvSource({
        "claude-opus-4-6, 400",
        "claude-sonnet-5-5, 400",
        "claude-fable-5, 400",
        "claude-sonnet-4-5, 200",
        "claude-3-7-sonnet-latest, 200",
        "sim-large, 200"
    })
    void newerModelsWantTheUserToHaveTheLastWord(String model, int status) throws Exception {
        String body = "{\"model\":\"" + model + "\",\"max_tokens\":50,\"messages\":["
                + "{\"role\":\"user\",\"content\":\"Hello\"},{\"role\":\"assistant\",\"content\":\"Well\"}]}";

        assertThat(client.anthropic(body).statusCode()).isEqualTo(status);
    }

    @Test
    void callsToolsInParallelAndSendsOneEmptyFragmentForNoArguments() throws Exception {
        String request = request("Do both, look at Mars", true).replaceFirst("\\{", "{" + TOOLS);

        List<JsonNode> events = TestClient.data(client.anthropic(request).body());

        assertThat(deltas(events, 0, "partial_json")).isEqualTo("{\"at\":\"Mars\"}");
        assertThat(events.stream().filter(event -> event.path("index").asInt(-1) == 1 && isDelta(event)))
                .singleElement()
                .satisfies(event -> assertThat(event.at("/delta/partial_json").asString("?"))
                        .isEmpty());
        assertThat(events.get(events.size() - 2).at("/delta/stop_reason").asString(""))
                .isEqualTo("tool_use");
    }

    @Test
    void callsTheForcedToolAndNoneWhenForbidden() throws Exception {
        String request = request("Hello", false).replaceFirst("\\{", "{" + TOOLS + "\"tool_choice\":CHOICE,");

        JsonNode forced = whole(request.replace("CHOICE", "{\"type\":\"tool\",\"name\":\"now\"}"));
        JsonNode forbidden = whole(request.replace("CHOICE", "{\"type\":\"none\"}"));

        assertThat(forced.at("/content/0/name").asString("")).isEqualTo("now");
        assertThat(forced.at("/content/0/input").isObject()).isTrue();
        assertThat(forbidden.at("/content/0/type").asString("")).isEqualTo("text");
    }

    @Test
    void tellsWhatTheToolSaidAndFitsASchema() throws Exception {
        String result = request("X", false)
                .replaceFirst("\\{", "{" + TOOLS)
                .replace("\"X\"", "[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"red\"}]");
        String schema = request("Hello", false)
                .replaceFirst(
                        "\\{",
                        "{\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":"
                                + "{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}}}}},");

        assertThat(whole(result).at("/content/0/text").asString("")).endsWith("The tool said: red");
        assertThat(whole(schema).at("/content/0/text").asString("")).isEqualTo("{\"ok\":true}");
    }

    @Test
    void countsTokensAndListsModelsInItsOwnShape() throws Exception {
        String body = TestClient.chat("m", "Hello", false);

        JsonNode count = Json.MAPPER.readTree(
                client.postTo("/v1/messages/count_tokens", body).body());
        JsonNode models = Json.MAPPER.readTree(
                client.get("/v1/models", "anthropic-version", "2023-06-01").body());

        assertThat(count.path("input_tokens").asInt(0))
                .isEqualTo(
                        whole(request("Hello", false)).at("/usage/input_tokens").asInt(-1));
        assertThat(models.at("/data/0/type").asString("")).isEqualTo("model");
        assertThat(models.path("first_id").asString("")).isEqualTo("sim-large");
        assertThat(models.path("has_more").asBoolean(true)).isFalse();
    }

    @Test
    void refusesWhatTheVendorWouldRefuse() throws Exception {
        var noLimit = client.anthropic(TestClient.chat("m", "Hello", false));
        var noVersion = send(request("Hello", false), null);
        var sampling = send(request("Hello", false).replaceFirst("\\{", "{\"temperature\":1,"), "2026-10-21");

        assertThat(noLimit.statusCode()).isEqualTo(400);
        assertThat(noLimit.body()).contains("max_tokens: Field required", "invalid_request_error");
        assertThat(noVersion.body()).contains("anthropic-version: header is required");
        assertThat(sampling.body()).contains("temperature: not supported");
    }

    private HttpResponse<String> send(String body, String version) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(provider.uri() + "/v1/messages"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (version != null) {
            request.header("anthropic-version", version);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private JsonNode whole(String request) throws Exception {
        return Json.MAPPER.readTree(client.anthropic(request).body());
    }

    private static String request(String text, boolean stream) {
        return TestClient.chat("m", text, stream).replaceFirst("\\{", "{\"max_tokens\":500,");
    }

    private static String type(JsonNode event) {
        return event.path("type").asString("");
    }

    private static boolean isDelta(JsonNode event) {
        return type(event).equals("content_block_delta");
    }

    private static String deltas(List<JsonNode> events, int index, String field) {
        return events.stream()
                .filter(event -> isDelta(event) && event.path("index").asInt(-1) == index)
                .map(event -> event.path("delta").path(field).asString(""))
                .collect(Collectors.joining());
    }
}
