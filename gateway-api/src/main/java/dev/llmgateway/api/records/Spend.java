package dev.llmgateway.api.records;

import dev.llmgateway.ir.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What providers take for a call.
 *
 * @param usage the tokens that somebody has to pay for, of all tries together
 * @param costUsd in US dollars, by the prices of the time; of models without a price nothing is counted, and when no part has
 *     a price it is null
 * @param isEstimated whether part of the tokens is an estimate, since a provider did not report them
 */
public record Spend(Usage usage, @Nullable Double costUsd, boolean isEstimated) {

    /** Nothing was spent. */
    public static final Spend NOTHING = new Spend(Usage.ZERO, 0.0, false);

    /** Both together. */
    public Spend plus(Spend other) {
        if (equals(NOTHING)) {
            return other;
        }
        if (other.equals(NOTHING)) {
            return this;
        }
        return new Spend(sum(usage, other.usage), sum(costUsd, other.costUsd), isEstimated || other.isEstimated);
    }

    private static @Nullable Double sum(@Nullable Double one, @Nullable Double other) {
        return one == null ? other : other == null ? one : Double.valueOf(one + other);
    }

    private static Usage sum(Usage one, Usage other) {
        return new Usage(
                one.input() + other.input(),
                one.cacheRead() + other.cacheRead(),
                one.cacheWrite5m() + other.cacheWrite5m(),
                one.cacheWrite1h() + other.cacheWrite1h(),
                one.output() + other.output(),
                one.reasoning() + other.reasoning());
    }
}
