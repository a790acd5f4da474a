package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.ReceivedRequest;
import dev.llmgateway.providers.simulated.Reply;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's Responses as clients without an SDK see them. */
class ResponsesOverHttpTest {
    private static final String RESPONSES = "/v1/responses";
    private static final String CHAT = "/v1/chat/completions";
    private static final String HELLO = """
            {"model":"%s","temperature":0,"stream":%s,"input":"Hello!"}""";
    private static final String TOOL = """
            "tools":[{"type":"function","name":"look","parameters":{"type":"object"}}]""";

    private final TestServer server = TestServer.start("""
            [cache]
            enabled = true
            """);

    @AfterEach
    void stop() {
        server.close();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body());
    }

    private static String text(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).at("/output/0/content/0/text").asString("");
    }

    @Test
    void passesThroughWhatItDoesNotKnow() throws InterruptedException {
        String body = "{\"input\" : \"Hi\",\"model\":\"gpt-4o\",\"client_metadata\":{\"a\" : 1},\"include\":[]}";

        HttpResponse<String> answer = server.post(RESPONSES, body, "openai-beta", "responses=v1");

        ReceivedRequest received = server.openAi.awaitRequest(Duration.ofSeconds(5));
        assertThat(text(answer)).contains("You said: Hi");
        assertThat(received.path()).isEqualTo("/v1/responses");
        assertThat(received.header("openai-beta")).isEqualTo("responses=v1");
        assertThat(received.text()).isEqualTo(body);
    }

    @Test
    void anAgentGoesOnBehindWhatWasCompleteOfAnAnswerThatBrokeOff() {
        String ask = """
                {"model":"claude-sonnet-5-5","store":false,"include":["reasoning.encrypted_content"],
                "reasoning":{"effort":"low","summary":"auto"},"input":[{"role":"user","content":"Hello!"}%s]}""";
        JsonNode output = json(server.post(RESPONSES, ask.formatted(""))).path("output");
        String thought = "," + output.path(0);
        String said = thought + "," + output.path(1);

        HttpResponse<String> behindThought = server.post(RESPONSES, ask.formatted(thought));
        HttpResponse<String> behindText = server.post(RESPONSES, ask.formatted(said));

        assertThat(thought).contains("encrypted_content");
        assertThat(behindThought.statusCode()).as(behindThought.body()).isEqualTo(200);
        assertThat(behindThought.body()).contains("You said: Hello!");
        assertThat(behindThought.headers().firstValue("x-gateway-dropped"))
                .hasValueSatisfying(names -> assertThat(names).contains("input[].encrypted_content"));
        assertThat(behindText.statusCode()).as(behindText.body()).isEqualTo(200);
        assertThat(behindText.body()).contains("You said: Continue.");
    }

    @Test
    void streamsEndWithoutTheWordThatEndsChats() {
        HttpResponse<String> answer = server.post(RESPONSES, HELLO.formatted("gpt-4o", true));

        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(answer.body())
                .startsWith("event: response.created\ndata: ")
                .contains("event: response.output_item.done\n", "event: response.completed\n")
                .doesNotContain("[DONE]");
    }

    @ParameterizedTest
    @CsvSource({"gpt-4o, true", "gpt-4o, false", "claude-sonnet-4-5, true", "claude-sonnet-4-5, false"})
    void anAnswerOfOneDialectIsReplayedInAllOthers(String model, boolean stream) {
        server.post(RESPONSES, HELLO.formatted(model, stream));

        HttpResponse<String> again = server.post(RESPONSES, HELLO.formatted(model, false));
        HttpResponse<String> asStream = server.post(RESPONSES, HELLO.formatted(model, true));
        HttpResponse<String> asChat = server.post(CHAT, """
                {"model":"%s","temperature":0,"messages":[{"role":"user","content":"Hello!"}]}""".formatted(model));

        for (HttpResponse<String> answer : List.of(again, asStream, asChat)) {
            assertThat(answer.headers().firstValue("x-gateway-cache"))
                    .as(answer.body())
                    .hasValue("hit");
        }
        assertThat(text(again)).contains("Hello!");
        assertThat(asStream.body()).contains("event: response.completed\n", text(again));
        assertThat(json(asChat).at("/choices/0/message/content").asString("")).isEqualTo(text(again));
        assertThat(server.openAi.requestCount() + server.anthropic.requestCount())
                .isEqualTo(1);
    }

    @Test
    void aRepeatByIdempotencyKeyHasTheSameBytes() {
        String body = HELLO.formatted("gpt-4o", false).replace("\"temperature\":0,", "");

        HttpResponse<String> first = server.post(RESPONSES, body, "idempotency-key", "k1");
        HttpResponse<String> second = server.post(RESPONSES, body, "idempotency-key", "k1");

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("x-gateway-idempotent")).hasValue("true");
        assertThat(server.openAi.requestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "claude-sonnet-4-5"})
    void aFailureInMidStreamIsAFailedResponseBehindTheNumbersBeforeIt(String model) {
        server.openAi.always(new Fault.ErrorEvent(6).asReply());
        server.anthropic.always(new Fault.ErrorEvent(6).asReply());

        String stream = server.post(RESPONSES, HELLO.formatted(model, true), "x-gateway-failover", "disabled")
                .body();

        List<JsonNode> events = stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Json.parse(line.substring(6)))
                .toList();
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).get("sequence_number").intValue()).isEqualTo(i);
        }
        assertThat(events.getLast().path("type").asString("")).isEqualTo("response.failed");
        assertThat(events.getLast().at("/response/error/message").asString("")).isNotEmpty();
        assertThat(stream).doesNotContain("response.completed", "[DONE]");
    }

    @Test
    void errorsHaveOpenAisShape() {
        server.openAi.enqueue(Reply.failure(400));
        HttpResponse<String> refused =
                server.post(RESPONSES, HELLO.formatted("gpt-4o", true), "anthropic-version", "2023-06-01");
        HttpResponse<String> broken = server.post(RESPONSES, "{\"model\":");
        HttpResponse<String> empty = server.post(RESPONSES, "{\"model\":\"gpt-4o\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).at("/error/type").asString("")).isEqualTo("invalid_request_error");
        assertThat(json(broken).path("error").has("code")).isTrue();
        assertThat(json(empty).at("/error/param").asString("")).isEqualTo("input");
    }

    @Test
    void aStoredPromptNeedsNoInput() throws InterruptedException {
        String prompt = "{\"model\":\"%s\",\"prompt\":{\"id\":\"pmpt_1\"}}";

        server.post(RESPONSES, prompt.formatted("gpt-4o"), "x-gateway-failover", "disabled");
        HttpResponse<String> elsewhere =
                server.post(RESPONSES, prompt.formatted("claude-sonnet-4-5"), "x-gateway-failover", "disabled");

        assertThat(server.openAi.awaitRequest(Duration.ofSeconds(5)).text()).isEqualTo(prompt.formatted("gpt-4o"));
        assertThat(elsewhere.statusCode()).isEqualTo(400);
        assertThat(json(elsewhere).at("/error/param").asString("")).isEqualTo("prompt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-6.1-sol", "gpt-5.5-pro", "gpt-5.3-codex"})
    void modelsThatChatCannotServeAreAskedByResponses(String model) throws InterruptedException {
        HttpResponse<String> answer = server.post(CHAT, """
                {"model":"%s","messages":[{"role":"user","content":"look!"}],"tools":[{"type":"function","function":\
                {"name":"look","parameters":{"type":"object"}}}]}""".formatted(model), "x-gateway-failover", "disabled");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer)
                        .at("/choices/0/message/tool_calls/0/function/name")
                        .asString(""))
                .isEqualTo("look");
        assertThat(server.openAi.awaitRequest(Duration.ofSeconds(5)).path()).isEqualTo("/v1/responses");
        Eventually.assertThatSoon(() -> assertThat(shown("/v1/audit/", answer)
                        .at("/trace/attempts/0/dialect")
                        .asString(""))
                .isEqualTo("openai-responses"));
    }

    private JsonNode shown(String path, HttpResponse<String> answer) {
        return json(
                server.get(path + answer.headers().firstValue("x-request-id").orElseThrow()));
    }

    @Test
    void theBodiesThatAreKeptAreTheCallers() throws InterruptedException {
        HttpResponse<String> answer = server.post(RESPONSES, HELLO.formatted("claude-sonnet-4-5", true));

        Eventually.assertThatSoon(() -> {
            JsonNode call = shown("/v1/requests/", answer);
            assertThat(call.path("dialect").asString("")).isEqualTo("openai-responses");
            assertThat(call.at("/request_body/input").asString("")).isEqualTo("Hello!");
            assertThat(call.at("/response_body/object").asString("")).isEqualTo("response");
        });
    }

    @Test
    void aDryRunKnowsTheDialect() {
        String plain = "{\"model\":\"gpt-6.1-sol\",\"input\":\"Hi\"," + TOOL + "}";

        for (String body : List.of(
                plain, "{\"request\":" + plain + "}", "{\"dialect\":\"responses\",\"request\":" + plain + "}")) {
            HttpResponse<String> decision = server.post("/v1/route", body);
            assertThat(decision.statusCode()).as(decision.body()).isEqualTo(200);
            assertThat(json(decision).at("/chain/0/model").asString("")).isEqualTo("openai/gpt-6.1-sol");
            assertThat(json(decision).at("/requirements/capabilities").toString())
                    .contains("tool_use");
        }
        assertThat(server.openAi.requestCount()).isZero();
    }

    @Test
    void aToolThatTheVendorRunsFindsItsVendor() throws InterruptedException {
        String plain = "{\"model\":\"auto\",\"input\":\"Hello!\"}";
        String search = plain.replace("\"input\"", "\"tools\":[{\"type\":\"web_search\"}],\"input\"");

        JsonNode usual = json(server.post("/v1/route", plain)).at("/chain/0");
        JsonNode decision = json(server.post("/v1/route", search));
        HttpResponse<String> answer = server.post(RESPONSES, search);

        assertThat(usual.path("dialect").asString("")).isEqualTo("anthropic");
        assertThat(decision.at("/chain/0/why").asString("")).isEqualTo("takes_all");
        assertThat(decision.at("/chain/0/dialect").asString("")).isEqualTo("openai-responses");
        assertThat(decision.at("/ranking").toString()).contains("\"leaves_out\":\"web_search\"");
        assertThat(answer.headers().firstValue("x-gateway-dropped")).isEmpty();
        assertThat(server.openAi.awaitRequest(Duration.ofSeconds(5)).text()).contains("{\"type\":\"web_search\"}");
    }

    @Test
    void tokensAreCountedHere() {
        HttpResponse<String> counted = server.post(RESPONSES + "/input_tokens", HELLO.formatted("gpt-4o", false));

        assertThat(json(counted).path("object").asString("")).isEqualTo("response.input_tokens");
        assertThat(json(counted).path("input_tokens").intValue()).isPositive();
        assertThat(counted.headers().firstValue("x-gateway-token-count")).hasValue("exact");
        assertThat(server.openAi.requestCount()).isZero();
    }

    @Test
    void webSocketsAreRefusedInAWayThatSendsClientsToPlainHttpAtOnce() throws IOException {
        String probe = """
                GET /v1/responses HTTP/1.1\r
                Host: localhost\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: mOcXhgs7B/gRDE1ooYJgPw==\r
                openai-beta: responses_websockets=2026-02-06\r
                \r
                """;
        try (RawClient client = new RawClient(server.uri("/"))) {
            String answer = client.send(probe).readUntil("}}");
            assertThat(answer)
                    .startsWith("HTTP/1.1 426 ")
                    .containsIgnoringCase("\r\nupgrade: ")
                    .contains("{\"error\":{\"message\":\"Responses are served over plain HTTP here");
        }
        assertThat(server.get(RESPONSES).statusCode()).isEqualTo(426);
        assertThat(server.get(RESPONSES + "/").statusCode()).isEqualTo(426);
    }

    @Test
    void nothingIsStoredAndThatIsSaid() {
        for (String path : List.of("/resp_1", "/resp_1/input_items")) {
            HttpResponse<String> answer = server.get(RESPONSES + path);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(json(answer).at("/error/message").asString("")).contains("keeps no answers");
        }
        assertThat(server.post(RESPONSES + "/resp_1/cancel", "").statusCode()).isEqualTo(404);
        assertThat(server.get("/v1/responsesx").body()).contains("there is no GET /v1/responsesx");
    }

    @Test
    void aConversationIsNotMadeShorterHereAndThatIsSaid() {
        HttpResponse<String> answer = server.post(RESPONSES + "/compact", HELLO.formatted("gpt-5.5", false));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).at("/error/message").asString("")).contains("does not make conversations shorter");
        assertThat(json(answer).at("/error/type").asString("")).isEqualTo("invalid_request_error");
        assertThat(server.openAi.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses", "/v1/chat/completions", "/v1/messages", "/v1/embeddings"})
    void aSlashBehindThePathIsTakenForNone(String path) {
        HttpResponse<String> without = server.post(path, "{}");
        HttpResponse<String> with = server.post(path + "/", "{}");

        assertThat(with.statusCode()).isEqualTo(without.statusCode()).isEqualTo(400);
        assertThat(json(with).path("error")).isEqualTo(json(without).path("error"));
    }

    @ParameterizedTest
    @CsvSource({
        "codex-0.169.0-custom-provider.json, gpt-5.2",
        "codex-0.169.0-custom-provider.json, claude-sonnet-4-5",
        "codex-0.169.0-builtin-after-426.json, gpt-5.5",
        "codex-0.169.0-builtin-after-426.json, claude-opus-4-8",
        "codex-0.169.0-builtin-after-426.json, gpt-4o",
        "codex-0.169.0-custom-provider.json, gpt-6.1-sol"
    })
    void codexIsServedByEveryone(String recording, String model) {
        ObjectNode body = (ObjectNode) Json.parse(Fixtures.clientRequest(recording));

        HttpResponse<String> answer =
                server.post(RESPONSES, body.put("model", model).toString(), "x-gateway-failover", "disabled");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("event: response.output_item.done\n", "\"type\":\"function_call\"", "\"exec_command\"")
                .contains("event: response.completed\n");
    }
}
