package dev.llmgateway.resilience.circuit;

import java.time.Duration;

/**
 * When a circuit opens, for how long, and how carefully it is tried afterwards.
 *
 * @param failureThreshold failures within the window that open it, 1 to {@value #MOST}
 * @param failureWindow how long a failure counts, over zero and up to a day
 * @param openDuration how long it stays open before it is tried, over zero and up to a day
 * @param halfOpenMaxConcurrent calls at a time that may try it, 1 to {@value #MOST}
 */
public record CircuitPolicy(
        int failureThreshold, Duration failureWindow, Duration openDuration, int halfOpenMaxConcurrent) {

    /** The highest number of failures, and of probes: a circuit remembers each of them. */
    public static final int MOST = 10_000;

    private static final Duration LONGEST = Duration.ofDays(1);

    /** Opens at 5 failures in 60 s for 30 s, then one call at a time tries. */
    public static final CircuitPolicy DEFAULT = new CircuitPolicy(5, Duration.ofSeconds(60), Duration.ofSeconds(30), 1);

    /**
     * A policy.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    public CircuitPolicy {
        requireCount("failure threshold", failureThreshold);
        requireDuration("failure window", failureWindow);
        requireDuration("open duration", openDuration);
        requireCount("number of probes at a time", halfOpenMaxConcurrent);
    }

    private static void requireCount(String name, int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("the " + name + " is " + count + ": it must be 1 to " + MOST);
        }
    }

    private static void requireDuration(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the " + name + " is " + duration + ": it must be longer than zero and at most a day");
        }
    }
}
