package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = """
            {"model":"%s","max_tokens":50,"messages":[{"role":"user","content":"Hello!"}]}""";

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void requestsTokensAndCostAreCounted() {
        server.post(CHAT, BODY.formatted("openai/gpt-4o"));
        server.post(CHAT, BODY.formatted("openai/some-new-model"));
        server.post(CHAT, "{");
        server.post(CHAT, BODY.formatted("nobody"));
        HttpResponse<String> metrics = server.get("/metrics");
        assertThat(metrics.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
        assertThat(metrics.body())
                .contains("gateway_requests_total{model=\"gpt-4o\",provider=\"openai\",status=\"200\"} 1.0")
                .contains("gateway_requests_total{model=\"some-new-model\",provider=\"openai\",status=\"200\"} 1.0")
                .contains("gateway_requests_total{model=\"none\",provider=\"none\",status=\"400\"} 1.0")
                .contains("gateway_requests_total{model=\"none\",provider=\"none\",status=\"404\"} 1.0")
                .contains("gateway_request_duration_seconds_bucket{provider=\"openai\",le=\"+Inf\"} 2")
                .contains("gateway_tokens_total{direction=\"input\",provider=\"openai\"} 10.0")
                .contains("gateway_tokens_total{direction=\"output\",provider=\"openai\"} 10.0")
                .contains("gateway_cost_dollars{model=\"gpt-4o\",provider=\"openai\"} 6.25E-5");
    }

    @Test
    void failuresAndFailoversAreCounted() {
        server.openAi.enqueue(Reply.failure(500), Reply.failure(500), Reply.failure(500), Reply.failure(500));
        server.post(CHAT, BODY.formatted("openai/gpt-4o"), "x-gateway-failover", "disabled");
        server.post(CHAT, BODY.formatted("openai/" + "x".repeat(50)), "x-gateway-failover", "disabled");
        server.post(CHAT, BODY.formatted("openai/gpt-4o"));
        assertThat(server.get("/metrics").body())
                .contains("gateway_requests_total{model=\"gpt-4o\",provider=\"openai\",status=\"500\"} 1.0")
                .contains("gateway_requests_total{model=\"other\",provider=\"openai\",status=\"500\"} 1.0")
                .containsPattern("gateway_requests_total\\{model=\"[^\"]+\",provider=\"anthropic\",status=\"200\"} 1.0")
                .contains("gateway_failovers_total{source=\"openai\",target=\"anthropic\"} 1.0");
    }

    @Test
    void modelsWithoutACardGetABoundedNumberOfLabels() {
        for (int i = 0; i < 120; i++) {
            server.post(CHAT, BODY.formatted("openai/model-" + i));
        }
        String metrics = server.get("/metrics").body();
        assertThat(metrics.lines().filter(line -> line.startsWith("gateway_requests_total{model=\"model-")))
                .hasSize(100);
        assertThat(metrics).contains("gateway_requests_total{model=\"other\",provider=\"openai\",status=\"200\"} 20.0");
    }
}
