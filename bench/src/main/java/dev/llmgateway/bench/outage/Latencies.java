package dev.llmgateway.bench.outage;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * How long calls took, in milliseconds, while the database was away, and in the same time before and after that.
 *
 * @param running median with the database
 * @param stopped median without it
 */
record Latencies(double running, double stopped, double runningP99, double stoppedP99) {

    private static final double P99 = 0.99;

    static Latencies of(Collection<PacedLoad.Answered> answered, Outages.Span away) {
        long half = (away.to() - away.from()) / 2;
        Predicate<PacedLoad.Answered> during = call -> call.sent() - away.from() >= 0 && call.sent() - away.to() < 0;
        Predicate<PacedLoad.Answered> around =
                call -> call.sent() - away.from() >= -half && call.sent() - away.to() < half && !during.test(call);
        return new Latencies(
                percentile(answered, around, 0.5),
                percentile(answered, during, 0.5),
                percentile(answered, around, P99),
                percentile(answered, during, P99));
    }

    private static double percentile(
            Collection<PacedLoad.Answered> answered, Predicate<PacedLoad.Answered> which, double part) {
        double[] sorted = answered.stream()
                .filter(which)
                .mapToDouble(PacedLoad.Answered::millis)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) (part * (sorted.length - 1))];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "latency with the database %.2f ms (p99 %.1f), without %.2f ms (p99 %.1f): %.2f times (p99 %.2f times)",
                running,
                runningP99,
                stopped,
                stoppedP99,
                stopped / running,
                stoppedP99 / runningP99);
    }
}
