package dev.llmgateway.resilience.hedge;

import java.time.Duration;

/**
 * When a second target is asked.
 *
 * @param delay how long the first target may take before the second is asked; zero asks both at once
 * @param maxExtraPercent what second requests may cost, in percent of what all calls cost within an hour, 0 to 100
 * @param maxCallsInFlight with so many calls in the gateway at the same time, or more, none gets a second request; at least 1
 */
public record HedgeSettings(Duration delay, int maxExtraPercent, int maxCallsInFlight) {

    /** After 300 ms, for up to 10 % more, while fewer than 512 calls run. */
    public static final HedgeSettings DEFAULT = new HedgeSettings(Duration.ofMillis(300), 10, 512);

    /** @throws IllegalArgumentException when a value is out of its range */
    public HedgeSettings {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("the hedge delay is " + delay + ": it must not be negative");
        }
        if (maxExtraPercent < 0 || maxExtraPercent > 100) {
            throw new IllegalArgumentException(
                    "max extra percent is " + maxExtraPercent + ": it must be between 0 and 100");
        }
        if (maxCallsInFlight < 1) {
            throw new IllegalArgumentException(
                    "max calls in flight is " + maxCallsInFlight + ": it must be at least 1");
        }
    }

    /** The same after another delay. */
    public HedgeSettings withDelay(Duration other) {
        return new HedgeSettings(other, maxExtraPercent, maxCallsInFlight);
    }

    /** The same with another limit of the cost. */
    public HedgeSettings withMaxExtraPercent(int percent) {
        return new HedgeSettings(delay, percent, maxCallsInFlight);
    }

    /** The same with another number of calls from which on the gateway counts as busy. */
    public HedgeSettings withMaxCallsInFlight(int calls) {
        return new HedgeSettings(delay, maxExtraPercent, calls);
    }
}
