package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.ir.Usage;
import io.micrometer.core.instrument.MeterRegistry;

/** Counters of tokens by their direction, {@code input} or {@code output}, and the provider. Thread safe. */
final class TokenMeters {

    private final Counters counters;

    TokenMeters(MeterRegistry registry, String name, String description) {
        this.counters = new Counters(registry, name, description, "direction", "provider");
    }

    void add(String provider, Usage usage) {
        counters.of("input", provider).increment(usage.totalInput());
        counters.of("output", provider).increment(usage.output());
    }
}
