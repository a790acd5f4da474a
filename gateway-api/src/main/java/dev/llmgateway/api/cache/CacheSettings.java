package dev.llmgateway.api.cache;

import java.time.Duration;

/**
 * What a cache may keep.
 *
 * @param maxEntries how many answers, at least 1
 * @param maxBytes how much memory they may take together, at least 1; estimated, and by no means too low
 * @param ttl how long an answer is good, longer than zero
 * @param temperatureThreshold the highest temperature of a request whose answer is kept, 0 to 2. A request without one asks
 *     at the provider's default, which is 1
 */
public record CacheSettings(int maxEntries, long maxBytes, Duration ttl, double temperatureThreshold) {

    /** A thousand answers in 64 MiB, for an hour, up to a temperature of 0.3. */
    public static final CacheSettings DEFAULT = new CacheSettings(1_000, 64L * 1024 * 1024, Duration.ofHours(1), 0.3);

    /** @throws IllegalArgumentException when one of them is out of its range */
    public CacheSettings {
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries is " + maxEntries + ": it must be at least 1");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + ": it must be at least 1");
        }
        if (ttl.isZero() || ttl.isNegative()) {
            throw new IllegalArgumentException("ttl is " + ttl + ": it must be longer than zero");
        }
        if (!(temperatureThreshold >= 0 && temperatureThreshold <= 2)) {
            throw new IllegalArgumentException(
                    "temperatureThreshold is " + temperatureThreshold + ": it must be from 0 to 2");
        }
    }

    /** The same for at most so many answers. */
    public CacheSettings withMaxEntries(int entries) {
        return new CacheSettings(entries, maxBytes, ttl, temperatureThreshold);
    }

    /** The same in at most so much memory. */
    public CacheSettings withMaxBytes(long bytes) {
        return new CacheSettings(maxEntries, bytes, ttl, temperatureThreshold);
    }

    /** The same for so long. */
    public CacheSettings withTtl(Duration time) {
        return new CacheSettings(maxEntries, maxBytes, time, temperatureThreshold);
    }

    /** The same up to this temperature. */
    public CacheSettings withTemperatureThreshold(double temperature) {
        return new CacheSettings(maxEntries, maxBytes, ttl, temperature);
    }
}
