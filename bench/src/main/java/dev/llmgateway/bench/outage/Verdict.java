package dev.llmgateway.bench.outage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What became of the answered calls.
 *
 * @param answered how many calls were answered
 * @param recorded how many of those are in the table
 * @param missing how many are not
 * @param missingAtKill how many of these were answered within 200 ms before the kill, or after it
 * @param oldest how long before the kill the first of the missing was answered, in milliseconds
 * @param twice how many are in the table more than once
 * @param others how many more calls are in the table: their clients got no answer
 */
record Verdict(int answered, int recorded, int missing, int missingAtKill, long oldest, int twice, int others) {

    /** So much may be lost when the gateway is killed. */
    static final long MAY_BE_LOST = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * Compares.
     *
     * @param table how often each call is in the table
     * @param killed when the gateway was killed, by {@link System#nanoTime}
     */
    static Verdict of(Collection<PacedLoad.Answered> answered, Map<String, Integer> table, long killed) {
        List<PacedLoad.Answered> missing = answered.stream()
                .filter(call -> !table.containsKey(call.requestId()))
                .toList();
        int recorded = answered.size() - missing.size();
        return new Verdict(
                answered.size(),
                recorded,
                missing.size(),
                (int) missing.stream()
                        .filter(call -> killed - call.done() <= MAY_BE_LOST)
                        .count(),
                missing.stream()
                        .mapToLong(call -> TimeUnit.NANOSECONDS.toMillis(killed - call.done()))
                        .max()
                        .orElse(0),
                (int) table.values().stream().filter(times -> times > 1).count(),
                table.size() - recorded);
    }

    /** Whether everything is there once that must be. */
    boolean isGood() {
        return twice == 0 && missing == missingAtKill;
    }

    @Override
    public String toString() {
        return """
                answered                              %,9d
                recorded                              %,9d
                missing                               %,9d
                  of which within 200 ms of the kill  %,9d
                  the first of them, ms before it     %,9d
                recorded twice                        %,9d
                recorded, but not answered            %,9d
                """.formatted(answered, recorded, missing, missingAtKill, oldest, twice, others);
    }
}
