package dev.llmgateway.bench.jmh;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.TraceContext;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.telemetry.metrics.Meters;
import dev.llmgateway.telemetry.otel.GenAiTelemetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What metrics and traces cost a call of a provider that answers from memory at once. Spans are made and thrown away: what
 * sends them runs on threads of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class TelemetryBenchmark {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("mock").user("Hello!").build();

    /** Who is told. */
    @Param({"none", "metrics", "noop", "traces"})
    public String told = "none";

    private final CallOptions options = CallOptions.builder()
            .trace(new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1, null))
            .build();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder().build())
            .setMeterProvider(SdkMeterProvider.builder().build())
            .build();
    private Gateway gateway = Gateway.builder().provider(new CannedProvider()).build();

    @Setup
    public void setUp() {
        Gateway.Builder builder = Gateway.builder().provider(new CannedProvider());
        switch (told) {
            case "metrics" -> new Meters(new SimpleMeterRegistry()).watch(builder);
            case "noop" -> GenAiTelemetry.of(OpenTelemetry.noop()).watch(builder);
            case "traces" -> GenAiTelemetry.of(sdk).watch(builder);
            default -> {}
        }
        gateway = builder.build();
    }

    @TearDown
    public void tearDown() {
        gateway.close();
        sdk.close();
    }

    /** An answer of six events, folded. */
    @Benchmark
    public ChatResponse chat() {
        return gateway.chat(REQUEST, options);
    }
}
