package dev.llmgateway.providers.simulated;

import java.time.Duration;

/**
 * How fast an answer arrives.
 *
 * @param beforeFirst the wait before the first byte of the answer
 * @param between the wait before each later event or chunk
 */
public record Pace(Duration beforeFirst, Duration between) {

    /** No wait at all. */
    public static final Pace NONE = new Pace(Duration.ZERO, Duration.ZERO);

    /** @throws IllegalArgumentException when a duration is negative */
    public Pace {
        if (beforeFirst.isNegative() || between.isNegative()) {
            throw new IllegalArgumentException("a pace cannot be negative: " + beforeFirst + ", " + between);
        }
    }

    /** The first byte at once, then one event or chunk per interval. */
    public static Pace every(Duration interval) {
        return new Pace(Duration.ZERO, interval);
    }

    /** Everything at once after the given wait. */
    public static Pace after(Duration latency) {
        return new Pace(latency, Duration.ZERO);
    }
}
