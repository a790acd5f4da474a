package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets where no text of an answer is expected: members that nobody knows, names, errors. */
class UntoldTextsOverHttpTest {

    private static final String OPENAI = "/v1/chat/completions";
    private static final String ANTHROPIC = "/v1/messages";
    private static final String TOKEN = "gh" + "p_" + "a1B2c3D4".repeat(5);
    private static final String ON = "[sanitization]\ncompliance_gate = true\n";
    private static final String BLOCKING = ON + "violation_action = \"block\"\n";

    private static String ask(boolean stream, String model) {
        return """
                {"model":"%s","max_tokens":50,"stream":%s,"messages":[{"role":"user","content":"Hi"}]}""".formatted(model, stream);
    }

    private static String openAi(String message, String more) {
        return """
                {"id":"c","object":"chat.completion","created":1,"model":"gpt-4o","spelled":  "so",%s"choices":[{"index":0,
                "finish_reason":"stop","message":{"role":"assistant","content":"Hello"%s}}],
                "usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}""".formatted(more, message).replace("TOKEN", TOKEN);
    }

    private static String chunk(String delta, String more, String reason) {
        return "data: " + """
                {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o",%s"choices":[{"index":0,"delta":%s,"finish_reason":%s}]}""".formatted(more, delta, reason).replace("TOKEN", TOKEN) + "\n\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"reasoning_content\":\"clean\",\"reasoning\":\"TOKEN\"",
                ",\"extra_content\":{\"a\":[\"TOKEN\"]}",
                ",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"of\":\"TOKEN\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]",
                ",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"of\":\"TOKEN\",\"arguments\":\"{}\"}}]"
            })
    void aMemberOfAMessageThatNoCodecKnowsKeepsNoSecret(String member) {
        try (TestServer server = TestServer.start(ON)) {
            server.openAi.enqueue(Reply.json(200, openAi(member, "")));
            HttpResponse<String> answer = server.post(OPENAI, ask(false, "gpt-4o"));
            assertThat(answer.body()).contains("Hello").doesNotContain(TOKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"citations\":[\"see TOKEN\"],", "\"TOKEN\":1,", "\"system_fingerprint\":\"TOKEN\","})
    void aMemberOfAnAnswerThatNoCodecKnowsKeepsNoSecret(String member) {
        try (TestServer server = TestServer.start(ON)) {
            server.openAi.enqueue(Reply.json(200, openAi("", member)));
            HttpResponse<String> unary = server.post(OPENAI, ask(false, "gpt-4o"));
            assertThat(unary.body()).contains("Hello").doesNotContain(TOKEN);
            assertThat(unary.headers().firstValue("x-gateway-redactions")).hasValue("1");

            server.openAi.enqueue(Reply.sse(
                    List.of(
                            chunk("{\"content\":\"Hel\"}", member, "null"),
                            chunk("{\"content\":\"lo\",\"with\":\"TOKEN\"}", "", "null"),
                            chunk("{}", member, "\"stop\""),
                            "data: [DONE]\n\n"),
                    Pace.NONE));
            HttpResponse<String> stream = server.post(OPENAI, ask(true, "gpt-4o"));
            assertThat(stream.body())
                    .contains("\"Hel\"", "\"lo\"", "stop", "[DONE]")
                    .doesNotContain(TOKEN);
        }
    }

    @Test
    void membersThatNobodyKnowsPassInTheirBytesWhenNothingIsWrongWithThem() {
        try (TestServer server = TestServer.start(ON)) {
            server.openAi.enqueue(Reply.json(200, openAi("", "\"citations\":[\"see page 3\"],")));
            assertThat(server.post(OPENAI, ask(false, "gpt-4o")).body())
                    .contains("\"citations\":[\"see page 3\"],", "\"spelled\":  \"so\"");
        }
    }

    @Test
    void suchAMemberBlocksTheAnswerWhereItsKindDoes() {
        try (TestServer server = TestServer.start(BLOCKING)) {
            server.openAi.enqueue(Reply.json(200, openAi("", "\"citations\":[\"see TOKEN\"],")));
            HttpResponse<String> answer = server.post(OPENAI, ask(false, "gpt-4o"));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain(TOKEN);
            assertThat(server.get("/metrics").body())
                    .contains("gateway_tokens_total{direction=\"output\",provider=\"openai\"} 7.0");

            server.openAi.enqueue(Reply.sse(
                    List.of(
                            chunk("{\"content\":\"Hel\"}", "", "null"),
                            chunk("{\"content\":\"lo\",\"with\":\"TOKEN\"}", "", "null"),
                            chunk("{}", "", "\"stop\""),
                            "data: [DONE]\n\n"),
                    Pace.NONE));
            assertThat(server.post(OPENAI, ask(true, "gpt-4o")).body())
                    .contains("compliance_blocked")
                    .doesNotContain(TOKEN);
        }
    }

    @Test
    void aPartThatOnlyAnthropicKnowsKeepsNoSecretInItsNamesEither() {
        try (TestServer server = TestServer.start(ON)) {
            server.anthropic.enqueue(Reply.json(200, """
                    {"id":"m","type":"message","role":"assistant","model":"claude","content":[
                    {"type":"tool_use","id":"t","name":"f","input":{},"caller":{"by":"TOKEN"}},
                    {"type":"server_tool_use","id":"s","name":"web_search","input":{"TOKEN":"x"}},
                    {"type":"text","text":"Hello"}],
                    "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":4}}""".replace("TOKEN", TOKEN)));
            HttpResponse<String> answer =
                    server.post(ANTHROPIC, ask(false, "claude-sonnet-4-5"), "anthropic-version", "2023-06-01");
            assertThat(answer.body()).contains("Hello", "web_search").doesNotContain(TOKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ON, BLOCKING})
    void anErrorThatQuotesASecretIsToldWithoutIt(String config) {
        try (TestServer server = TestServer.start(config + "[resilience.default_retry_policy]\nmax_attempts = 1\n")) {
            server.openAi.enqueue(Reply.json(400, """
                    {"error":{"message":"you sent TOKEN","type":"invalid_request_error","param":"TOKEN"}}""".replace("TOKEN", TOKEN)));
            HttpResponse<String> unary = server.post(OPENAI, ask(false, "gpt-4o"));
            assertThat(unary.statusCode()).isEqualTo(400);
            assertThat(unary.body()).contains("invalid_request_error").doesNotContain(TOKEN);

            server.openAi.enqueue(Reply.sse(
                    List.of(
                            chunk("{\"content\":\"Hello \"}", "", "null"),
                            "data: {\"error\":{\"message\":\"you sent " + TOKEN + "\"}}\n\n"),
                    Pace.NONE));
            HttpResponse<String> stream = server.post(OPENAI, ask(true, "gpt-4o"));
            assertThat(stream.body()).contains("\"error\"").doesNotContain(TOKEN);
        }
    }
}
