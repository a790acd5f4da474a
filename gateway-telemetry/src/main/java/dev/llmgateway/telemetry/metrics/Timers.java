package dev.llmgateway.telemetry.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The histograms of one name, told apart by providers, which come from the configuration. Thread safe. */
final class Timers {

    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final Duration[] buckets;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    Timers(MeterRegistry registry, String name, String description, List<Duration> buckets) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.buckets = buckets.toArray(Duration[]::new);
    }

    void record(String provider, Duration duration) {
        Timer timer = timers.get(provider);
        if (timer == null) {
            timer = timers.computeIfAbsent(provider, this::register);
        }
        timer.record(duration);
    }

    private Timer register(String provider) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(buckets)
                .tags("provider", provider)
                .register(registry);
    }
}
