package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How far back a page of calls reaches. How often several values go together, and when, is not known to the planner, but to the
 * kept sums: they are asked about the last days, the two days before those, the four before those, and so on.
 *
 * @param from no call of the page began before this; null when that is not known
 * @param calls how many calls since then are meant
 */
record Reach(@Nullable Instant from, long calls) {

    static final String USUAL_PLAN = "set local enable_indexscan to default; set local enable_seqscan to default";

    /** By several indexes at once: good where values are frequent that seldom go together. */
    private static final String TOGETHER = "set local enable_indexscan to off; set local enable_seqscan to off";

    /** So many calls can be read and sorted quickly; more are gone through from the newest on until the page is full. */
    private static final long FEW = 20_000;

    private static final long DAY = Span.DAY.seconds();

    /**
     * Looks, if need be: calls with one value have an index of their own.
     *
     * @param limit how many calls the page has at most
     */
    static Reach of(Handle handle, RecordQuery query, @Nullable RecordCursor after, int limit) {
        if (query.values().size() < 2) {
            return new Reach(query.from(), Long.MAX_VALUE);
        }
        List<Instant> edges = edges(handle, query, after);
        long[] calls = edges.isEmpty() ? new long[0] : calls(handle, query, edges);
        long sum = 0;
        for (int period = calls.length - 1; period >= 0; period--) {
            sum += calls[period];
            if (sum >= limit) {
                return new Reach(edges.get(period), sum);
            }
        }
        return new Reach(query.from(), sum);
    }

    /** How calls are to be looked for. */
    String plan() {
        return calls < FEW ? TOGETHER : USUAL_PLAN;
    }

    /** When calls can have begun that the page may have. Those of the cursor's own moment are looked for, but not counted. */
    private static List<Instant> edges(Handle handle, RecordQuery query, @Nullable RecordCursor after) {
        Instant first = moment(handle, "min");
        Instant last = moment(handle, "max");
        if (first == null || last == null) {
            return List.of();
        }
        Instant start = query.from() != null && query.from().isAfter(first) ? query.from() : floor(first);
        Instant end = floor(last).plusSeconds(DAY);
        if (query.to() != null && query.to().isBefore(end)) {
            end = query.to();
        }
        if (after != null && after.at().isBefore(end)) {
            end = after.at();
        }
        return start.isBefore(end) ? edges(start, end) : List.of();
    }

    private static @Nullable Instant moment(Handle handle, String which) {
        return handle.createQuery("select " + which + "(at) from proxy_records")
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(OffsetDateTime::toInstant)
                .orElse(null);
    }

    /** All but the first and the last are begins of days, of which there are sums. */
    private static List<Instant> edges(Instant start, Instant end) {
        List<Instant> falling = new ArrayList<>(List.of(end));
        Instant edge = floor(end.minusNanos(1));
        for (long days = 1; edge.isAfter(start); days *= 2) {
            falling.add(edge);
            edge = edge.minusSeconds(days * DAY);
        }
        falling.add(start);
        Collections.reverse(falling);
        return falling;
    }

    private static Instant floor(Instant moment) {
        return Instant.ofEpochSecond(Span.DAY.floor(moment.getEpochSecond()));
    }

    private static long[] calls(Handle handle, RecordQuery query, List<Instant> edges) {
        RecordSums wanted = RecordSums.TOTAL.withoutLatencies().inPeriods(edges);
        long[] calls = new long[edges.size() - 1];
        for (SumRow row : Summing.sums(handle, query.between(edges.getFirst(), edges.getLast()), wanted)) {
            calls[row.period()] = row.figures().requests();
        }
        return calls;
    }
}
