package dev.llmgateway.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class ResponsesAnswersTest {
    private static final String FUNCTION = """
            {"type":"function","name":"get_weather","parameters":{"type":"object","properties":\
            {"city":{"type":"string"}},"required":["city"]}}""";

    @AutoClose
    private final SimulatedProvider provider = SimulatedProvider.start();

    @AutoClose
    private final TestClient client = new TestClient(provider);

    @Test
    void repeatsThePromptWithUsageThatAddsUp() throws Exception {
        JsonNode answer = json(client.responses(request("\"input\":\"Hello over there\"")));

        assertThat(answer.at("/output/0/content/0/text").asString(""))
                .isEqualTo("[simulated openai] You said: Hello over there");
        assertThat(answer.path("status").asString("")).isEqualTo("completed");
        assertThat(answer.at("/usage/total_tokens").asInt(0))
                .isEqualTo(answer.at("/usage/input_tokens").asInt(0)
                        + answer.at("/usage/output_tokens").asInt(0));
    }

    @Test
    void streamsTheSameInNumberedNamedEventsThatEndWithTheWholeAnswer() throws Exception {
        String text = client.responses(request("\"stream\":true,\"input\":\"one two three\""))
                .body();

        List<JsonNode> events = TestClient.data(text);
        assertThat(events)
                .extracting(event -> event.path("sequence_number").asInt(-1))
                .containsExactlyElementsOf(
                        IntStream.range(0, events.size()).boxed().toList());
        assertThat(deltas(events, "response.output_text.delta"))
                .isEqualTo("[simulated openai] You said: one two three");
        assertThat(text).contains("event: response.output_item.done\n").doesNotContain("[DONE]");
        assertThat(events.getLast().path("type").asString("")).isEqualTo("response.completed");
        assertThat(events.getLast().at("/response/output/0/content/0/text").asString(""))
                .endsWith("three");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callsAFunction(boolean stream) throws Exception {
        JsonNode answer = answer("\"input\":\"Weather in Paris?\",\"tools\":[" + FUNCTION + "]", stream);

        JsonNode call = answer.at("/output/0");
        assertThat(call.path("type").asString("")).isEqualTo("function_call");
        assertThat(call.path("name").asString("")).isEqualTo("get_weather");
        assertThat(call.path("arguments").asString("")).isEqualTo("{\"city\":\"Paris\"}");
    }

    @Test
    void callsAToolOfFreeTextAndOneInANamespace() throws Exception {
        String custom = "{\"type\":\"custom\",\"name\":\"apply_patch\"}";
        String space = "{\"type\":\"namespace\",\"name\":\"crm\",\"description\":\"d\",\"tools\":[" + FUNCTION + "]}";

        JsonNode patch = answer("\"input\":\"apply_patch to Readme\",\"tools\":[" + custom + "]", true);
        JsonNode nested = answer("\"input\":\"Weather in Paris?\",\"tools\":[" + space + "]", true);

        assertThat(patch.at("/output/0/type").asString("")).isEqualTo("custom_tool_call");
        assertThat(patch.at("/output/0/input").asString("")).contains("Readme");
        assertThat(nested.at("/output/0/namespace").asString("")).isEqualTo("crm");
        assertThat(nested.at("/output/0/name").asString("")).isEqualTo("get_weather");
    }

    @Test
    void callsTheToolThatThePromptDictates() throws Exception {
        String prompt = "\"input\":\"please sim-call get_weather {\\\"city\\\":\\\"Oslo, or {so}\\\"} now\"";

        JsonNode answer = answer(prompt + ",\"tools\":[" + FUNCTION + "]", false);

        assertThat(answer.at("/output/0/arguments").asString("")).isEqualTo("{\"city\":\"Oslo, or {so}\"}");
    }

    @Test
    void tellsWhatTheToolSaid() throws Exception {
        String input = """
                "input":[{"role":"user","content":"Weather?"},\
                {"type":"function_call","call_id":"c1","name":"get_weather","arguments":"{}"},\
                {"type":"function_call_output","call_id":"c1","output":"21 degrees"}]""";

        JsonNode answer = answer(input + ",\"tools\":[" + FUNCTION + "]", false);

        assertThat(answer.at("/output/0/content/0/text").asString("")).contains("The tool said: 21 degrees");
    }

    @Test
    void fitsAJsonSchema() throws Exception {
        String format = "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":"
                + "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}}}";

        assertThat(answer("\"input\":\"a number\"," + format, false)
                        .at("/output/0/content/0/text")
                        .asString(""))
                .isEqualTo("{\"n\":1}");
    }

    @Test
    void endsAnAnswerThatIsTooLongAsIncomplete() throws Exception {
        JsonNode answer = answer("\"input\":\"sim-long\",\"max_output_tokens\":20", true);

        assertThat(answer.path("status").asString("")).isEqualTo("incomplete");
        assertThat(answer.at("/incomplete_details/reason").asString("")).isEqualTo("max_output_tokens");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesItsOwnSealedReasoningBackAndNoOther(boolean stream) throws Exception {
        JsonNode first = reasoned(stream);
        JsonNode reasoning = first.at("/output/0");
        String sealed = reasoning.path("encrypted_content").asString("");

        assertThat(reasoning.at("/summary/0/text").asString("")).isNotEmpty();
        assertThat(client.responses(replay(first, sealed)).statusCode()).isEqualTo(200);
        assertThat(refusal(replay(first, sealed.replace("_", "A_")))).isEqualTo("invalid_encrypted_content");
        try (SimulatedProvider other = SimulatedProvider.start();
                TestClient another = new TestClient(other)) {
            assertThat(another.responses(replay(first, sealed)).body()).contains("invalid_encrypted_content");
        }
    }

    private JsonNode reasoned(boolean stream) throws Exception {
        return answer(
                "\"input\":\"Think\",\"store\":false,\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"},"
                        + "\"include\":[\"reasoning.encrypted_content\"]",
                stream);
    }

    private static String replay(JsonNode answer, String sealed) {
        ObjectNode body = Json.object().put("model", "m").put("store", false);
        ArrayNode input = body.putArray("input");
        input.addObject().put("role", "user").put("content", "Think");
        ((ObjectNode) answer.at("/output/0")).put("encrypted_content", sealed);
        answer.path("output").forEach(input::add);
        input.addObject().put("role", "user").put("content", "And then?");
        return Json.write(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'input':'x','stop':'y'                                        | unknown_parameter",
                "'input':'x','previous_response_id':'resp_1'                   | previous_response_not_found",
                "'input':'x','max_output_tokens':2                             | integer_below_min_value",
                "'input':'x','tools':[{'type':'function','function':{'name':'f'}}] | missing_required_parameter",
                "'input':'x','tools':[{'type':'function','name':'a.b'}]        | invalid_value",
                "'input':[{'type':'heard_of_never'}]                           | invalid_value",
                "'input':[{'role':'assistant','content':[{'type':'input_text','text':'x'}]}] | invalid_value",
                "'input':[{'role':'assistant','id':'x1','content':'x'}]        | invalid_value",
                "'instructions':'x'                                            | missing_required_parameter",
            })
    void refusesWhatOpenAiRefuses(String members, String code) throws Exception {
        assertThat(refusal(request(members.replace('\'', '"')))).isEqualTo(code);
    }

    @Test
    void refusesCallsAndOutputsThatStandAlone() throws Exception {
        String call = "{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{}\"}";
        String output = "{\"type\":\"function_call_output\",\"call_id\":\"" + "c".repeat(65) + "\",\"output\":\"\"}";

        assertThat(client.responses(request("\"input\":[" + call + "]")).body()).contains("No tool output found");
        assertThat(client.responses(request("\"input\":[" + output.replaceAll("c{65}", "c2") + "]"))
                        .body())
                .contains("No tool call found");
        assertThat(refusal(request("\"input\":[" + output + "]"))).isEqualTo("string_above_max_length");
    }

    @Test
    void countsTheTokensOfAnInput() throws Exception {
        HttpResponse<String> counted = client.postTo("/v1/responses/input_tokens", request("\"input\":\"one two\""));

        assertThat(json(counted).path("input_tokens").asInt(0)).isPositive();
    }

    @Test
    void breaksOffWithAFailedResponse() throws Exception {
        provider.enqueue(new Fault.ErrorEvent(4).asReply(), new Fault.NoTerminator(100).asReply());

        String failed = client.responses(request("\"stream\":true,\"input\":\"one two\""))
                .body();
        String cut = client.responses(request("\"stream\":true,\"input\":\"one two\""))
                .body();

        List<JsonNode> events = TestClient.data(failed);
        assertThat(events).hasSize(5);
        assertThat(events.getLast().path("type").asString("")).isEqualTo("response.failed");
        assertThat(events.getLast().path("sequence_number").asInt(0)).isEqualTo(4);
        assertThat(cut).contains("response.output_item.done").doesNotContain("response.completed");
    }

    private static String request(String members) {
        return "{\"model\":\"m\"," + members + "}";
    }

    private JsonNode answer(String members, boolean stream) throws Exception {
        HttpResponse<String> response = client.responses(request("\"stream\":" + stream + "," + members));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return stream ? TestClient.data(response.body()).getLast().path("response") : json(response);
    }

    private String refusal(String body) throws Exception {
        HttpResponse<String> response = client.responses(body);
        assertThat(response.statusCode()).isEqualTo(400);
        return json(response).at("/error/code").asString("");
    }

    private static JsonNode json(HttpResponse<String> response) {
        return Json.MAPPER.readTree(response.body());
    }

    private static String deltas(List<JsonNode> events, String type) {
        return events.stream()
                .filter(event -> event.path("type").asString("").equals(type))
                .map(event -> event.path("delta").asString(""))
                .collect(Collectors.joining());
    }
}
