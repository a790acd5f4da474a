package dev.llmgateway.server.metrics;

import dev.llmgateway.ir.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counters of tokens by their direction, {@code input} or {@code output}, and the provider. Thread safe. */
final class TokenMeters {

    private record Labels(String direction, String provider) {}

    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final Map<Labels, Counter> counters = new ConcurrentHashMap<>();

    TokenMeters(MeterRegistry registry, String name, String description) {
        this.registry = registry;
        this.name = name;
        this.description = description;
    }

    void add(String provider, Usage usage) {
        counter("input", provider).increment(usage.totalInput());
        counter("output", provider).increment(usage.output());
    }

    private Counter counter(String direction, String provider) {
        return counters.computeIfAbsent(new Labels(direction, provider), this::register);
    }

    private Counter register(Labels labels) {
        return Counter.builder(name)
                .description(description)
                .tags("direction", labels.direction, "provider", labels.provider)
                .register(registry);
    }
}
