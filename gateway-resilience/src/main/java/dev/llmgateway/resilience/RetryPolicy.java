package dev.llmgateway.resilience;

import java.time.Duration;
import java.util.Set;

/**
 * When, and how often, one target is asked again.
 *
 * @param maxAttempts tries in all, the first one included; at least 1, which means no retry
 * @param baseDelay the shortest wait, and the longest before the second try is three times that
 * @param maxDelay the longest wait; a provider that asks for more is not waited for
 * @param jitter whether waits are spread by decorrelated jitter; otherwise they double
 * @param statuses HTTP statuses that are worth another try
 * @param honorRetryAfter whether the wait that a provider asks for takes the place of the computed one
 */
public record RetryPolicy(
        int maxAttempts,
        Duration baseDelay,
        Duration maxDelay,
        boolean jitter,
        Set<Integer> statuses,
        boolean honorRetryAfter) {

    /** Three tries, 200 ms to 5 s apart, for statuses 408, 429, 500, 502, 503 and 504. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            3, Duration.ofMillis(200), Duration.ofSeconds(5), true, Set.of(408, 429, 500, 502, 503, 504), true);

    /**
     * A policy.
     *
     * @throws IllegalArgumentException when there is less than one attempt, a negative delay, or a base delay above the longest
     */
    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "max attempts is " + maxAttempts + ": the first try counts, so at least 1");
        }
        if (baseDelay.isNegative() || baseDelay.compareTo(maxDelay) > 0) {
            throw new IllegalArgumentException(
                    "the base delay is " + baseDelay + ": it must be between zero and the longest delay, " + maxDelay);
        }
        statuses = Set.copyOf(statuses);
    }

    /** The same with another number of tries. */
    public RetryPolicy withMaxAttempts(int attempts) {
        return new RetryPolicy(attempts, baseDelay, maxDelay, jitter, statuses, honorRetryAfter);
    }

    /** The same with other waits. */
    public RetryPolicy withDelays(Duration base, Duration longest) {
        return new RetryPolicy(maxAttempts, base, longest, jitter, statuses, honorRetryAfter);
    }
}
