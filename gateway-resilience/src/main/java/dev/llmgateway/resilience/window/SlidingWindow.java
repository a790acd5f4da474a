package dev.llmgateway.resilience.window;

import java.time.Duration;
import java.util.Arrays;

/**
 * Counts what was used within the last while, and says whether more fits under a limit. Time is cut into buckets, and a
 * bucket counts until all of it is older than the window, so what was used is counted for up to one bucket too long and
 * never too short: in no interval of the window's length, wherever it begins, is more than the limit added by {@link #tryAdd}.
 *
 * <p>Keeps only buckets in which something was used: up to one more than there are in a window. Ticks may wrap around,
 * and those that go back count as the latest one. For one thread at a time: its owner locks.
 */
public final class SlidingWindow {

    private static final int FIRST_CAPACITY = 4;

    private long limit;
    private final long bucketNanos;
    private final int bucketsInWindow;
    private final long origin;

    /** The numbers of the buckets in use, ascending, in the first {@link #size} places; what was used in each beside it. */
    private long[] numbers = new long[FIRST_CAPACITY];

    private long[] amounts = new long[FIRST_CAPACITY];
    private int size;
    private long used;
    private long latest;

    /**
     * An empty window.
     *
     * @param limit the most that fits, at least 1
     * @param window its length
     * @param buckets into how many parts time is cut per window, at least 1: more are more exact and take more memory
     * @param now the present tick, in nanoseconds
     * @throws IllegalArgumentException when the limit or the number of buckets is below 1, or the window is shorter than
     *     a nanosecond per bucket
     */
    public SlidingWindow(long limit, Duration window, int buckets, long now) {
        if (limit < 1 || buckets < 1 || window.toNanos() < buckets) {
            throw new IllegalArgumentException("a limit of " + limit + " per " + window + " in " + buckets
                    + " buckets: limit and buckets must be at least 1, a bucket at least a nanosecond");
        }
        this.limit = limit;
        this.bucketNanos = Math.ceilDiv(window.toNanos(), buckets);
        this.bucketsInWindow = buckets;
        this.origin = now;
    }

    private SlidingWindow(SlidingWindow from) {
        limit = from.limit;
        bucketNanos = from.bucketNanos;
        bucketsInWindow = from.bucketsInWindow;
        origin = from.origin;
        numbers = from.numbers.clone();
        amounts = from.amounts.clone();
        size = from.size;
        used = from.used;
        latest = from.latest;
    }

    /** A window of its own in which the same was used, under the same limit. */
    public SlidingWindow copy() {
        return new SlidingWindow(this);
    }

    /** The most that fits. */
    public long limit() {
        return limit;
    }

    /**
     * Sets another limit, from now on; what was used stays used.
     *
     * @throws IllegalArgumentException when below 1
     */
    public void limit(long other) {
        if (other < 1) {
            throw new IllegalArgumentException("a limit of " + other + ": it must be at least 1");
        }
        limit = other;
    }

    /** Adds all of {@code amount}, at least 0, or nothing if it does not fit. */
    public boolean tryAdd(long amount, long now) {
        advance(now);
        if (amount > limit - used) {
            return false;
        }
        add(amount);
        return true;
    }

    /** Whether {@code amount} would fit. */
    public boolean fits(long amount, long now) {
        advance(now);
        return amount <= limit - used;
    }

    /**
     * Corrects what was added at the tick {@code at}. Less than nothing is never left of it, and what the window has
     * forgotten is not corrected. More may be added than fits: it was used already. To count it for a whole window from
     * now on, say that it was used now.
     */
    public void adjust(long delta, long at) {
        long number = Math.floorDiv(at - origin, bucketNanos);
        if (number >= latest) {
            advance(at);
            add(Math.max(delta, -usedInLatest()));
            return;
        }
        int place = Arrays.binarySearch(numbers, 0, size, number);
        if (place >= 0) {
            long corrected = Math.max(delta, -amounts[place]);
            amounts[place] += corrected;
            used += corrected;
        }
    }

    /** What counts at the moment; above the limit when corrections made it so. */
    public long used(long now) {
        advance(now);
        return used;
    }

    /** What still fits, from 0 to the limit. */
    public long remaining(long now) {
        return Math.max(0, limit - used(now));
    }

    /**
     * How long until {@code amount} fits if nothing else is added; zero when it does now. What is more than the limit never
     * fits: for it, how long until the window is empty.
     */
    public Duration untilFree(long amount, long now) {
        advance(now);
        long over = used - Math.max(0, limit - amount);
        int place = -1;
        while (over > 0 && place + 1 < size) {
            place++;
            over -= amounts[place];
        }
        return place < 0 ? Duration.ZERO : Duration.ofNanos(forgottenAt(numbers[place]) - Math.max(0, now - origin));
    }

    private long usedInLatest() {
        return size > 0 && numbers[size - 1] == latest ? amounts[size - 1] : 0;
    }

    /** When a bucket stops to count, in nanoseconds from the origin. */
    private long forgottenAt(long number) {
        return (number + bucketsInWindow + 1) * bucketNanos;
    }

    private void advance(long now) {
        latest = Math.max(latest, Math.floorDiv(now - origin, bucketNanos));
        int old = 0;
        while (old < size && numbers[old] < latest - bucketsInWindow) {
            used -= amounts[old];
            old++;
        }
        if (old > 0) {
            size -= old;
            System.arraycopy(numbers, old, numbers, 0, size);
            System.arraycopy(amounts, old, amounts, 0, size);
        }
    }

    private void add(long amount) {
        if (amount == 0) {
            return;
        }
        used += amount;
        if (size > 0 && numbers[size - 1] == latest) {
            amounts[size - 1] += amount;
            return;
        }
        if (size == numbers.length) {
            int capacity = Math.min(2 * size, bucketsInWindow + 1);
            numbers = Arrays.copyOf(numbers, capacity);
            amounts = Arrays.copyOf(amounts, capacity);
        }
        numbers[size] = latest;
        amounts[size] = amount;
        size++;
    }
}
