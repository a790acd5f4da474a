package dev.llmgateway.api.records;

import dev.llmgateway.ir.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The sum of some calls.
 *
 * @param requests how many they are
 * @param succeeded how many got an answer to its end
 * @param mitigated how many of these although a try had failed
 * @param aborted how many were left by their clients; the other calls failed
 * @param usage tokens, late charges included
 * @param costUsd in US dollars, late charges included; calls without a price count as nothing
 * @param p50 the latency that half of the calls stayed within; zero when there are no calls. Both are right to a tenth
 * @param p95 the latency that 95 % of the calls stayed within; zero when there are no calls
 */
public record Figures(
        long requests,
        long succeeded,
        long mitigated,
        long aborted,
        Usage usage,
        double costUsd,
        Duration p50,
        Duration p95) {

    /** No calls. */
    public static final Figures NONE = new Figures(0, 0, 0, 0, Usage.ZERO, 0, Duration.ZERO, Duration.ZERO);

    /** How many failed. */
    public long failed() {
        return requests - succeeded - aborted;
    }

    /** The part that succeeded of those that were not left by their clients, from 0 to 1; null when there are none. */
    public @Nullable Double successRate() {
        long ended = requests - aborted;
        return ended == 0 ? null : Double.valueOf((double) succeeded / ended);
    }
}
