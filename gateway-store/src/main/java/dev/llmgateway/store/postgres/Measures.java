package dev.llmgateway.store.postgres;

import dev.llmgateway.ir.Usage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is summed up of calls: the same columns in {@code record_totals}, {@code record_deltas} and {@code record_sums}. */
final class Measures {

    private static final String FIRST = "first_at";
    private static final String LAST = "last_at";

    private static final String LATENCIES = "latencies";

    private static final List<String> COUNTED = List.of(
            "requests",
            "succeeded",
            "mitigated",
            "aborted",
            "input_tokens",
            "cached_tokens",
            "cache_write_5m_tokens",
            "cache_write_1h_tokens",
            "output_tokens",
            "reasoning_tokens",
            "cost_usd");

    /** Where sums of tokens stop: what adds them up is wider than the columns, and than a {@code long}. */
    private static final Set<String> BOUNDED =
            SpendRows.NAMES.stream().filter(name -> name.endsWith("_tokens")).collect(Collectors.toUnmodifiableSet());

    private static final List<String> ADDED =
            Stream.concat(COUNTED.stream(), Stream.of(LATENCIES)).toList();

    /** Their names, as a statement lists them. */
    static final String NAMES = names(true);

    /** Their sums, by the same names. */
    static final String SUMS = sums(true);

    /** Adds what could not be inserted to the row of {@code record_sums} that is there. */
    static final String ADD = ADDED.stream()
                    .map(name -> name + " = " + bounded(name, "record_sums." + name + " + excluded." + name))
                    .collect(Collectors.joining(", "))
            + ", first_at = least(record_sums.first_at, excluded.first_at)"
            + ", last_at = greatest(record_sums.last_at, excluded.last_at)";

    /** Takes it away instead; when the first call began is not known then. */
    static final String SUBTRACT = ADDED.stream()
            .map(name -> name + " = record_sums." + name + " - excluded." + name)
            .collect(Collectors.joining(", "));

    private Measures() {}

    private static List<String> added(boolean withLatencies) {
        return withLatencies ? ADDED : COUNTED;
    }

    /** Their names, as a statement lists them; latencies are by far the dearest to add. */
    static String names(boolean withLatencies) {
        return String.join(", ", added(withLatencies)) + ", " + FIRST + ", " + LAST;
    }

    /** Their sums, by the same names. */
    static String sums(boolean withLatencies) {
        return added(withLatencies).stream()
                        .map(name -> bounded(name, "sum(" + name + ")") + " as " + name)
                        .collect(Collectors.joining(", "))
                + ", min(" + FIRST + ") as " + FIRST + ", max(" + LAST + ") as " + LAST;
    }

    private static String bounded(String name, String sum) {
        return BOUNDED.contains(name) ? "least(" + sum + ", " + Usage.MOST + ")" : sum;
    }
}
