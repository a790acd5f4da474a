package dev.llmgateway.telemetry.otel;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.TraceContext;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.providers.Providers;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Collection;
import java.util.List;

/** A gateway in front of two simulated providers, and the spans and measurements that it makes. */
final class Traced implements AutoCloseable {

    static final TraceContext CALLERS =
            new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1, "congo=t61rcWkgMzE");

    final SimulatedProvider first = SimulatedProvider.start();
    final SimulatedProvider second = SimulatedProvider.start();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
    final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(metrics).build())
            .build();
    final Gateway gateway = GenAiTelemetry.of(sdk)
            .watch(Gateway.builder()
                    .provider(Providers.local("first", first.uri() + "/v1"))
                    .provider(Providers.local("second", second.uri() + "/v1")))
            .build();

    static ChatRequest request(String model) {
        return ChatRequest.builder(model).user("What nobody may read").build();
    }

    /** Asks as a part of the caller's trace. */
    void chat(String model) {
        gateway.chat(request(model), CallOptions.builder().trace(CALLERS).build());
    }

    /** Asks, and takes it when there is no answer. */
    void tryToChat(String model) {
        try {
            chat(model);
        } catch (GatewayException expected) {
            // Spans tell of it.
        }
    }

    List<SpanData> spans() {
        return spans.getFinishedSpanItems();
    }

    SpanData call() {
        return ofKind(SpanKind.INTERNAL).getFirst();
    }

    List<SpanData> attempts() {
        return ofKind(SpanKind.CLIENT);
    }

    private List<SpanData> ofKind(SpanKind kind) {
        return spans().stream().filter(span -> span.getKind() == kind).toList();
    }

    List<HistogramPointData> points(String metric) {
        return collected().stream()
                .filter(data -> data.getName().equals(metric))
                .flatMap(data -> data.getHistogramData().getPoints().stream())
                .toList();
    }

    Collection<MetricData> collected() {
        return metrics.collectAllMetrics();
    }

    @Override
    public void close() {
        gateway.close();
        sdk.close();
        first.close();
        second.close();
    }
}
