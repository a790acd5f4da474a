package dev.llmgateway.server.metrics;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Sends traces and metrics to a collector by OTLP over HTTP, on threads of its own. A collector that is slow or gone costs calls
 * nothing: up to 2,048 spans wait for it, what comes then is dropped, and of metrics the next report holds the sums. Thread safe.
 */
public final class OtlpExport implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration METRICS_EVERY = Duration.ofSeconds(30);
    private static final long LAST_WORDS_SECONDS = 2;
    private static final int MOST_WAITING = 2_048;

    private final OpenTelemetrySdk sdk;

    private OtlpExport(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    /**
     * Starts to send; nothing is sent before there is something to tell.
     *
     * @param endpoint the collector's base address, {@code http://localhost:4318} say, to which {@code /v1/traces} and {@code
     *     /v1/metrics} are added
     * @param version of the program
     */
    public static OtlpExport to(URI endpoint, String version) {
        String base = endpoint.toString().replaceFirst("/+$", "");
        Resource resource = Resource.getDefault().toBuilder()
                .put("service.name", "llm-gateway")
                .put("service.version", version)
                .put("service.instance.id", UUID.randomUUID().toString())
                .build();
        return new OtlpExport(OpenTelemetrySdk.builder()
                .setTracerProvider(traces(base + "/v1/traces", resource))
                .setMeterProvider(metrics(base + "/v1/metrics", resource))
                .build());
    }

    private static SdkTracerProvider traces(String endpoint, Resource resource) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint)
                .setTimeout(PATIENCE)
                .build();
        return SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(MOST_WAITING)
                        .setExporterTimeout(PATIENCE)
                        .build())
                .build();
    }

    private static SdkMeterProvider metrics(String endpoint, Resource resource) {
        OtlpHttpMetricExporter exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(endpoint)
                .setTimeout(PATIENCE)
                .build();
        return SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(PeriodicMetricReader.builder(exporter)
                        .setInterval(METRICS_EVERY)
                        .build())
                .build();
    }

    /** Sends what it is told. */
    public OpenTelemetry openTelemetry() {
        return sdk;
    }

    /** Sends what waits, unless that takes longer than two seconds. */
    @Override
    public void close() {
        sdk.shutdown().join(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    }
}
