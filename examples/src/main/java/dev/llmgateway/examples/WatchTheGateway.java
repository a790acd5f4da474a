package dev.llmgateway.examples;

import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.telemetry.metrics.Meters;
import dev.llmgateway.telemetry.otel.GenAiTelemetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/**
 * An application's own Micrometer registry counts what its gateway does, and its own OpenTelemetry gets a span of each call
 * and of each request to a provider. {@code examples/run WatchTheGateway}
 */
public final class WatchTheGateway {

    private WatchTheGateway() {}

    public static void main(String[] args) {
        ask(ExampleProvider.open());
    }

    static void ask(Provider provider) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (OpenTelemetrySdk openTelemetry = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(new PrintsSpans()))
                        .build())
                .build()) {
            Gateway.Builder builder = Gateway.builder().provider(provider);
            new Meters(registry).watch(builder);
            GenAiTelemetry.of(openTelemetry).watch(builder);
            try (Gateway gateway = builder.build()) {
                gateway.chat(
                        ChatRequest.builder("gpt-5.4-mini").user("Say hello!").build());
            }
        }
        for (Counter counter : registry.get("gateway.tokens").counters()) {
            System.out.println(counter.getId().getTag("direction") + " tokens: " + (long) counter.count());
        }
    }

    /** Stands for an exporter. */
    private static final class PrintsSpans implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            for (SpanData span : spans) {
                System.out.println(span.getKind() + " " + span.getName());
            }
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
