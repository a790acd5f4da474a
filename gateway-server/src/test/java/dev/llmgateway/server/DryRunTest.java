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
    void aCallerThatForbidsFailoverSeesTheFirstTargetAlone() {
        for (String body :
                new String[] {OPENAI_CHAT, "{\"request\":" + ANTHROPIC_CHAT + "}", "{\"profile\":\"code\"}"}) {
            JsonNode all = route(body).get("chain");
            JsonNode first = route(body, "x-gateway-failover", "disabled").get("chain");
            assertThat(all.size()).isGreaterThan(1);
            assertThat(first.size()).isEqualTo(1);
            assertThat(first.get(0)).isEqualTo(all.get(0));
        }
    }

    @Test
    void requirementsAloneAreEnough() {
        JsonNode decision = route("""
                {"profile":"code","cost_weight":"low","latency_tolerance":"flexible","prefer_thinking":true,
                 "score_weights":{"coding":3,"reasoning":1.5},"data_classification":"internal",
                 "required_capabilities":["vision","tool_use"],"prompt_tokens":5000,"max_output_tokens":800,
                 "max_cost":0.5}""");
        assertThat(decision.get("model").stringValue()).isEqualTo("auto");
        JsonNode profile = decision.get("profile");
        assertThat(profile.get("name").stringValue()).isEqualTo("custom");
        assertThat(profile.get("quality_weight_word").stringValue()).isEqualTo("very_high");
        assertThat(profile.get("cost_weight").doubleValue()).isEqualTo(0.1);
        assertThat(profile.get("score_weights").toString()).isEqualTo("{\"coding\":3.0,\"reasoning\":1.5}");
        assertThat(profile.get("prefers_thinking").booleanValue()).isTrue();
        assertThat(decision.get("requirements").toString())
                .isEqualTo("{\"data_classification\":\"internal\",\"classification_source\":\"declared\","
                        + "\"raised_by_marking\":null,\"capabilities\":[\"tool_use\",\"vision\"],"
                        + "\"prompt_tokens\":5000,\"max_output_tokens\":800,\"max_cost\":0.5}");
        assertThat(decision.get("layers").valueStream())
                .extracting(layer -> layer.get("layer").stringValue())
                .containsExactly("availability", "classification", "capability", "quality", "cost", "latency");
        int in = decision.get("layers").get(0).get("in").intValue();
        for (JsonNode layer : decision.get("layers")) {
            assertThat(layer.get("in").intValue()).isEqualTo(in);
            in = layer.get("out").intValue();
            assertThat(layer.get("in").intValue() - in)
                    .isEqualTo(layer.get("eliminated").size());
        }
        assertThat(decision.get("ranking").size()).isEqualTo(in).isPositive();
        assertThat(decision.get("chain").valueStream())
                .hasSizeBetween(2, 3)
                .extracting(step -> step.get("provider").stringValue())
                .contains("openai", "anthropic");
    }

    @Test
    void nothingAtAllMeansABalancedChoice() {
        JsonNode decision = route("{}");
        assertThat(decision.get("profile").get("name").stringValue()).isEqualTo("balanced");
        assertThat(decision.get("error").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"model":"nobody"}                                 | 404 | model_not_found
                    {"data_classification":"classified"}               | 403 | data_classification
                    {"required_capabilities":["embeddings","vision"]}  | 400 | lacks_capability
                    {"prompt_tokens":900000000}                        | 413 | context_length_exceeded
                    {"prompt_tokens":1000,"max_cost":0}                | 402 | budget_exceeded
                    """)
    void aRefusalIsShownWithItsReasons(String body, int status, String code) {
        JsonNode decision = route(body);
        assertThat(decision.get("chain")).isEmpty();
        assertThat(decision.get("error").get("status").intValue()).isEqualTo(status);
        assertThat(decision.get("error").get("code").stringValue()).isEqualTo(code);
        assertThat(decision.get("summary").stringValue()).contains("refused");
    }

    @Test
    void aDryRunTellsTheStatusThatTheCallGets() {
        String chat = "{\"model\":\"openai/gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
        String[][] headers = {
            {"x-data-classification", "itar"}, {"x-gateway-max-cost", "0"}, {"x-routing-profile", "code"}
        };
        for (String[] header : headers) {
            JsonNode error = route(chat, header).get("error");
            int told = error.isNull() ? 200 : error.get("status").intValue();
            assertThat(SERVER.post("/v1/chat/completions", chat, header).statusCode())
                    .as(header[0])
                    .isEqualTo(told);
        }
        SERVER.openAi.reset();
    }

    @Test
    void theHeadersOfACallCount() {
        JsonNode decision = route(
                OPENAI_CHAT,
                "x-routing-profile",
                "reasoning",
                "x-data-classification",
                "public",
                "x-gateway-max-cost",
                "2");
        assertThat(decision.get("profile").get("name").stringValue()).isEqualTo("reasoning");
        assertThat(decision.get("requirements").get("data_classification").stringValue())
                .isEqualTo("public");
        assertThat(decision.get("requirements").get("max_cost").doubleValue()).isEqualTo(2);
        assertThat(decision.get("requirements").get("capabilities").toString()).contains("vision", "tool_use");
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
                    {"score_weights":{"coding":0}}       | score_weights.coding: must be a number from 0.001 to 1000
                    {"score_weights":{"coding":1e308}}   | score_weights.coding: must be a number from 0.001 to 1000
                    {"messages":[],"profile":"code"}     | profile: is not part of a chat request: send {"request":
                    {"messages":[],"max_cost":1}         | max_cost: is not part of a chat request
                    {"model":"auto","model":"auto"}      | Duplicate property "model"
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
