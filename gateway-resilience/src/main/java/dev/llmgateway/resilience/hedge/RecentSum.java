package dev.llmgateway.resilience.hedge;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was added up lately, in sixty equal slots that are used in turn. Thread safe, without locks; what is added while a slot
 * is taken into use again may be lost when it belongs to the turn before, which is over.
 */
final class RecentSum {

    private static final int SLOTS = 60;

    private record Slot(long turn, LongAdder sum) {}

    private final AtomicReferenceArray<Slot> slots = new AtomicReferenceArray<>(SLOTS);
    private final long slotNanos;
    private final long start;

    /** Nothing yet; adds up what comes within {@code window}, give or take a sixtieth. */
    RecentSum(Duration window, long now) {
        slotNanos = window.toNanos() / SLOTS;
        start = now;
    }

    void add(long amount, long now) {
        long turn = turn(now);
        int place = (int) (turn % SLOTS);
        Slot slot = slots.get(place);
        while (slot == null || slot.turn < turn) {
            slots.compareAndSet(place, slot, new Slot(turn, new LongAdder()));
            slot = slots.get(place);
        }
        slot.sum.add(amount);
    }

    /** What was added within the window. */
    long sum(long now) {
        long turn = turn(now);
        long sum = 0;
        for (int place = 0; place < SLOTS; place++) {
            Slot slot = slots.get(place);
            sum += slot != null && turn - slot.turn < SLOTS ? slot.sum.sum() : 0;
        }
        return sum;
    }

    private long turn(long now) {
        return Math.max(0, now - start) / slotNanos;
    }
}
