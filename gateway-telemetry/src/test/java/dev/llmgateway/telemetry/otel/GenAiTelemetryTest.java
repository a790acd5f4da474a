package dev.llmgateway.telemetry.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.providers.Providers;
import dev.llmgateway.providers.simulated.Reply;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GenAiTelemetryTest {

    private final Traced traced = new Traced();

    @AfterEach
    void stop() {
        traced.close();
    }

    @Test
    void aCallIsASpanWithAClientsSpanOfItsAttemptBelow() {
        traced.chat("gpt-5.4");

        SpanData call = traced.call();
        SpanData attempt = traced.attempts().getFirst();
        assertThat(call.getName()).isEqualTo("chat gpt-5.4");
        assertThat(call.getTraceId()).isEqualTo(Traced.CALLERS.traceId());
        assertThat(call.getParentSpanId()).isEqualTo(Traced.CALLERS.spanId());
        assertThat(attempt.getName()).isEqualTo("chat gpt-5.4");
        assertThat(attempt.getTraceId()).isEqualTo(Traced.CALLERS.traceId());
        assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(attempt.getAttributes().asMap())
                .containsEntry(GenAi.OPERATION, "chat")
                .containsEntry(GenAi.PROVIDER, "local")
                .containsEntry(GenAi.REQUEST_MODEL, "gpt-5.4")
                .containsEntry(GenAi.RESPONSE_MODEL, "gpt-5.4")
                .containsEntry(GenAi.API_TYPE, "chat_completions")
                .containsEntry(GenAi.SERVER_ADDRESS, "127.0.0.1")
                .containsEntry(GenAi.SERVER_PORT, (long) traced.first.port())
                .containsKeys(GenAi.INPUT_TOKENS, GenAi.OUTPUT_TOKENS, GenAi.FINISH_REASONS, GenAi.REQUEST_ID)
                .doesNotContainKey(GenAi.ERROR);
    }

    @Test
    void theProviderIsToldOfTheAttemptsSpanAndTheCallersState() {
        traced.chat("gpt-5.4");

        var sent = traced.first.requests().getFirst();
        String attempt = traced.attempts().getFirst().getSpanId();
        assertThat(sent.header("traceparent")).isEqualTo("00-" + Traced.CALLERS.traceId() + "-" + attempt + "-01");
        assertThat(sent.header("tracestate")).isEqualTo(Traced.CALLERS.state());
    }

    @Test
    void withoutTelemetryTheCallersTraceGoesToTheProviderAsItCame() {
        try (Gateway plain = Gateway.builder()
                .provider(Providers.local("first", traced.first.uri() + "/v1"))
                .build()) {
            plain.chat(
                    Traced.request("gpt-5.4"),
                    CallOptions.builder().trace(Traced.CALLERS).build());
            plain.chat(Traced.request("gpt-5.4"));
        }

        var sent = traced.first.requests();
        assertThat(sent.getFirst().header("traceparent")).isEqualTo(Traced.CALLERS.header());
        assertThat(sent.getFirst().header("tracestate")).isEqualTo(Traced.CALLERS.state());
        assertThat(sent.getLast().header("traceparent")).isNull();
    }

    @Test
    void anOpenTelemetryThatDoesNothingHandsTheCallersTraceOnAsItCame() {
        try (Gateway silent = GenAiTelemetry.of(OpenTelemetry.noop())
                .watch(Gateway.builder().provider(Providers.local("first", traced.first.uri() + "/v1")))
                .build()) {
            silent.chat(
                    Traced.request("gpt-5.4"),
                    CallOptions.builder().trace(Traced.CALLERS).build());
        }

        assertThat(traced.first.requests().getFirst().header("traceparent")).isEqualTo(Traced.CALLERS.header());
    }

    @Test
    void aCallThatNamesNoTraceIsAPartOfTheCallingThreadsSpan() {
        Span own = traced.sdk.getTracer("application").spanBuilder("order").startSpan();
        try (Scope ignored = own.makeCurrent()) {
            traced.gateway.chat(Traced.request("gpt-5.4"));
        } finally {
            own.end();
        }

        assertThat(traced.call().getParentSpanId())
                .isEqualTo(own.getSpanContext().getSpanId());
    }

    @Test
    void eachAttemptHasASpanAndTheFailedOneSaysWhy() {
        traced.first.enqueue(Reply.failure(503));

        traced.chat("gpt-5.4");

        assertThat(traced.attempts()).hasSize(2);
        SpanData failed = traced.attempts().getFirst();
        assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(failed.getStatus().getDescription()).isEmpty();
        assertThat(failed.getAttributes().get(GenAi.ERROR)).startsWith("provider_");
        assertThat(traced.call().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(traced.call().getAttributes().get(GenAi.ERROR)).isNull();
        assertThat(traced.points("gen_ai.client.operation.duration"))
                .extracting(point -> point.getAttributes().get(GenAi.ERROR))
                .containsExactlyInAnyOrder(failed.getAttributes().get(GenAi.ERROR), null);
    }

    @Test
    void aCallThatFailsHasASpanToo() {
        traced.first.enqueue(Reply.failure(500));
        traced.second.enqueue(Reply.failure(500));

        traced.tryToChat("gpt-5.4");

        assertThat(traced.call().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(traced.call().getAttributes().get(GenAi.ERROR)).startsWith("provider_");
    }

    @Test
    void aStreamThatItsReaderLeavesEndsItsSpansAsCancelled() {
        try (ChatStream stream = traced.gateway.stream(Traced.request("gpt-5.4"))) {
            stream.next();
        }

        assertThat(traced.spans()).hasSize(2).allSatisfy(span -> {
            assertThat(span.getAttributes().get(GenAi.ERROR)).isEqualTo("cancelled");
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        });
    }

    @Test
    void tokensAndTimesOfAStreamAreMeasured() {
        traced.gateway.stream(Traced.request("gpt-5.4")).collect();

        assertThat(traced.points("gen_ai.client.token.usage"))
                .extracting(point -> point.getAttributes().get(GenAi.TOKEN_TYPE), HistogramPointData::getCount)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("input", 1L),
                        org.assertj.core.groups.Tuple.tuple("output", 1L));
        assertThat(traced.points("gen_ai.client.token.usage"))
                .allSatisfy(point -> assertThat(point.getBoundaries())
                        .startsWith(1.0, 4.0, 16.0)
                        .endsWith(67_108_864.0));
        assertThat(traced.points("gen_ai.client.operation.time_to_first_chunk")).hasSize(1);
        assertThat(traced.points("gen_ai.server.request.duration")).hasSize(1);
        assertThat(traced.points("gen_ai.server.time_to_first_token")).hasSize(1);
        assertThat(traced.points("gen_ai.server.time_per_output_token")).hasSize(1);
    }

    @Test
    void nothingOfWhatIsSaidIsTold() {
        traced.first.enqueue(Reply.failure(400));
        traced.tryToChat("gpt-5.4");
        traced.chat("gpt-5.4");

        assertThat(traced.spans().toString()).doesNotContain("nobody may read", "You said");
        assertThat(traced.collected().toString()).doesNotContain("nobody may read", "You said");
    }

    @Test
    void namesThatCallersInventMakeABoundedNumberOfSeriesAndSpanNames() {
        for (int i = 0; i < 300; i++) {
            traced.chat("invented-" + i);
        }

        assertThat(traced.points("gen_ai.client.operation.duration")).hasSize(101);
        assertThat(traced.points("gen_ai.server.request.duration")).hasSize(101);
        assertThat(traced.spans().stream().map(SpanData::getName).distinct()).hasSize(101);
    }
}
