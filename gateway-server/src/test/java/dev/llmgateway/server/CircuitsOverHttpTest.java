package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What clients, providers and operators see of circuits and cool-downs, over sockets, on the test's own ticks. */
final class CircuitsOverHttpTest {

    private static final String CHAT = "/v1/chat/completions";

    private final AtomicLong now = new AtomicLong();
    private final TestServer server = TestServer.start("[metrics]\npublic = true\n", now::get);

    @AfterEach
    void stop() {
        server.close();
    }

    private static String body(String model, boolean stream) {
        return """
                {"model":"%s","stream":%s,"messages":[{"role":"user","content":"one two three four five"}]}""".formatted(model, stream);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Asks OpenAI first. */
    private HttpResponse<String> ask() {
        return server.post(CHAT, body("openai/gpt-4o", false));
    }

    /** Asks OpenAI alone. */
    private HttpResponse<String> askAlone(boolean stream) {
        return server.post(CHAT, body("openai/gpt-4o", stream), "x-gateway-failover", "disabled");
    }

    private void open() {
        for (int i = 0; i < 5; i++) {
            server.openAi.enqueue(Reply.failure(503));
            assertThat(askAlone(false).statusCode()).isEqualTo(503);
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private JsonNode openAi() {
        return Json.parse(server.get("/v1/providers").body()).get("providers").get(0);
    }

    @Test
    void aModelThatKeepsFailingIsNotConnectedToAnyMore() {
        open();
        long asked = server.openAi.requestCount();

        HttpResponse<String> answer = ask();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "x-gateway-provider")).isEqualTo("anthropic");
        assertThat(server.openAi.requestCount()).isEqualTo(asked);
    }

    @Test
    void oneProbeAfterTheOpenDurationBringsItBack() {
        open();
        long asked = server.openAi.requestCount();
        pass(Duration.ofMillis(29_999));
        assertThat(header(ask(), "x-gateway-provider")).isEqualTo("anthropic");
        assertThat(server.openAi.requestCount()).isEqualTo(asked);

        pass(Duration.ofMillis(1));
        assertThat(header(ask(), "x-gateway-provider")).isEqualTo("openai");
        assertThat(server.openAi.requestCount()).isEqualTo(asked + 1);
        assertThat(openAi().get("circuits").get(0).get("state").stringValue()).isEqualTo("closed");
    }

    @Test
    void aProbeThatFailsIsTheOnlyCallForAnotherWhile() {
        open();
        pass(Duration.ofSeconds(30));
        server.openAi.outage(true);
        long asked = server.openAi.requestCount();

        assertThat(header(ask(), "x-gateway-provider")).isEqualTo("anthropic");
        assertThat(header(ask(), "x-gateway-provider")).isEqualTo("anthropic");
        assertThat(server.openAi.requestCount()).isEqualTo(asked + 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCallThatMayAskNobodyElseIsToldWhenToComeBack(boolean stream) {
        open();
        pass(Duration.ofMillis(10_500));

        HttpResponse<String> answer = askAlone(stream);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "x-gateway-circuit")).isEqualTo("open");
        assertThat(header(answer, "retry-after")).isEqualTo("20");
        assertThat(answer.body()).contains("\"error\"").contains("failed 5 times in 60 s");
    }

    @Test
    void whenAllAreOpenAnthropicsClientsReadSoInTheirDialect() {
        open();
        for (int i = 0; i < 5; i++) {
            server.anthropic.enqueue(Reply.failure(500));
        }
        String message = """
                {"model":"%s","max_tokens":50,"messages":[{"role":"user","content":"Hello!"}]}""";
        for (int i = 0; i < 5; i++) {
            server.post(
                    "/v1/messages", message.formatted("anthropic/claude-opus-4-8"), "x-gateway-failover", "disabled");
        }

        HttpResponse<String> answer = server.post(
                "/v1/messages", message.formatted("anthropic/claude-opus-4-8"), "x-gateway-failover", "disabled");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "x-gateway-circuit")).isEqualTo("open");
        assertThat(Json.parse(answer.body()).get("type").stringValue()).isEqualTo("error");
    }

    @Test
    void streamsThatBreakMidwayOpenIt() {
        for (int i = 0; i < 5; i++) {
            server.openAi.enqueue(new Fault.ResetMidStream(4).asReply());
            assertThat(askAlone(true).body()).contains("data: {\"error\":{");
        }
        assertThat(header(askAlone(true), "x-gateway-circuit")).isEqualTo("open");
        assertThat(openAi().get("circuits").get(0).get("last_failure").stringValue())
                .isEqualTo("an answer that broke off");
    }

    @Test
    void otherModelsOfTheProviderAreNotConcerned() {
        open();
        HttpResponse<String> answer = server.post(CHAT, body("openai/gpt-4o-mini", false));
        assertThat(header(answer, "x-gateway-provider")).isEqualTo("openai");
    }

    @Test
    void refusedKeysAndBadRequestsOpenNothing() {
        for (int status : List.of(400, 401, 403, 404, 422, 401, 401, 401)) {
            server.openAi.enqueue(Reply.failure(status));
            askAlone(false);
        }
        assertThat(askAlone(false).statusCode()).isEqualTo(200);
        assertThat(openAi().get("circuits").isEmpty()).isTrue();
    }

    @Test
    void aProviderThatAsksToBeLeftAloneIs() {
        server.openAi.enqueue(Reply.failure(429, Map.of("retry-after", "17")));
        assertThat(header(ask(), "x-gateway-provider")).isEqualTo("anthropic");
        long asked = server.openAi.requestCount();

        assertThat(header(ask(), "x-gateway-provider")).isEqualTo("anthropic");
        HttpResponse<String> alone = askAlone(false);
        assertThat(alone.statusCode()).isEqualTo(429);
        assertThat(header(alone, "retry-after")).isEqualTo("17");
        assertThat(header(alone, "x-gateway-circuit")).isEmpty();
        assertThat(server.openAi.requestCount()).isEqualTo(asked);
        assertThat(openAi().get("cooling_down_secs").intValue()).isEqualTo(17);

        pass(Duration.ofSeconds(17));
        assertThat(header(ask(), "x-gateway-provider")).isEqualTo("openai");
        assertThat(openAi().get("cooling_down_secs").isNull()).isTrue();
    }

    @Test
    void operatorsSeeStatesChangesAndReasons() {
        open();
        pass(Duration.ofSeconds(12));

        JsonNode provider = openAi();
        assertThat(provider.get("circuits").toString())
                .isEqualTo(
                        "[{\"model\":\"gpt-4o\",\"state\":\"open\",\"failures\":5,\"probes\":0,"
                                + "\"since\":\"2026-11-22T12:00:00Z\",\"last_failure\":\"status 503\",\"retry_after_secs\":18}]");
        assertThat(provider.get("circuit_changes").toString())
                .isEqualTo("[{\"at\":\"2026-11-22T12:00:00Z\",\"model\":\"gpt-4o\",\"from\":\"closed\",\"to\":\"open\","
                        + "\"reason\":\"failed 5 times in 60 s (status 503)\"}]");
        assertThat(server.get("/metrics").body())
                .contains("gateway_circuit_state{model=\"gpt-4o\",provider=\"openai\"} 2.0")
                .contains("gateway_circuit_transitions_total{model=\"gpt-4o\",provider=\"openai\",to=\"open\"} 1.0");

        pass(Duration.ofSeconds(18));
        assertThat(server.get("/metrics").body())
                .contains("gateway_circuit_state{model=\"gpt-4o\",provider=\"openai\"} 1.0");
        askAlone(false);
        assertThat(server.get("/metrics").body())
                .contains("gateway_circuit_state{model=\"gpt-4o\",provider=\"openai\"} 0.0")
                .contains("gateway_circuit_transitions_total{model=\"gpt-4o\",provider=\"openai\",to=\"closed\"} 1.0");
    }

    @Test
    void theLogTellsWhenACircuitOpensAndCloses() {
        Logger logger = Logger.getLogger("dev.llmgateway.circuits");
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " " + line.getMessage().replaceAll(" \\(req_.*", ""));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            open();
            pass(Duration.ofSeconds(30));
            askAlone(false);
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(lines)
                .containsExactly(
                        Level.WARNING + " openai/gpt-4o: circuit closed -> open: failed 5 times in 60 s (status 503)",
                        Level.INFO + " openai/gpt-4o: circuit half_open -> closed: a call succeeded");
    }

    @Test
    void aProviderHasItsOwnPolicyAlsoWhenItIsAddedLater() {
        String touchy = """
                {"id":"touchy","provider_type":"local","endpoint":"%s/v1",
                 "circuit_breaker_config":{"failure_threshold":1,"open_duration_secs":2}}""".formatted(server.openAi.uri());
        assertThat(server.post("/v1/providers", touchy).statusCode()).isEqualTo(201);
        server.openAi.enqueue(Reply.failure(500));
        server.post(CHAT, body("touchy/any", false), "x-gateway-failover", "disabled");

        HttpResponse<String> refused = server.post(CHAT, body("touchy/any", false), "x-gateway-failover", "disabled");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(header(refused, "retry-after")).isEqualTo("2");
        assertThat(refused.body()).contains("failed once in 60 s");

        assertThat(server.send(server.builder("/v1/providers/touchy").DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(server.post("/v1/providers", touchy).statusCode()).isEqualTo(201);
        assertThat(server.post(CHAT, body("touchy/any", false)).statusCode()).isEqualTo(200);
    }
}
