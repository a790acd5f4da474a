package dev.llmgateway.api.records;

import java.time.Instant;
import java.util.List;

/**
 * Which sums are wanted.
 *
 * @param edges the moments at which periods begin and end, rising: each period is from one edge to before the next. One period
 *     or more, so two edges or more; empty for one period that is as long as the query's
 * @param by calls with the same values of these are one sum; empty for one sum of all
 */
public record RecordSums(List<Instant> edges, List<Dimension> by) {

    /** One sum of all. */
    public static final RecordSums TOTAL = new RecordSums(List.of(), List.of());

    /** @throws IllegalArgumentException when there is one edge only, or they do not rise */
    public RecordSums {
        edges = List.copyOf(edges);
        by = List.copyOf(by);
        if (edges.size() == 1) {
            throw new IllegalArgumentException("one edge makes no period");
        }
        for (int i = 1; i < edges.size(); i++) {
            if (!edges.get(i - 1).isBefore(edges.get(i))) {
                throw new IllegalArgumentException("edges must rise: " + edges.get(i - 1) + ", " + edges.get(i));
            }
        }
    }

    /** Sums of the whole time, told apart by these. */
    public static RecordSums by(Dimension... dimensions) {
        return new RecordSums(List.of(), List.of(dimensions));
    }

    /** The same for each of these periods. */
    public RecordSums inPeriods(List<Instant> moments) {
        return new RecordSums(moments, by);
    }
}
