package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.ReceivedRequest;
import dev.llmgateway.providers.simulated.Reply;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Traces and metrics as a collector gets them, and the trace context as providers do. */
final class TelemetryOverHttpTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private static String body(String model) {
        return """
                {"model":"%s","messages":[{"role":"user","content":"What nobody may read"}]}""".formatted(model);
    }

    @Test
    void spansTellThatTextsWereEmbedded() {
        try (Collector collector = Collector.start()) {
            try (TestServer server = serverTelling(collector.uri().toString())) {
                server.post("/v1/embeddings", """
                        {"model":"openai/text-embedding-3-small","input":"What nobody may read"}""");
            }

            Span call = ofKind(collector, SpanKind.SPAN_KIND_SERVER).getFirst();
            Span attempt = ofKind(collector, SpanKind.SPAN_KIND_CLIENT).getFirst();
            assertThat(call.getName()).isEqualTo("embeddings openai/text-embedding-3-small");
            assertThat(attempt.getName()).isEqualTo("embeddings text-embedding-3-small");
            for (Span span : List.of(call, attempt)) {
                assertThat(Collector.attributes(span.getAttributesList()))
                        .containsEntry("gen_ai.operation.name", "embeddings")
                        .containsEntry("gen_ai.response.model", "text-embedding-3-small")
                        .doesNotContainKey("gen_ai.request.max_tokens");
            }
        }
    }

    private static TestServer serverTelling(String endpoint) {
        return TestServer.start("[sanitization]\nenabled = true\n[telemetry]\notlp_endpoint = \"" + endpoint + "\"\n");
    }

    @Test
    void aCollectorGetsTheSpansAndMetricsOfCalls() {
        try (Collector collector = Collector.start()) {
            try (TestServer server = serverTelling(collector.uri().toString())) {
                server.openAi.enqueue(Reply.failure(503));
                server.post(CHAT, body("openai/gpt-4o"), "traceparent", PARENT, "x-request-id", "req-traced");
            }

            assertThat(collector.resource()).containsEntry("service.name", "llm-gateway");
            Span call = ofKind(collector, SpanKind.SPAN_KIND_SERVER).getFirst();
            List<Span> attempts = ofKind(collector, SpanKind.SPAN_KIND_CLIENT);
            assertThat(hex(call.getTraceId().toByteArray())).isEqualTo(TRACE);
            assertThat(hex(call.getParentSpanId().toByteArray())).isEqualTo("00f067aa0ba902b7");
            assertThat(call.getName()).isEqualTo("chat openai/gpt-4o");
            assertThat(Collector.attributes(call.getAttributesList()))
                    .containsEntry("gen_ai.provider.name", "anthropic")
                    .containsEntry("gen_ai.request.model", "openai/gpt-4o")
                    .containsKeys("gen_ai.response.model", "gen_ai.usage.input_tokens", "llm_gateway.request.id");
            assertThat(attempts)
                    .hasSize(2)
                    .allSatisfy(attempt -> assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId()));
            assertThat(attempts)
                    .extracting(attempt ->
                            Collector.attributes(attempt.getAttributesList()).get("gen_ai.provider.name"))
                    .containsExactlyInAnyOrder("openai", "anthropic");
            assertThat(collector.metrics())
                    .extracting(Metric::getName)
                    .contains(
                            "gen_ai.client.operation.duration",
                            "gen_ai.client.token.usage",
                            "gen_ai.server.request.duration");
            assertThat(collector.spans().toString() + collector.metrics())
                    .doesNotContain("nobody may read", "sk-test", "sk-ant-test");
        }
    }

    @Test
    void secretsInTheNamesOfModelsAreInNoSpanAndNoMetric() {
        String token = "gh" + "p_" + "a1B2c3D4".repeat(5);
        try (Collector collector = Collector.start()) {
            String metrics;
            try (TestServer server = serverTelling(collector.uri().toString())) {
                assertThat(server.post(CHAT, body("openai/" + token)).statusCode())
                        .isEqualTo(200);
                metrics = server.get("/metrics").body();
            }

            Span call = ofKind(collector, SpanKind.SPAN_KIND_SERVER).getFirst();
            Span attempt = ofKind(collector, SpanKind.SPAN_KIND_CLIENT).getFirst();
            assertThat(Collector.attributes(call.getAttributesList()))
                    .containsEntry("gen_ai.request.model", "openai/[REDACTED:api_key]")
                    .containsEntry("gen_ai.response.model", "[REDACTED:api_key]");
            assertThat(Collector.attributes(attempt.getAttributesList()))
                    .containsEntry("gen_ai.request.model", "[REDACTED:api_key]");
            assertThat(collector.spans().toString() + collector.metrics() + metrics)
                    .doesNotContain(token);
        }
    }

    @Test
    void providersAreToldOfTheAttemptThatTheyAnswer() {
        try (Collector collector = Collector.start()) {
            ReceivedRequest sent;
            try (TestServer server = serverTelling(collector.uri() + "/")) {
                server.post(CHAT, body("openai/gpt-4o"), "traceparent", PARENT, "tracestate", "congo=t61rcWkgMzE");
                sent = server.openAi.requests().getFirst();
            }

            Span attempt = ofKind(collector, SpanKind.SPAN_KIND_CLIENT).getFirst();
            assertThat(sent.header("traceparent"))
                    .isEqualTo("00-" + TRACE + "-" + hex(attempt.getSpanId().toByteArray()) + "-01");
            assertThat(sent.header("tracestate")).isEqualTo("congo=t61rcWkgMzE");
        }
    }

    @Test
    void withoutAnEndpointTheCallersContextIsHandedOnAndAMalformedOneIsNot() {
        try (TestServer server = TestServer.start()) {
            server.post(CHAT, body("openai/gpt-4o"), "traceparent", PARENT, "tracestate", "congo=t61rcWkgMzE");
            server.post(CHAT, body("openai/gpt-4o"), "traceparent", "00-" + TRACE + "-what-01");
            server.post(CHAT, body("openai/gpt-4o"), "traceparent", PARENT, "traceparent", PARENT);

            List<ReceivedRequest> sent = server.openAi.requests();
            assertThat(sent.getFirst().header("traceparent")).isEqualTo(PARENT);
            assertThat(sent.getFirst().header("tracestate")).isEqualTo("congo=t61rcWkgMzE");
            assertThat(sent.subList(1, 3))
                    .allSatisfy(
                            request -> assertThat(request.header("traceparent")).isNull());
        }
    }

    @Test
    void aCollectorThatIsGoneOrSilentFailsNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            for (String endpoint : List.of("http://127.0.0.1:1", "http://127.0.0.1:" + silent.getLocalPort())) {
                try (TestServer server = serverTelling(endpoint)) {
                    for (int i = 0; i < 20; i++) {
                        HttpResponse<String> answer = server.post(CHAT, body("openai/gpt-4o"));
                        assertThat(answer.statusCode()).isEqualTo(200);
                    }
                }
            }
        }
    }

    private static List<Span> ofKind(Collector collector, SpanKind kind) {
        return collector.spans().stream().filter(span -> span.getKind() == kind).toList();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
