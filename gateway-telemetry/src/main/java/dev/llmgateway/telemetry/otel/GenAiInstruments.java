package dev.llmgateway.telemetry.otel;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.List;

/**
 * The instruments of OpenTelemetry's conventions: {@code gen_ai.client.*} measures what the gateway asks of providers, each
 * attempt by itself, {@code gen_ai.server.*} what the gateway's callers ask of it. The buckets are the conventions'.
 */
final class GenAiInstruments {

    private static final List<Double> DURATIONS =
            List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

    private static final List<Double> FIRST_TOKEN =
            List.of(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    private static final List<Double> PER_TOKEN =
            List.of(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5);

    private static final List<Long> TOKENS = List.of(
            1L,
            4L,
            16L,
            64L,
            256L,
            1_024L,
            4_096L,
            16_384L,
            65_536L,
            262_144L,
            1_048_576L,
            4_194_304L,
            16_777_216L,
            67_108_864L);

    private static final double NANOS = 1e9;

    final DoubleHistogram clientDuration;
    final DoubleHistogram clientFirstChunk;
    final LongHistogram clientTokens;
    final DoubleHistogram serverDuration;
    final DoubleHistogram serverFirstToken;
    final DoubleHistogram serverPerToken;

    GenAiInstruments(Meter meter) {
        clientDuration = seconds(meter, "gen_ai.client.operation.duration", "GenAI operation duration", DURATIONS);
        clientFirstChunk = seconds(
                meter,
                "gen_ai.client.operation.time_to_first_chunk",
                "Time from a streamed request to the first chunk of its answer",
                DURATIONS);
        clientTokens = meter.histogramBuilder("gen_ai.client.token.usage")
                .ofLongs()
                .setUnit("{token}")
                .setDescription("Number of input and output tokens used")
                .setExplicitBucketBoundariesAdvice(TOKENS)
                .build();
        serverDuration = seconds(
                meter, "gen_ai.server.request.duration", "Time from a request to the end of its answer", DURATIONS);
        serverFirstToken = seconds(
                meter,
                "gen_ai.server.time_to_first_token",
                "Time from a streamed request to the first content of its answer",
                FIRST_TOKEN);
        serverPerToken = seconds(
                meter,
                "gen_ai.server.time_per_output_token",
                "Mean time between the tokens of a streamed answer after the first",
                PER_TOKEN);
    }

    private static DoubleHistogram seconds(Meter meter, String name, String description, List<Double> buckets) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(buckets)
                .build();
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
