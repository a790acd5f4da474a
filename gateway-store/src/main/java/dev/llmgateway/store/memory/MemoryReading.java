package dev.llmgateway.store.memory;

import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls that were kept at some moment. */
record MemoryReading(List<CallRecord> calls) implements RecordReading {

    @Override
    public List<CallRecord> list(RecordQuery query, @Nullable RecordCursor after, int limit) {
        return calls.stream()
                .filter(call -> query.matches(call) && (after == null || after.isBefore(call)))
                .sorted(RecordCursor.NEWEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public List<SumRow> sums(RecordQuery query, RecordSums wanted) {
        Map<Group, Sums> groups = new HashMap<>();
        for (CallRecord call : calls) {
            int period = query.matches(call) && wanted.wants(call) ? period(wanted.edges(), call.at()) : -1;
            if (period >= 0) {
                groups.computeIfAbsent(Group.of(period, wanted, call), group -> new Sums())
                        .add(call);
            }
        }
        return groups.entrySet().stream()
                .sorted(Comparator.comparing(group -> -group.getValue().requests()))
                .limit(MOST_ROWS)
                .sorted(Comparator.comparing(group -> group.getKey().period))
                .map(group ->
                        group.getValue().toRow(group.getKey().period, group.getKey().values, wanted.withLatencies()))
                .toList();
    }

    /** Which period a moment is in; -1 when in none. */
    private static int period(List<Instant> edges, Instant at) {
        if (edges.isEmpty()) {
            return 0;
        }
        int found = Collections.binarySearch(edges, at);
        int period = found >= 0 ? found : -found - 2;
        return period < edges.size() - 1 ? period : -1;
    }

    private record Group(int period, List<@Nullable String> values) {

        static Group of(int period, RecordSums wanted, CallRecord call) {
            List<@Nullable String> values = new ArrayList<>();
            wanted.by().forEach(dimension -> values.add(dimension.of(call)));
            return new Group(period, values);
        }
    }
}
