package dev.llmgateway.resilience.window;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was added up lately, in equal slots that are used in turn. Thread safe, without locks; what is added while a slot is
 * taken into use again may be lost when it belongs to the turn before, which is over.
 */
public final class RecentSum {

    private record Slot(long turn, LongAdder sum) {}

    private final AtomicReferenceArray<Slot> slots;
    private final long slotNanos;
    private final long start;

    /**
     * Nothing yet.
     *
     * @param window how long what was added counts, give or take a slot
     * @param slots into how many parts it is cut, at least 1
     * @param now the present tick, in nanoseconds
     */
    public RecentSum(Duration window, int slots, long now) {
        this.slots = new AtomicReferenceArray<>(slots);
        slotNanos = window.toNanos() / slots;
        start = now;
    }

    /** Adds {@code amount} at the tick {@code now}. */
    public void add(long amount, long now) {
        long turn = turn(now);
        int place = (int) (turn % slots.length());
        Slot slot = slots.get(place);
        while (slot == null || slot.turn < turn) {
            slots.compareAndSet(place, slot, new Slot(turn, new LongAdder()));
            slot = slots.get(place);
        }
        slot.sum.add(amount);
    }

    /** What was added within the window. */
    public long sum(long now) {
        long turn = turn(now);
        long sum = 0;
        for (int place = 0; place < slots.length(); place++) {
            Slot slot = slots.get(place);
            sum += slot != null && turn - slot.turn < slots.length() ? slot.sum.sum() : 0;
        }
        return sum;
    }

    private long turn(long now) {
        return Math.max(0, now - start) / slotNanos;
    }
}
