package dev.llmgateway.resilience.circuit;

import java.util.Arrays;

/**
 * The ticks of the failures that still count. Takes room for as many as there were at a time, never for more than count.
 * Ticks may wrap around, so they are only ever subtracted. For one thread at a time.
 */
final class FailureWindow {

    private static final int FIRST_SIZE = 4;

    /** A ring: the oldest at {@code head}. */
    private long[] ticks = new long[FIRST_SIZE];

    private int head;
    private int size;

    /** Notes a failure; of more than {@code most} the oldest is forgotten. */
    void add(long now, long windowNanos, int most) {
        forget(now, windowNanos);
        while (size >= most) {
            drop();
        }
        if (size == ticks.length) {
            grow(most);
        }
        ticks[(head + size) % ticks.length] = now;
        size++;
    }

    /** How many there were less than {@code windowNanos} ago. */
    int count(long now, long windowNanos) {
        forget(now, windowNanos);
        return size;
    }

    /** Forgets all of them, and the room. */
    void clear() {
        ticks = new long[FIRST_SIZE];
        head = 0;
        size = 0;
    }

    private void forget(long now, long windowNanos) {
        while (size > 0 && now - ticks[head] >= windowNanos) {
            drop();
        }
    }

    private void drop() {
        head = (head + 1) % ticks.length;
        size--;
    }

    private void grow(int most) {
        int length = ticks.length;
        long[] larger = Arrays.copyOfRange(ticks, head, head + Math.max(length + 1, Math.min(2 * length, most)));
        System.arraycopy(ticks, 0, larger, length - head, head);
        ticks = larger;
        head = 0;
    }
}
