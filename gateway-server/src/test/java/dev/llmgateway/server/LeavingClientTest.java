package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that goes away cancels the call at the provider, within a second, whatever the call is doing. */
class LeavingClientTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.start();

    private static final String CHAT = "/v1/chat/completions";
    private static final Duration SOON = Duration.ofMillis(1_500);

    private static RawClient client() throws IOException {
        return new RawClient(SERVER.gateway.uri());
    }

    private static String chat(boolean stream) {
        return """
                {"model":"gpt-4o","stream":%s,"messages":[{"role":"user","content":"Hello!"}]}""".formatted(stream);
    }

    @Test
    void whileItWaitsForACompleteAnswer() throws Exception {
        SERVER.openAi.enqueue(new Fault.StallBeforeFirstByte().asReply());
        try (RawClient client = client()) {
            client.post(CHAT, chat(false));
            SERVER.openAi.awaitRequest(Duration.ofSeconds(5));
        }
        assertThat(SERVER.openAi.awaitDisconnect(SOON)).isTrue();
    }

    @Test
    void whileTheBodyOfACompleteAnswerComes() throws Exception {
        SERVER.openAi.enqueue(new Fault.SlowDrip(Duration.ofMillis(50)).asReply());
        try (RawClient client = client()) {
            client.post(CHAT, chat(false));
            SERVER.openAi.awaitRequest(Duration.ofSeconds(5));
        }
        assertThat(SERVER.openAi.awaitDisconnect(SOON)).isTrue();
    }

    @Test
    void inThePauseBeforeARetry() throws Exception {
        try (TestServer patient = TestServer.start("""
                [resilience.default_retry_policy]
                base_delay_ms = 60000
                max_delay_ms = 60000
                """)) {
            patient.openAi.enqueue(Reply.failure(503));
            try (RawClient client = new RawClient(patient.gateway.uri())) {
                client.post(CHAT, chat(false), "x-gateway-failover: disabled\r\n");
                patient.openAi.awaitRequest(Duration.ofSeconds(5));
            }
            Eventually.assertThatSoon(() -> assertThat(patient.get("/metrics").body())
                    .contains("gateway_requests_total{model=\"gpt-4o\",provider=\"openai\",status=\"499\"} 1.0"));
            assertThat(patient.openAi.requestCount()).isOne();
        }
    }

    @Test
    void whileItWaitsForTheFirstEvent() throws Exception {
        SERVER.openAi.enqueue(new Fault.StallMidStream(0).asReply());
        try (RawClient client = client()) {
            client.post(CHAT, chat(true));
            SERVER.openAi.awaitRequest(Duration.ofSeconds(5));
            client.reset();
        }
        assertThat(SERVER.openAi.awaitDisconnect(SOON)).isTrue();
    }

    @Test
    void inASilentStream() throws Exception {
        SERVER.openAi.enqueue(new Fault.StallMidStream(4).asReply());
        try (RawClient client = client()) {
            client.post(CHAT, chat(true));
            for (int event = 0; event < 4; event++) {
                client.readUntil("\n\n");
            }
        }
        assertThat(SERVER.openAi.awaitDisconnect(SOON)).isTrue();
    }

    @Test
    void inALivelyStream() throws Exception {
        SERVER.openAi.enqueue(new Reply.Usual(Pace.every(Duration.ofMillis(20)), 400));
        try (RawClient client = client()) {
            client.post(CHAT, chat(true));
            client.readUntil("data: ");
        }
        assertThat(SERVER.openAi.awaitDisconnect(SOON)).isTrue();
    }

    @Test
    void aPatientClientIsNotTakenForOneThatLeft() throws Exception {
        SERVER.openAi.enqueue(Reply.usual(Pace.every(Duration.ofMillis(200))));
        try (RawClient client = client()) {
            client.post(CHAT, chat(true));
            assertThat(client.readUntil("data: [DONE]")).contains("finish_reason\":\"stop\"");
            client.readUntil("0\r\n\r\n");
            client.post(CHAT, chat(false));
            assertThat(client.readAnswer()).contains("[simulated openai]");
        }
    }

    @Test
    void theNextRequestOfAPipelineIsNotLost() throws Exception {
        SERVER.openAi.enqueue(Reply.usual(Pace.every(Duration.ofMillis(100))), Reply.usual(), Reply.usual());
        try (RawClient client = client()) {
            client.post(CHAT, chat(true));
            SERVER.openAi.awaitRequest(Duration.ofSeconds(5));
            client.readUntil("said");
            client.post(CHAT, chat(false)).post(CHAT, chat(false));
            client.readUntil("data: [DONE]");
            client.readUntil("0\r\n\r\n");
            for (String answer : List.of(client.readAnswer(), client.readAnswer())) {
                assertThat(answer).startsWith("HTTP/1.1 200 ").contains("[simulated openai]");
            }
        }
    }
}
