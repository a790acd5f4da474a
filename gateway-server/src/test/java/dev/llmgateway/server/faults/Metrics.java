package dev.llmgateway.server.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The counters of a {@code /metrics} page, by their name with labels. */
record Metrics(Map<String, Double> values) {

    static Metrics parse(String page) {
        Map<String, Double> values = new HashMap<>();
        page.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int blank = line.lastIndexOf(' ');
            values.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
        });
        return new Metrics(values);
    }

    /** All counters together whose names begin so. */
    double sum(String prefix) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** What has grown since, of the counters whose names begin so; the model's label is left out. */
    Map<String, Double> growth(Metrics before, String prefix) {
        Map<String, Double> grown = new TreeMap<>();
        values.forEach((name, value) -> {
            double more = value - before.values.getOrDefault(name, 0.0);
            if (name.startsWith(prefix) && more != 0) {
                grown.merge(name.replaceAll("model=\"[^\"]*\",", ""), more, Double::sum);
            }
        });
        return grown;
    }
}
