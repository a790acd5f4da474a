package dev.llmgateway.resilience.limits;

import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.RateLimits.Limit;
import java.time.Duration;

/** Whether a call is let in. */
sealed interface Admission {

    /** What its tenant may still ask for. */
    RateLimits left();

    /**
     * Let in: to be given back, once, by {@link TenantUse#settle}.
     *
     * @param use where it is counted
     * @param tokens how many are set aside for it
     * @param at the tick since when
     */
    record Admitted(TenantUse use, long tokens, long at, RateLimits left) implements Admission {}

    /**
     * Not let in now; nothing was counted.
     *
     * @param limit the limit that takes the longest to be free
     * @param most how high it is
     * @param pause until it may be free
     */
    record Refused(Limit limit, long most, Duration pause, RateLimits left) implements Admission {}

    /**
     * Never to be let in: the prompt alone is more than may be used in a minute.
     *
     * @param tokens of the prompt
     * @param most tokens per minute
     */
    record TooLarge(long tokens, long most, RateLimits left) implements Admission {}
}
