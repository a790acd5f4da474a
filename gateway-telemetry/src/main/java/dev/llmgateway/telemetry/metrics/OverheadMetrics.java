package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.spi.RecordSink;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Measures what the gateway itself takes of each call, from the records of calls. Thread safe. */
public final class OverheadMetrics implements RecordSink {

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250)
    };

    private final Timer overhead;

    public OverheadMetrics(Meters meters) {
        this.overhead = Timer.builder("gateway.overhead")
                .description("What the gateway itself took of a call")
                .serviceLevelObjectives(BUCKETS)
                .register(meters.registry());
    }

    @Override
    public void accept(RecordEntry entry) {
        switch (entry) {
            case FinishedCall call -> overhead.record(call.record().times().gateway());
            case LateCharge ignored -> {}
        }
    }
}
