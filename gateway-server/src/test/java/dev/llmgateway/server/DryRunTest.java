package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/route} and {@code GET /v1/routing-profiles} over HTTP. */
class DryRunTest {
    private static final TestServer SERVER = TestServer.start();

    private static final String OPENAI_CHAT = """
            {"model":"gpt-4o","max_tokens":500,
             "messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},
               {"type":"image_url","image_url":{"url":"data:image/png;base64,%s"}}]}],
             "tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object"}}}]}""".formatted(TinyPng.BASE64);

    private static final String ANTHROPIC_CHAT = """
            {"model":"claude-sonnet-4-5","max_tokens":500,"system":"Be brief.",
             "messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},
               {"type":"image","source":{"type":"base64","media_type":"image/png","data":"%s"}}]}],
             "tools":[{"name":"look","input_schema":{"type":"object"}}]}""".formatted(TinyPng.BASE64);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static JsonNode route(String body, String... headers) {
        HttpResponse<String> answer = SERVER.post("/v1/route", body, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    @Test
    void aChatRequestInEitherDialectIsDecidedWithoutACall() {
        for (String chat : new String[] {OPENAI_CHAT, ANTHROPIC_CHAT}) {
            for (String body : new String[] {chat, "{\"request\":" + chat + "}"}) {
                JsonNode decision = route(body);
                assertThat(decision.get("chain")).isNotEmpty();
                assertThat(decision.get("model").stringValue())
                        .isEqualTo(Json.parse(chat).get("model").stringValue());
            }
        }
        assertThat(SERVER.openAi.requests()).isEmpty();
        assertThat(SERVER.anthropic.requests()).isEmpty();
    }

    @Test
    void theDialectCanBeNamed() {
        String plain = "{\"model\":\"gpt-4o\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        route("{\"dialect\":\"anthropic\",\"request\":" + plain + "}");
        route("{\"dialect\":\"openai\",\"request\":" + plain + "}");
        route(plain, "anthropic-version", "2023-06-01");
        assertThat(SERVER.post("/v1/route", "{\"dialect\":\"openai\",\"request\":" + ANTHROPIC_CHAT + "}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatIsSaidBesideTheRequestCounts() {
        JsonNode decision = route("{\"profile\":\"code\",\"data_classification\":\"public\",\"max_cost\":0.5,"
                + "\"conversation_id\":\"c1\",\"request\":" + OPENAI_CHAT + "}");
        assertThat(decision.get("profile").get("name").stringValue()).isEqualTo("code");
        assertThat(decision.get("requirements").get("data_classification").stringValue())
                .isEqualTo("public");
        assertThat(decision.get("requirements").get("max_cost").doubleValue()).isEqualTo(0.5);
    }

    @Test
    void theNineProfilesAreListedWithTheirWords() {
        HttpResponse<String> answer = SERVER.get("/v1/routing-profiles");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode all = Json.parse(answer.body());
        assertThat(all.get("default").stringValue()).isEqualTo("balanced");
        assertThat(all.get("profiles").valueStream())
                .extracting(profile -> profile.get("name").stringValue())
                .containsExactly(
                        "realtime",
                        "interactive",
                        "batch",
                        "cost_optimized",
                        "quality_optimized",
                        "balanced",
                        "reasoning",
                        "creative",
                        "code");
        JsonNode realtime = all.get("profiles").get(0);
        assertThat(realtime.get("max_ttft_ms").intValue()).isEqualTo(500);
        assertThat(realtime.get("quality_weight").doubleValue()).isEqualTo(0.3);
        assertThat(realtime.get("quality_weight_word").stringValue()).isEqualTo("medium");
        assertThat(all.get("profiles").get(2).get("max_ttft_ms").isNull()).isTrue();
        assertThat(all.get("profiles").get(6).get("prefers_thinking").booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {                                    | not valid JSON
                    []                                   | the body must be a JSON object
                    {"modle":"auto"}                     | modle: there is no such member: did you mean "model"?
                    {"zzzzzzzz":1}                       | zzzzzzzz: there is no such member: known are cost_weight,
                    {"model":7}                          | model: must be a text
                    {"profile":"cod"}                    | profile: did you mean "code"? It must be one of realtime,
                    {"profile":3}                        | profile: must be one of realtime,
                    {"quality_weight":-0.1}              | quality_weight: must be a number from 0 to 1, or one of low, medium, high, very_high
                    {"quality_weight":1.5}               | quality_weight: must be
                    {"cost_weight":"much"}               | cost_weight: must be
                    {"cost_weight":1e999}                | cost_weight: must be
                    {"latency_tolerance":"fast"}         | latency_tolerance: must be one of realtime, interactive, background, flexible
                    {"score_weights":{"coding":0}}       | score_weights.coding: must be a number above 0
                    {"score_weights":{"codng":1}}        | score_weights.codng: there is no such member: did you mean "coding"?
                    {"score_weights":{}}                 | score_weights: must name at least one of coding, reasoning,
                    {"score_weights":[1]}                | score_weights: must be an object
                    {"data_classification":"secret"}     | data_classification: must be one of public, internal, cui, itar, classified
                    {"required_capabilities":"vision"}   | required_capabilities: must be a list of tool_use,
                    {"required_capabilities":["visoin"]} | required_capabilities[0]: did you mean "vision"?
                    {"prompt_tokens":-1}                 | prompt_tokens: must be a whole number from 0
                    {"prompt_tokens":1.5}                | prompt_tokens: must be a whole number
                    {"prompt_tokens":99999999999}        | prompt_tokens: must be a whole number
                    {"max_output_tokens":"many"}         | max_output_tokens: must be a whole number
                    {"max_cost":-1}                      | max_cost: must be a number of US dollars from 0
                    {"max_cost":"1"}                     | max_cost: must be a number of US dollars
                    {"reasoning":"yes"}                  | reasoning: must be true or false
                    {"reasoning":true,"prefer_thinking":true} | reasoning: is another name for prefer_thinking
                    {"request":[]}                       | request: must be an object
                    {"request":{"messages":[]},"dialect":"klingon"} | dialect: must be one of openai, anthropic
                    {"request":{"messages":[]},"max_cost":-1}       | max_cost: must be
                    {"request":{"messages":[]},"quality_weight":1}  | quality_weight: there is no such member
                    """)
    void whatIsWrongIsNamedWithWhatWouldBeRight(String body, String sentence) {
        HttpResponse<String> answer = SERVER.post("/v1/route", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode error = Json.parse(answer.body()).get("error");
        assertThat(error.get("message").stringValue()).contains(sentence);
    }
}
