package dev.llmgateway.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class OpenAiAnswersTest {
    private static final String WEATHER = """
            "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object",\
            "properties":{"city":{"type":"string"},"unit":{"enum":["c","f"]}},"required":["city","unit"]}}}]""";

    @AutoClose
    private final SimulatedProvider provider = SimulatedProvider.start();

    @AutoClose
    private final TestClient client = new TestClient(provider);

    @Test
    void repeatsThePromptUnderAClearLabelWithUsageThatAddsUp() throws Exception {
        var response = client.openai(TestClient.chat("gpt-x", "Hello over there", false));

        JsonNode body = Json.MAPPER.readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(content(body)).isEqualTo("[simulated openai] You said: Hello over there");
        assertThat(body.path("model").asString("")).isEqualTo("gpt-x");
        assertThat(body.at("/choices/0/finish_reason").asString("")).isEqualTo("stop");
        JsonNode usage = body.path("usage");
        assertThat(usage.path("total_tokens").asInt(0))
                .isEqualTo(usage.path("prompt_tokens").asInt(0)
                        + usage.path("completion_tokens").asInt(0));
    }

    @Test
    void readsUserMessagesThatFollowEachOtherAsOne() throws Exception {
        String request = TestClient.chat("m", "unread", false)
                .replace(
                        "}]",
                        "},{'role':'assistant','content':'yes'},{'role':'user','content':'one'},".replace('\'', '"')
                                + "{'role':'user','content':'two'}]".replace('\'', '"'));

        assertThat(content(Json.MAPPER.readTree(client.openai(request).body())))
                .isEqualTo("[simulated openai] You said: one\ntwo");
    }

    @Test
    void streamsTheSameTextAndTheUsageWhenAsked() throws Exception {
        String whole = content(Json.MAPPER.readTree(
                client.openai(TestClient.chat("m", "one two three", false)).body()));
        String request = TestClient.chat("m", "one two three", true)
                .replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        String stream = client.openai(request).body();

        List<JsonNode> chunks = TestClient.data(stream);
        assertThat(streamed(chunks)).isEqualTo(whole);
        assertThat(stream).endsWith("data: [DONE]\n\n");
        assertThat(chunks.getLast().path("choices")).isEmpty();
        assertThat(chunks.getLast().at("/usage/completion_tokens").asInt(0)).isEqualTo(7);
        assertThat(chunks.getFirst().path("usage").isNull()).isTrue();
    }

    @Test
    void refusesLongIdsOfCalls() throws Exception {
        String request = """
                {"model":"m","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":null,"tool_calls":[
                {"id":"ID","type":"function","function":{"name":"f","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"ID","content":"r"}]}""";

        var refusal = client.openai(request.replace("ID", "i".repeat(65)));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).contains("string_above_max_length", "messages[1].tool_calls[0].id");
        assertThat(client.openai(request.replace("ID", "i".repeat(64))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void hidesTheUsageOfAStreamThatDidNotAskForIt() throws Exception {
        assertThat(client.openai(TestClient.chat("m", "hello", true)).body()).doesNotContain("usage");
    }

    @Test
    void callsAToolWithArgumentsThatFitItsSchema() throws Exception {
        JsonNode body = Json.MAPPER.readTree(
                client.openai(withTools("How is the weather in Paris?", false)).body());

        JsonNode call = body.at("/choices/0/message/tool_calls/0");
        assertThat(call.at("/function/name").asString("")).isEqualTo("get_weather");
        assertThat(call.at("/function/arguments").asString("")).isEqualTo("{\"city\":\"Paris\",\"unit\":\"c\"}");
        assertThat(body.at("/choices/0/finish_reason").asString("")).isEqualTo("tool_calls");
        assertThat(body.at("/choices/0/message/content").isNull()).isTrue();
    }

    @Test
    void callsTheToolThatThePromptDictatesWithItsArguments() throws Exception {
        String request = withTools("Now sim-call get_weather {'city': 'Rome', 'days': [1]} and say 'done'", false);

        JsonNode body =
                Json.MAPPER.readTree(client.openai(request.replace("'", "\\\"")).body());

        assertThat(body.at("/choices/0/message/tool_calls/0/function/arguments").asString(""))
                .isEqualTo("{\"city\":\"Rome\",\"days\":[1]}");
    }

    @Test
    void dictatesNoCallOfAToolThatIsNotOfferedNorOneThatIsNoJson() throws Exception {
        String request = withTools("sim-call erase {'all':true} sim-call get_weather {broken} in Oslo", false);

        JsonNode body =
                Json.MAPPER.readTree(client.openai(request.replace("'", "\\\"")).body());

        JsonNode function = body.at("/choices/0/message/tool_calls/0/function");
        assertThat(function.path("name").asString("")).isEqualTo("get_weather");
        assertThat(function.path("arguments").asString("")).contains("Oslo");
    }

    @Test
    void callsSeveralToolsAtOnceWhenThePromptAsksForIt() throws Exception {
        String request = withTools("Weather in Paris and in Rome, in parallel please", true);

        List<JsonNode> chunks = TestClient.data(client.openai(request).body());

        assertThat(arguments(chunks, 0)).isEqualTo("{\"city\":\"Paris\",\"unit\":\"c\"}");
        assertThat(arguments(chunks, 1)).isEqualTo("{\"city\":\"Rome\",\"unit\":\"c\"}");
        assertThat(chunks.getLast().at("/choices/0/finish_reason").asString("")).isEqualTo("tool_calls");
    }

    @Test
    void tellsWhatTheToolSaid() throws Exception {
        String request = withTools("Weather?", false)
                .replace(
                        "}],\"tools\"",
                        "},{\"role\":\"assistant\",\"tool_calls\":[]},"
                                + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"21 degrees\"}],\"tools\"");

        assertThat(content(Json.MAPPER.readTree(client.openai(request).body()))).contains("The tool said: 21 degrees");
    }

    @Test
    void fitsAJsonSchema() throws Exception {
        String format = "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":"
                + "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}}},";

        String request = TestClient.chat("m", "give me a number", false).replaceFirst("\\{", "{" + format);

        assertThat(content(Json.MAPPER.readTree(client.openai(request).body()))).isEqualTo("{\"n\":1}");
    }

    @Test
    void saysThatItSawAnImage() throws Exception {
        String content = "[{\"type\":\"text\",\"text\":\"what\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA==\"}}]";

        String request = TestClient.chat("m", "X", false).replace("\"X\"", content);

        assertThat(content(Json.MAPPER.readTree(client.openai(request).body()))).contains("I saw an image");
    }

    @Test
    void stopsAtTheLimitAndAtAStopSequence() throws Exception {
        String request = TestClient.chat("m", "one two three", false);

        JsonNode limited = Json.MAPPER.readTree(
                client.openai(request.replaceFirst("\\{", "{\"max_tokens\":2,")).body());
        JsonNode stopped = Json.MAPPER.readTree(client.openai(request.replaceFirst("\\{", "{\"stop\":\" two\","))
                .body());

        assertThat(content(limited)).isEqualTo("[simulated openai]");
        assertThat(limited.at("/choices/0/finish_reason").asString("")).isEqualTo("length");
        assertThat(limited.at("/usage/completion_tokens").asInt(0)).isEqualTo(2);
        assertThat(content(stopped)).endsWith("You said: one");
    }

    @Test
    void takesTheModelFromAnAzureDeploymentAndPrefixesGooglesModels() throws Exception {
        String body = TestClient.chat("", "hi", false);

        String azure = client.postTo("/openai/deployments/dep-1/chat/completions?api-version=2024-10-21", body)
                .body();
        String google = client.get("/v1beta/openai/models").body();
        String plain = client.get("/openai/v1/models").body();

        assertThat(Json.MAPPER.readTree(azure).path("model").asString("")).isEqualTo("dep-1");
        assertThat(google).contains("\"models/sim-large\"");
        assertThat(Json.MAPPER.readTree(plain).at("/data/0/id").asString("")).isEqualTo("sim-large");
    }

    @Test
    void refusesWhatTheVendorWouldRefuse() throws Exception {
        var malformed = client.openai("{\"model\":");
        var empty = client.openai("{\"model\":\"m\",\"messages\":[]}");
        var unknown = client.get("/v1/nothing");

        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body()).contains("could not parse");
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(empty.body()).contains("messages", "invalid_request_error");
        assertThat(unknown.statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "7",
                "{\"model\":{},\"messages\":[1]}",
                "{\"model\":\"m\",\"messages\":\"text\"}",
                "{\"model\":\"m\",\"messages\":[null,[],{\"role\":7,\"content\":{\"a\":1}}]}",
                "{\"model\":\"m\",\"messages\":[{}],\"stop\":7,\"n\":{},\"max_tokens\":\"x\",\"stream\":\"x\"}",
                "{\"model\":\"m\",\"messages\":[{}],\"tools\":[1,{\"function\":[]}],\"tool_choice\":[{}]}",
                "{\"model\":\"m\",\"messages\":[{}],\"response_format\":{\"type\":\"json_schema\"}}"
            })
    void answersEvenRequestsOfTheWrongTypes(String body) throws Exception {
        assertThat(client.openai(body).statusCode()).isIn(200, 400);
    }

    private static String withTools(String text, boolean stream) {
        String plain = TestClient.chat("m", text, stream);
        return plain.substring(0, plain.length() - 1) + "," + WEATHER + "}";
    }

    private static String content(JsonNode body) {
        return body.at("/choices/0/message/content").asString("");
    }

    private static String streamed(List<JsonNode> chunks) {
        return chunks.stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
                .collect(Collectors.joining());
    }

    private static String arguments(List<JsonNode> chunks, int index) {
        return chunks.stream()
                .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0"))
                .filter(call -> call.path("index").asInt(-1) == index)
                .map(call -> call.at("/function/arguments").asString(""))
                .collect(Collectors.joining());
    }
}
