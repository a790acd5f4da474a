package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What only one vendor says of an error: which filter it was, what the model wrote in place of a call. */
class ErrorMembersOverHttpTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final String MESSAGES = "/v1/messages";
    private static final String TOKEN = "gh" + "p_" + "a1B2c3D4".repeat(5);

    private static final String FILTERED = """
            {"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
            "type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation",
            "content_filter_result":{"hate":{"filtered":true,"severity":"high"},"violence":{"filtered":false,"severity":"safe"}}}}}""";

    private static final String FAILED_CALL = """
            {"error":{"message":"Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
            "type":"invalid_request_error","code":"tool_use_failed","failed_generation":%s,"status_code":400}}""";

    private static final String PART = """
            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}]}

            """;

    private final SimulatedProvider vendor = SimulatedProvider.start();
    private TestServer server = TestServer.start(vendors(""));

    private String vendors(String more) {
        return """
                [server]
                port = 0
                %s
                [[providers]]
                id = "az"
                provider_type = "azure_openai"
                api_key = "key-of-azure"
                endpoint = "%s"

                [[providers]]
                id = "gr"
                provider_type = "groq"
                api_key = "key-of-groq"
                endpoint = "%s/openai/v1"
                """.formatted(more, vendor.uri(), vendor.uri());
    }

    @AfterEach
    void stop() {
        server.close();
        vendor.close();
    }

    private void restart(String more) {
        server.close();
        server = TestServer.start(vendors(more));
    }

    private HttpResponse<String> ask(String path, String model, boolean stream) {
        String prompt = path.equals(RESPONSES) ? "\"input\":\"Hi\"" : """
                "max_tokens":50,"messages":[{"role":"user","content":"Hi"}]""";
        return server.post(
                path,
                "{\"model\":\"" + model + "\",\"stream\":" + stream + "," + prompt + "}",
                "x-gateway-failover",
                "disabled");
    }

    private static JsonNode error(HttpResponse<String> answer) {
        return Json.parse(answer.body()).path("error");
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, RESPONSES})
    void callersOfOpenAisFormatsLearnWhichOfAzuresFiltersItWas(String path) {
        vendor.always(Reply.json(400, FILTERED));

        HttpResponse<String> answer = ask(path, "az/gpt-4o", false);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode said = Json.parse(FILTERED).path("error");
        assertThat(error(answer).path("innererror")).isEqualTo(said.path("innererror"));
        assertThat(error(answer).path("status")).isEqualTo(said.path("status"));
        assertThat(answer.headers().firstValue("x-gateway-dropped")).isEmpty();
    }

    @Test
    void callersOfMessagesAreToldThatThereWasMore() throws InterruptedException {
        vendor.always(Reply.json(400, FILTERED));

        HttpResponse<String> answer = ask(MESSAGES, "az/gpt-4o", true);

        assertThat(error(answer).path("message").stringValue()).contains("content management policy");
        assertThat(answer.body()).doesNotContain("innererror");
        assertThat(answer.headers().firstValue("x-gateway-dropped")).hasValue("error.status, error.innererror");
        assertThatTraceNames(answer, "error.status", "error.innererror");
    }

    @Test
    void itIsToldInTheMiddleOfAStreamToo() throws InterruptedException {
        vendor.always(Reply.sse(List.of(PART, failed("f({")), Pace.NONE));

        for (String path : List.of(CHAT, RESPONSES)) {
            assertThat(ask(path, "gr/openai/gpt-oss-120b", true).body())
                    .contains("Hel", "\"failed_generation\":\"f({\"", "\"status_code\":400");
        }
        HttpResponse<String> other = ask(MESSAGES, "gr/openai/gpt-oss-120b", true);
        assertThat(other.body()).contains("Hel", "event: error").doesNotContain("f({");
        assertThatTraceNames(other, "error.failed_generation", "error.status_code");
    }

    private static String failed(String generation) {
        return "event: error\ndata: "
                + FAILED_CALL.formatted(quoted(generation)).replace("\n", "") + "\n\n";
    }

    private static String quoted(String text) {
        return Json.writeString(Json.mapper().getNodeFactory().stringNode(text));
    }

    private void assertThatTraceNames(HttpResponse<String> answer, String... names) throws InterruptedException {
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        Eventually.assertThatSoon(() -> {
            JsonNode dropped = Json.parse(server.get("/v1/audit/" + id).body()).at("/trace/dropped");
            assertThat(dropped.values().stream().map(JsonNode::stringValue)).contains(names);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "save({\"note\": \"TOKEN\"})",
                "save({\"note\": \"a\\nTOKEN\"})",
                "save({\"note\": \"\\u0067\\u0068TAIL\"})",
                "export PASSWORD=Xk7pQ2vL9tR4wZ"
            })
    void aSecretThatTheModelWroteStaysInside(String generation) {
        String secret = generation.replace("TOKEN", TOKEN).replace("TAIL", TOKEN.substring(2));
        for (String action : List.of("redact", "block")) {
            restart("[sanitization]\ncompliance_gate = true\nviolation_action = \"" + action + "\"");
            vendor.enqueue(
                    Reply.json(400, FAILED_CALL.formatted(quoted(secret))),
                    Reply.sse(List.of(PART, failed(secret)), Pace.NONE));

            HttpResponse<String> whole = ask(CHAT, "gr/openai/gpt-oss-120b", false);
            assertThat(whole.statusCode()).isEqualTo(400);
            assertThat(error(whole).path("code").stringValue()).isEqualTo("tool_use_failed");
            HttpResponse<String> stream = ask(CHAT, "gr/openai/gpt-oss-120b", true);
            assertThat(stream.body()).contains("tool_use_failed");
            for (HttpResponse<String> answer : List.of(whole, stream)) {
                assertThat(answer.body())
                        .doesNotContain("failed_generation\":", TOKEN.substring(4), "Xk7pQ2vL9tR4wZ", "status_code");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"metadata\":{\"TOKEN\":1}",
                "\"TOKEN\":1",
                "\"details\":[{\"password\":\"Xk7pQ2vL9tR4wZ\"}]",
                "\"details\":[{\"card\":4111111111111111}]"
            })
    void namesAndNumbersAreLookedAtToo(String member) {
        restart("[sanitization]\ncompliance_gate = true\nredact_pii = true");
        vendor.always(Reply.json(
                400, "{\"error\":{\"message\":\"no\",\"code\":\"c\"," + member.replace("TOKEN", TOKEN) + "}}"));

        for (String path : List.of(CHAT, MESSAGES)) {
            HttpResponse<String> answer = ask(path, "gr/openai/gpt-oss-120b", false);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("\"no\"").doesNotContain(TOKEN, "Xk7pQ2vL9tR4wZ", "4111111111111111");
            assertThat(answer.headers().firstValue("x-gateway-dropped").orElse("nothing"))
                    .isIn("error.metadata", "error.details", "error...");
        }
    }

    /** Anthropic's support asks for its own id of the request; the one in the body finds the call in the gateway's records. */
    @ParameterizedTest
    @ValueSource(strings = {CHAT, RESPONSES, MESSAGES})
    void theVendorsIdOfTheRequestIsToldInTheHeader(String path) throws InterruptedException {
        server.anthropic.always(Reply.json(400, """
                {"type":"error","error":{"type":"invalid_request_error","message":"no"},"request_id":"req_011CSHoEeqs5C35K2UUqR7Fy"}"""));

        HttpResponse<String> answer = ask(path, "anthropic/claude-haiku-4-5", false);

        assertThat(error(answer).path("message").stringValue()).isEqualTo("no");
        assertThat(answer.headers().firstValue("x-gateway-dropped"))
                .hasValue("answer.request_id=req_011CSHoEeqs5C35K2UUqR7Fy");
        assertThatTraceNames(answer, "answer.request_id=req_011CSHoEeqs5C35K2UUqR7Fy");
        if (path.equals(MESSAGES)) {
            assertThat(Json.parse(answer.body()).path("request_id").stringValue())
                    .isEqualTo(answer.headers().firstValue("x-request-id").orElseThrow());
        }
    }

    @Test
    void onlyTheLastOfSeveralErrorsCounts() {
        vendor.always(Reply.json(404, "{\"error\":{\"message\":\"not here\",\"first\":1}}"));
        server.anthropic.always(Reply.json(400, """
                {"type":"error","error":{"type":"invalid_request_error","message":"no"},"second":1}"""));

        HttpResponse<String> answer = server.post(
                CHAT, "{\"model\":\"gr/claude-haiku-4-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(error(answer).path("message").stringValue()).isEqualTo("no");
        assertThat(answer.headers().firstValue("x-gateway-dropped")).hasValue("answer.second");
    }

    @Test
    void whatIsCleanPassesTheGate() {
        restart("[sanitization]\ncompliance_gate = true\nredact_pii = true");
        vendor.enqueue(
                Reply.json(400, FILTERED),
                Reply.json(400, FAILED_CALL.formatted(quoted("<function=read={\"file_path\": \"sample.txt\"}"))));

        assertThat(error(ask(CHAT, "az/gpt-4o", false)).at("/innererror/content_filter_result/hate/filtered"))
                .isEqualTo(Json.parse("true"));
        assertThat(error(ask(CHAT, "gr/openai/gpt-oss-120b", false))
                        .path("failed_generation")
                        .stringValue())
                .isEqualTo("<function=read={\"file_path\": \"sample.txt\"}");
    }

    @Test
    void ofARefusedKeyNothingElseIsTold() {
        vendor.always(Reply.json(401, """
                {"error":{"code":"401","message":"Access denied","innererror":{"subscription":"s"}}}"""));

        HttpResponse<String> answer = ask(CHAT, "az/gpt-4o", false);

        assertThat(error(answer).propertyNames()).containsExactly("message", "type", "param", "code");
        assertThat(answer.body()).doesNotContain("subscription");
        assertThat(answer.headers().firstValue("x-gateway-dropped")).hasValue("error.innererror");
    }
}
