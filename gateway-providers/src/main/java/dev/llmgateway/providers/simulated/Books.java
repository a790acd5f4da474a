package dev.llmgateway.providers.simulated;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the latest bills, and counts all. Safe for use by several threads. */
final class Books {
    private final int limit;
    private final Deque<Bill> bills = new ArrayDeque<>();
    private long count;

    Books(int limit) {
        this.limit = limit;
    }

    synchronized void add(Bill bill) {
        count++;
        bills.addLast(bill);
        if (bills.size() > limit) {
            bills.removeFirst();
        }
    }

    synchronized List<Bill> bills() {
        return List.copyOf(bills);
    }

    synchronized long count() {
        return count;
    }
}
