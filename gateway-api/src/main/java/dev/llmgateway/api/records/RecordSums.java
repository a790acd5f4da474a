package dev.llmgateway.api.records;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sums are wanted.
 *
 * @param edges the moments at which periods begin and end, rising: each period is from one edge to before the next. One period
 *     or more, so two edges or more; empty for one period that is as long as the query's
 * @param by calls with the same values of these are one sum; empty for one sum of all
 * @param only the values of the first of these that are wanted, null for calls that have none; null for all values
 * @param withLatencies whether percentiles are wanted, which is dear; without, they are zero
 */
public record RecordSums(
        List<Instant> edges, List<Dimension> by, @Nullable List<@Nullable String> only, boolean withLatencies) {

    /** One sum of all. */
    public static final RecordSums TOTAL = new RecordSums(List.of(), List.of(), null, true);

    /** @throws IllegalArgumentException when there is one edge only, they do not rise, or values are of no dimension */
    public RecordSums {
        edges = List.copyOf(edges);
        by = List.copyOf(by);
        only = only == null ? null : Collections.unmodifiableList(new ArrayList<>(only));
        if (only != null && by.isEmpty()) {
            throw new IllegalArgumentException("values need a dimension that they are of");
        }
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
        return new RecordSums(List.of(), List.of(dimensions), null, true);
    }

    /** The same for each of these periods. */
    public RecordSums inPeriods(List<Instant> moments) {
        return new RecordSums(moments, by, only, withLatencies);
    }

    /** Those that have one of these values of the first dimension; null stands for calls that have none. */
    public RecordSums only(Collection<@Nullable String> values) {
        return new RecordSums(edges, by, new ArrayList<>(values), withLatencies);
    }

    /** The same without percentiles. */
    public RecordSums withoutLatencies() {
        return new RecordSums(edges, by, only, false);
    }

    /** Whether a call is in one of the sums, its time apart. */
    public boolean wants(CallRecord call) {
        return only == null || only.contains(by.getFirst().of(call));
    }
}
