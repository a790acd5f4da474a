package dev.llmgateway.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often something happened lately, in ten equal slots that are used in turn. A slot holds the number of its turn in its
 * upper half and the count in its lower, so that one compare-and-set both clears and counts. Thread safe, without locks.
 */
final class RecentCount {

    private static final int SLOTS = 10;
    private static final long COUNT = 0xFFFF_FFFFL;

    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);
    private final long slotNanos;
    private final long start;

    /** Nothing yet; counts what happens within {@code window}, give or take a tenth. */
    RecentCount(Duration window, long now) {
        slotNanos = window.toNanos() / SLOTS;
        start = now;
    }

    /** It happened once more. */
    void add(long now) {
        long turn = turn(now);
        int slot = (int) (turn % SLOTS);
        long seen;
        long counted;
        do {
            seen = slots.get(slot);
            counted = (seen >>> 32) >= turn ? seen + 1 : (turn << 32) | 1;
        } while (!slots.compareAndSet(slot, seen, counted));
    }

    /** How often it happened within the window. */
    long sum(long now) {
        long turn = turn(now);
        long sum = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            long seen = slots.get(slot);
            sum += turn - (seen >>> 32) < SLOTS ? seen & COUNT : 0;
        }
        return sum;
    }

    private long turn(long now) {
        return (Math.max(0, now - start) / slotNanos) & COUNT;
    }
}
