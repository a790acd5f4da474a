package dev.llmgateway.store.postgres;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * How many calls took how long, as one number that {@code sum()} can add: each class of latencies has {@value #DIGITS} decimal
 * digits of it, the shortest the lowest. The classes are those of the function {@code record_latency}: the first begins at 0.01 ms,
 * each is {@value #STEP} times as wide as the one before it. So the middle of a class, by ratio, is less than a tenth away from
 * each latency in it.
 */
record LatencyHistogram(String digits) {

    private static final int DIGITS = 12;
    private static final double STEP = 1.2;
    private static final double FIRST_NANOS = 10_000;

    /** Of no calls. */
    static final LatencyHistogram NONE = new LatencyHistogram("0");

    /** The sum of single calls. */
    static LatencyHistogram of(BigDecimal sum) {
        return new LatencyHistogram(sum.toBigInteger().toString());
    }

    /** The smallest time that at least this part of the calls stayed within, to a tenth; zero when there are none. */
    Duration percentile(double part) {
        long rank = (long) Math.ceil(part * count());
        long seen = 0;
        for (int i = 0; i < classes(); i++) {
            seen += inClass(i);
            if (seen >= rank && rank > 0) {
                return Duration.ofNanos(Math.round(FIRST_NANOS * Math.pow(STEP, i + 0.5)));
            }
        }
        return Duration.ZERO;
    }

    private int classes() {
        return (digits.length() + DIGITS - 1) / DIGITS;
    }

    private long inClass(int i) {
        int end = digits.length() - i * DIGITS;
        return Long.parseLong(digits.substring(Math.max(0, end - DIGITS), end));
    }

    private long count() {
        long all = 0;
        for (int i = 0; i < classes(); i++) {
            all += inClass(i);
        }
        return all;
    }
}
