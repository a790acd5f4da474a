package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway that is stopped tells its clients so instead of hanging up. */
class StoppingTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String HELLO = """
            {"model":"%s","max_tokens":50,"stream":%s,"messages":[{"role":"user","content":"Hello, my friend!"}]}""";

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aChatCompletionsStreamEndsWithAnError() throws Exception {
        server.openAi.always(new Fault.StallMidStream(5).asReply());
        try (RawClient client = new RawClient(server.gateway.uri())) {
            client.post("/v1/chat/completions", HELLO.formatted("gpt-4o", true));
            client.readUntil("said");
            server.gateway.close();
            assertThat(client.readToEnd()).contains("data: {\"error\":{").contains("the gateway is stopping");
        }
        assertGivenUp(server.openAi);
    }

    @Test
    void aMessagesStreamEndsWithAnError() throws Exception {
        server.anthropic.always(new Fault.StallMidStream(6).asReply());
        try (RawClient client = new RawClient(server.gateway.uri())) {
            client.post("/v1/messages", HELLO.formatted("claude-sonnet-4-5", true));
            client.readUntil("content_block_delta");
            server.gateway.close();
            assertThat(client.readToEnd())
                    .contains("event: error")
                    .contains("overloaded_error")
                    .doesNotContain("message_stop");
        }
        assertGivenUp(server.anthropic);
    }

    @Test
    void whoWaitsForAnAnswerIsToldToTryAgain() throws Exception {
        server.openAi.always(new Fault.StallBeforeFirstByte().asReply());
        try (RawClient client = new RawClient(server.gateway.uri())) {
            client.post("/v1/chat/completions", HELLO.formatted("openai/gpt-4o", false));
            server.openAi.awaitRequest(SOON);
            server.gateway.close();
            String answer = client.readToEnd();
            assertThat(answer).startsWith("HTTP/1.1 503 ").contains("the gateway is stopping");
            assertThat(answer.toLowerCase(Locale.ROOT)).contains("retry-after: 1");
        }
    }

    private static void assertGivenUp(SimulatedProvider provider) throws InterruptedException {
        assertThat(provider.awaitDisconnect(SOON)).isTrue();
    }
}
