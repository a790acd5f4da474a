package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.telemetry.ModelLabels;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** How circuits are, and how often they change. Thread safe. */
final class CircuitMeters {

    /** Models whose circuits have changed although they have no label of their own otherwise. */
    private static final int MOST_OTHERS = 100;

    private record Target(String provider, String model) {}

    private final MeterRegistry registry;
    private final ModelLabels models;
    private final Counters changes;
    private final Set<Target> others = ConcurrentHashMap.newKeySet();
    private final Map<Target, Gauge> gauges = new ConcurrentHashMap<>();

    CircuitMeters(MeterRegistry registry, ModelLabels models) {
        this.registry = registry;
        this.models = models;
        this.changes = new Counters(
                registry,
                "gateway.circuit.transitions",
                "Changes of circuits, by the state that they changed to",
                "provider",
                "model",
                "to");
    }

    /**
     * A circuit has changed. A name that never opened a circuit before, nor has a card or an answer, may get no label of its
     * own, and then no gauge.
     *
     * @param state what the gauge shows from now on
     */
    void changed(String provider, String model, String to, Supplier<Number> state) {
        Target target = new Target(provider, model);
        boolean isNamed = models.isKnown(provider, model)
                || others.contains(target)
                || (others.size() < MOST_OTHERS && others.add(target));
        if (isNamed) {
            gauges.computeIfAbsent(target, key -> gauge(key, state));
        }
        changes.of(provider, isNamed ? model : ModelLabels.OTHER, to).increment();
    }

    private Gauge gauge(Target target, Supplier<Number> state) {
        return Gauge.builder("gateway.circuit.state", state)
                .description("How a model that has failed is trusted: 0 closed, 1 half open, 2 open")
                .tags("provider", target.provider, "model", target.model)
                .register(registry);
    }
}
