package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChatTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.start();

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";

    private static String chat(String model, boolean stream) {
        return """
                {"model":"%s","stream":%s,"max_tokens":100,"messages":[{"role":"user","content":"Hello!"}]}\
                """.formatted(model, stream);
    }

    @Test
    void answersAnOpenAiRequest() {
        HttpResponse<String> answer = SERVER.post(CHAT, chat("gpt-4o", false));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("content-length")).isPresent();
        assertThat(answer.headers().firstValue("x-gateway-provider")).hasValue("openai");
        assertThat(answer.headers().firstValue("x-gateway-model")).hasValue("gpt-4o");
        assertThat(answer.headers().firstValue("x-request-id"))
                .hasValueSatisfying(id -> assertThat(id).matches("req_[0-9a-f]{24}"));
        assertThat(answer.body()).contains("[simulated openai]").contains("\"object\":\"chat.completion\"");
    }

    @Test
    void answersAnAnthropicRequest() {
        HttpResponse<String> answer = SERVER.post(MESSAGES, chat("claude-sonnet-4-5", false));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-provider")).hasValue("anthropic");
        assertThat(answer.body()).contains("[simulated anthropic]").contains("\"type\":\"message\"");
    }

    @Test
    void eachDialectReachesTheOtherVendor() {
        assertThat(SERVER.post(CHAT, chat("claude-sonnet-4-5", false)).body())
                .contains("[simulated anthropic]")
                .contains("chat.completion");
        assertThat(SERVER.post(MESSAGES, chat("gpt-4o", false)).body())
                .contains("[simulated openai]")
                .contains("\"type\":\"message\"");
    }

    @Test
    void streamsInBothDialects() {
        for (String model : List.of("gpt-4o", "claude-sonnet-4-5")) {
            HttpResponse<String> chat = SERVER.post(CHAT, chat(model, true));
            assertThat(chat.statusCode()).isEqualTo(200);
            assertThat(chat.headers().firstValue("content-type")).hasValue("text/event-stream");
            assertThat(chat.headers().firstValue("cache-control")).hasValue("no-cache");
            assertThat(chat.headers().firstValue("x-accel-buffering")).hasValue("no");
            assertThat(chat.headers().firstValue("x-gateway-provider")).isPresent();
            assertThat(chat.body()).contains("chat.completion.chunk").endsWith("data: [DONE]\n\n");
            HttpResponse<String> messages = SERVER.post(MESSAGES, chat(model, true));
            assertThat(messages.body()).startsWith("event: message_start\n").contains("event: message_stop\n");
        }
    }

    @Test
    void aFailureBeforeTheFirstContentHasItsOwnStatus() {
        SERVER.openAi.enqueue(Reply.failure(503));
        HttpResponse<String> answer = SERVER.post(CHAT, chat("gpt-4o", true), "x-gateway-failover", "disabled");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).startsWith("{\"error\":{");
    }

    @Test
    void aNamedModelHasAnotherProviderBehindIt() {
        SERVER.openAi.enqueue(Reply.failure(503), Reply.failure(503), Reply.failure(503));
        HttpResponse<String> answer = SERVER.post(CHAT, chat("gpt-4o", true));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-provider")).hasValue("anthropic");
    }

    @Test
    void aStreamThatBreaksOffEndsWithAnErrorEventOfTheDialect() {
        SERVER.openAi.enqueue(new Fault.ResetMidStream(4).asReply(), new Fault.ResetMidStream(4).asReply());
        assertThat(SERVER.post(CHAT, chat("gpt-4o", true)).body())
                .contains("data: {\"error\":{")
                .doesNotContain("\"finish_reason\":\"stop\"");
        assertThat(SERVER.post(MESSAGES, chat("gpt-4o", true)).body())
                .contains("event: error\ndata: {\"type\":\"error\"")
                .doesNotContain("message_stop");
    }

    @Test
    void anUnknownModelIsNotFoundInTheCallersDialect() {
        HttpResponse<String> chat = SERVER.post(CHAT, chat("gpt-4oo", false));
        assertThat(chat.statusCode()).isEqualTo(404);
        assertThat(chat.body()).contains("model_not_found").contains("Did you mean gpt-4o");
        HttpResponse<String> messages = SERVER.post(MESSAGES, chat("claud", false));
        assertThat(messages.statusCode()).isEqualTo(404);
        assertThat(messages.body()).startsWith("{\"type\":\"error\"").contains("not_found_error");
    }
}
