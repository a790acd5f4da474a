package dev.llmgateway.telemetry.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The counters of one name, told apart by the values of up to three labels. Each is registered once and then found without
 * asking the registry. Whoever counts sees to it that the values are bounded. Thread safe.
 */
final class Counters {

    private record Values(String first, String second, String third) {}

    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final List<String> labels;
    private final Map<Values, Counter> counters = new ConcurrentHashMap<>();

    Counters(MeterRegistry registry, String name, String description, String... labels) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.labels = List.of(labels);
    }

    Counter of(String value) {
        return find(new Values(value, "", ""));
    }

    Counter of(String first, String second) {
        return find(new Values(first, second, ""));
    }

    Counter of(String first, String second, String third) {
        return find(new Values(first, second, third));
    }

    private Counter find(Values values) {
        Counter known = counters.get(values);
        return known != null ? known : counters.computeIfAbsent(values, this::register);
    }

    private Counter register(Values values) {
        List<String> inOrder = List.of(values.first, values.second, values.third);
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            tags.add(Tag.of(labels.get(i), inOrder.get(i)));
        }
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
