package dev.llmgateway.store.memory;

import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.Figures;
import dev.llmgateway.api.records.Impact;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.api.records.SumRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums some calls up, with exact percentiles. Not thread safe. */
final class Sums {

    private static final double HALF = 0.5;
    private static final double MOST = 0.95;

    private long requests;
    private long succeeded;
    private long mitigated;
    private long aborted;
    private Spend spend = Spend.NOTHING;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private long[] latencies = new long[16];

    void add(CallRecord call) {
        if (requests == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * latencies.length);
        }
        latencies[(int) requests] = call.times().latency().toNanos();
        requests++;
        succeeded += call.isSuccess() ? 1 : 0;
        mitigated += call.impact() == Impact.MITIGATED ? 1 : 0;
        aborted += call.end().status() == CallRecord.CLIENT_CLOSED_REQUEST ? 1 : 0;
        spend = spend.plus(call.spend());
        first = call.at().isBefore(first) ? call.at() : first;
        last = call.at().isAfter(last) ? call.at() : last;
    }

    long requests() {
        return requests;
    }

    /** The sum; at least one call must have been added. */
    SumRow toRow(int period, List<@Nullable String> values, boolean withLatencies) {
        return new SumRow(period, values, toFigures(withLatencies), first, last);
    }

    private Figures toFigures(boolean withLatencies) {
        long[] sorted = Arrays.copyOf(latencies, withLatencies ? (int) requests : 0);
        Arrays.sort(sorted);
        @Nullable Double cost = spend.costUsd();
        return new Figures(
                requests,
                succeeded,
                mitigated,
                aborted,
                spend.usage(),
                cost == null ? 0 : cost,
                percentile(sorted, HALF),
                percentile(sorted, MOST));
    }

    /** The smallest time that at least this part of the calls stayed within. */
    private static Duration percentile(long[] sorted, double part) {
        if (sorted.length == 0) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(part * sorted.length);
        return Duration.ofNanos(sorted[rank - 1]);
    }
}
