package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.spi.RecordSink;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Measures how soon answers begin, by the provider that answers, and what the gateway itself takes of a call. Thread safe. */
public final class TimeMetrics implements RecordSink {

    private static final Duration[] FIRST_TOKEN = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private static final Duration[] OVERHEAD = {
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250)
    };

    private final Meters meters;
    private final Map<String, Timer> firstToken = new ConcurrentHashMap<>();
    private final Timer overhead;

    public TimeMetrics(Meters meters) {
        this.meters = meters;
        this.overhead = Timer.builder("gateway.overhead")
                .description("What the gateway itself took of a call")
                .serviceLevelObjectives(OVERHEAD)
                .register(meters.registry());
    }

    @Override
    public void accept(RecordEntry entry) {
        switch (entry) {
            case FinishedCall call -> count(call.record());
            case LateCharge ignored -> {}
        }
    }

    private void count(CallRecord call) {
        overhead.record(call.times().gateway());
        @Nullable Duration ttft = call.times().ttft();
        CallRecord.Served served = call.served();
        if (ttft != null && served != null && call.path().attempts() > 0) {
            firstToken.computeIfAbsent(served.provider(), this::firstTokenTimer).record(ttft);
        }
    }

    private Timer firstTokenTimer(String provider) {
        return Timer.builder("gateway.first.token")
                .description("Time from the request to the first content of its answer")
                .serviceLevelObjectives(FIRST_TOKEN)
                .tags("provider", provider)
                .register(meters.registry());
    }
}
