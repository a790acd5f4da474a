package dev.llmgateway.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much may still be asked, as rate-limit headers tell it.
 *
 * @param requests null when they are not limited, or nothing is known
 * @param tokens null when they are not limited, or nothing is known
 */
public record RateLimits(
        @Nullable Window requests, @Nullable Window tokens) {

    /**
     * One limit.
     *
     * @param limit the most in a window, at least 0
     * @param remaining what is left of it now, from 0 to {@code limit}
     * @param reset until all of it is there again, never negative
     */
    public record Window(long limit, long remaining, Duration reset) {

        /** The part that is used, from 0 to 1; 1 where nothing is allowed at all. */
        public double used() {
            return limit <= 0 ? 1 : 1 - (double) remaining / limit;
        }
    }

    /** What a caller may have only so much of. */
    public enum Limit {
        REQUESTS_PER_MINUTE("rpm"),
        TOKENS_PER_MINUTE("tpm"),
        REQUESTS_PER_DAY("rpd"),
        CONCURRENT_REQUESTS("concurrent");

        private final String word;

        Limit(String word) {
            this.word = word;
        }

        /** The word for it in configuration files and metrics. */
        public String word() {
            return word;
        }
    }
}
