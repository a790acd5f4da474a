package dev.llmgateway.resilience;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The waits between the tries of one call. With jitter they are "decorrelated": each is drawn between the base and three
 * times the one before, so that calls that failed together do not come back together (Brooker, "Exponential Backoff And
 * Jitter", AWS Architecture Blog, 2015). For one thread.
 */
final class Backoff {

    private static final int SPREAD = 3;

    private final RetryPolicy policy;
    private final RandomGenerator random;
    private long previous;
    private boolean hasBegun;

    Backoff(RetryPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
        previous = policy.baseDelay().toNanos();
    }

    /** The next wait, between the base and the longest delay. */
    Duration next() {
        previous = Math.min(policy.maxDelay().toNanos(), policy.jitter() ? drawn() : doubled());
        hasBegun = true;
        return Duration.ofNanos(previous);
    }

    private long drawn() {
        long base = policy.baseDelay().toNanos();
        return base == 0 ? 0 : random.nextLong(base, SPREAD * previous + 1);
    }

    private long doubled() {
        return hasBegun ? 2 * previous : previous;
    }
}
