package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.Fault;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The second request of a realtime call, over real sockets. */
final class HedgingOverHttpTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String[] REALTIME = {"x-routing-profile", "realtime"};
    private static final Duration SOON = Duration.ofSeconds(1);

    private final TestServer server = TestServer.start("""
            [resilience.hedge]
            enabled = true
            hedge_delay_ms = 100
            max_extra_percent = 100
            """);

    @AfterEach
    void stop() {
        server.close();
    }

    private static String body(boolean stream) {
        return """
                {"model":"openai/gpt-4o","stream":%s,"messages":[{"role":"user","content":"Hello!"}]}""".formatted(stream);
    }

    private String metrics() {
        return server.get("/metrics").body();
    }

    @Test
    void theSecondProviderAnswersWhenTheFirstStallsAndTheFirstSocketIsClosed() throws Exception {
        server.openAi.enqueue(new Fault.StallBeforeFirstByte().asReply());

        HttpResponse<String> answer = server.post(CHAT, body(false), REALTIME);

        assertThat(server.openAi.awaitDisconnect(SOON)).isTrue();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("[simulated anthropic]");
        assertThat(metrics())
                .contains("gateway_hedges_total{outcome=\"won\"} 1.0")
                .containsPattern("gateway_requests_total\\{model=\"[^\"]+\",provider=\"anthropic\",status=\"200\"} 1.0")
                .containsPattern("gateway_tokens_total\\{direction=\"output\",provider=\"anthropic\"} [1-9]")
                .doesNotContain("gateway_failovers_total{");
    }

    @Test
    void theLosersPromptIsEstimatedWhenItReportedNothing() throws Exception {
        server.openAi.enqueue(new Fault.StallBeforeFirstByte().asReply());

        server.post(CHAT, body(false), REALTIME);

        Eventually.assertThatSoon(() -> assertThat(metrics())
                .containsPattern(
                        "gateway_hedge_discarded_tokens_total\\{direction=\"input\",provider=\"openai\"} [1-9]")
                .containsPattern("gateway_estimated_tokens_total\\{direction=\"input\",provider=\"openai\"} [1-9]")
                .containsPattern("gateway_cost_dollars\\{model=\"[^\"]+\",provider=\"openai\"} [1-9.E-]+")
                .doesNotContainPattern("gateway_requests_total\\{[^}]*provider=\"openai\""));
    }

    @Test
    void aStreamThatHasNotBegunIsTakenOverToo() throws Exception {
        server.openAi.enqueue(new Fault.StallMidStream(0).asReply());

        HttpResponse<String> answer = server.post(CHAT, body(true), REALTIME);

        assertThat(server.openAi.awaitDisconnect(SOON)).isTrue();
        assertThat(answer.body()).contains("anthropic").endsWith("data: [DONE]\n\n");
        assertThat(metrics()).contains("gateway_hedges_total{outcome=\"won\"} 1.0");
    }

    @Test
    void whatTheLoserHadReportedIsCounted() throws Exception {
        server.anthropic.enqueue(new Fault.StallMidStream(1).asReply());

        HttpResponse<String> answer = server.post("/v1/messages", """
                {"model":"claude-opus-4-5","stream":true,"max_tokens":50,"messages":[{"role":"user","content":"Hello!"}]}""", REALTIME);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(server.anthropic.awaitDisconnect(SOON)).isTrue();
        Eventually.assertThatSoon(() -> assertThat(metrics())
                .containsPattern(
                        "gateway_hedge_discarded_tokens_total\\{direction=\"input\",provider=\"anthropic\"} [1-9]")
                .containsPattern("gateway_cost_dollars\\{model=\"[^\"]+\",provider=\"anthropic\"}"));
    }

    @Test
    void otherProfilesWait() throws Exception {
        server.openAi.enqueue(new Fault.StallBeforeFirstByte().asReply());

        HttpResponse<String> answer = server.post(CHAT, body(false), "x-gateway-timeout", "1");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(server.anthropic.requestCount()).isZero();
        assertThat(metrics()).doesNotContain("gateway_hedges_total{");
    }

    @Test
    void aCallerThatForbidsFailoverIsNotHedged() {
        server.openAi.enqueue(new Fault.StallBeforeFirstByte().asReply());

        HttpResponse<String> answer = server.post(
                CHAT,
                body(false),
                "x-routing-profile",
                "realtime",
                "x-gateway-failover",
                "disabled",
                "x-gateway-timeout",
                "1");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(server.anthropic.requestCount()).isZero();
    }

    @Test
    void aClientThatLeavesClosesBothSockets() throws Exception {
        server.openAi.enqueue(new Fault.StallBeforeFirstByte().asReply());
        server.anthropic.enqueue(new Fault.StallMidStream(1).asReply());
        try (RawClient client = new RawClient(server.gateway.uri())) {
            client.post(CHAT, body(true), "x-routing-profile: realtime\r\n");
            assertThat(server.openAi.awaitRequest(Duration.ofSeconds(5))).isNotNull();
            assertThat(server.anthropic.awaitRequest(Duration.ofSeconds(5))).isNotNull();
        }

        assertThat(server.openAi.awaitDisconnect(SOON)).isTrue();
        assertThat(server.anthropic.awaitDisconnect(SOON)).isTrue();
        Eventually.assertThatSoon(() -> assertThat(metrics()).contains("status=\"499\"} 1.0"));
    }
}
