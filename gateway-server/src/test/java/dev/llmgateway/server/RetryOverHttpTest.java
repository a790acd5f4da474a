package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients and providers see of retries, over sockets. */
final class RetryOverHttpTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String QUICK =
            "[resilience.default_retry_policy]\nbase_delay_ms = 1\nmax_delay_ms = 20\nmax_attempts = ";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TestServer server = TestServer.start("[metrics]\npublic = true\n" + QUICK + "3\n");

    @AfterEach
    void stop() {
        server.close();
    }

    private static String body(String model, boolean stream) {
        return """
                {"model":"%s","stream":%s,"messages":[{"role":"user","content":"one two three four five"}]}""".formatted(model, stream);
    }

    /** Asks OpenAI alone. */
    private HttpResponse<String> ask(boolean stream) {
        return server.post(CHAT, body("openai/gpt-4o", stream), "x-gateway-failover", "disabled");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOutageOfTwoTriesIsNotSeenByTheClient(boolean stream) {
        server.openAi.enqueue(Reply.failure(503), Reply.failure(500));

        HttpResponse<String> answer = ask(stream);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("four");
        assertThat(server.openAi.requestCount()).isEqualTo(3);
    }

    @Test
    void anErrorAfterTheLastTryTellsClientsNotToRepeatIt() {
        server.openAi.always(Reply.failure(503));

        HttpResponse<String> answer = ask(false);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(server.openAi.requestCount()).isEqualTo(3);
    }

    @Test
    void anErrorTellsThatAnEarlierProviderWasAskedAgain() {
        server.openAi.enqueue(Reply.failure(503), Reply.failure(503), Reply.failure(503));
        server.openAi.always(Reply.failure(529));
        server.anthropic.always(Reply.failure(529));

        HttpResponse<String> answer = server.post(CHAT, body("openai/gpt-4o", false));

        assertThat(answer.statusCode()).isEqualTo(529);
        assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422})
    void aRefusalIsNotRepeated(int status) {
        server.openAi.enqueue(Reply.failure(status));

        HttpResponse<String> answer = ask(false);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("x-should-retry")).isEmpty();
        assertThat(server.openAi.requestCount()).isOne();
    }

    @Test
    void aProviderMaySayHowSoonToComeBack() {
        server.openAi.enqueue(
                Reply.failure(429, Map.of("retry-after", "0")), Reply.failure(429, Map.of("retry-after-ms", "15")));

        assertThat(ask(false).statusCode()).isEqualTo(200);
        assertThat(server.openAi.requestCount()).isEqualTo(3);
    }

    @Test
    void aProviderThatAsksForTooLongIsLeftForTheNext() {
        server.openAi.enqueue(Reply.failure(429, Map.of("retry-after", "1")));

        HttpResponse<String> answer = server.post(CHAT, body("openai/gpt-4o", false));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-provider")).hasValue("anthropic");
        assertThat(server.openAi.requestCount()).isOne();
    }

    @Test
    void aFailureThatWasNotRepeatedIsLeftToTheClient() {
        server.openAi.enqueue(Reply.failure(429, Map.of("retry-after", "17")));

        HttpResponse<String> answer = ask(false);

        assertThat(answer.headers().firstValue("retry-after")).hasValue("17");
        assertThat(answer.headers().firstValue("x-should-retry")).isEmpty();
    }

    @Test
    void aStreamThatBreaksBeforeItsFirstContentIsRepeated() {
        server.openAi.enqueue(new Fault.ResetMidStream(1).asReply(), new Fault.ResetBeforeHeaders().asReply());

        HttpResponse<String> answer = ask(true);

        assertThat(answer.body()).endsWith("data: [DONE]\n\n").doesNotContain("error");
        assertThat(server.openAi.requestCount()).isEqualTo(3);
    }

    @Test
    void aStreamThatBreaksAfterItsFirstContentIsNeverRepeated() {
        server.openAi.enqueue(new Fault.ResetMidStream(4).asReply());

        assertThat(ask(true).body()).contains("data: {\"error\":{").doesNotContain("\"finish_reason\":\"stop\"");
        assertThat(server.openAi.requestCount()).isOne();
    }

    @Test
    void anAnswerThatIsNoneIsNotRepeated() {
        server.openAi.enqueue(new Fault.Html().asReply());

        assertThat(ask(false).statusCode()).isEqualTo(502);
        assertThat(server.openAi.requestCount()).isOne();
    }

    @Test
    void aRetryIsNoFailover() {
        server.openAi.enqueue(Reply.failure(503), Reply.failure(503));
        ask(false);
        server.openAi.enqueue(Reply.failure(503), Reply.failure(503), Reply.failure(503));
        server.post(CHAT, body("openai/gpt-4o", false));

        assertThat(server.get("/metrics").body())
                .contains("gateway_requests_total{model=\"gpt-4o\",provider=\"openai\",status=\"200\"} 1.0")
                .contains("gateway_failovers_total{source=\"openai\",target=\"anthropic\"} 1.0")
                .doesNotContain("gateway_failovers_total{source=\"openai\",target=\"openai\"}");
    }

    @Test
    void aProviderHasItsOwnPolicyAlsoWhenItIsAddedLater() {
        try (SimulatedProvider own = SimulatedProvider.start()) {
            own.always(Reply.failure(500));
            Function<String, String> provider = policy -> """
                    {"id":"mine","provider_type":"local","endpoint":"%s/v1","retry_policy":%s}""".formatted(own.uri(), policy);
            assertThat(server.post("/v1/providers", provider.apply("{\"max_attempts\":5}"))
                            .statusCode())
                    .isEqualTo(201);
            HttpResponse<String> answer =
                    server.post(CHAT, body("mine/some-model", false), "x-gateway-failover", "disabled");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(own.requests().stream().filter(request -> request.path().endsWith("/chat/completions")))
                    .hasSize(5);
        }
    }

    @Test
    void aClientThatLeavesEndsTheWait() throws Exception {
        try (TestServer slow = TestServer.start("[metrics]\npublic = true\n[resilience.default_retry_policy]\n"
                + "base_delay_ms = 60000\nmax_delay_ms = 60000\n")) {
            slow.openAi.always(Reply.failure(503));
            try (RawClient client = new RawClient(slow.gateway.uri())) {
                client.post(CHAT, body("openai/gpt-4o", false));
                slow.openAi.awaitRequest(PATIENCE);
            }
            long patience = System.nanoTime() + PATIENCE.toNanos();
            String left = "provider=\"openai\",status=\"499\"} 1.0";
            while (!slow.get("/metrics").body().contains(left) && System.nanoTime() < patience) {
                Thread.onSpinWait();
            }
            assertThat(slow.get("/metrics").body()).contains(left);
            assertThat(slow.openAi.requestCount()).isOne();
            assertThat(slow.anthropic.requestCount()).isZero();
        }
    }
}
