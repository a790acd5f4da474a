package dev.llmgateway.store.recording;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How much may be in memory at a time. Thread safe. */
final class Room {

    private final int mostItems;
    private final long mostBytes;
    private final AtomicInteger items = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Room(int mostItems, long mostBytes) {
        this.mostItems = mostItems;
        this.mostBytes = mostBytes;
    }

    /** Takes room for one more; a single large one may go beyond the bound. */
    boolean take(long size) {
        if (bytes.get() >= mostBytes) {
            return false;
        }
        if (items.incrementAndGet() > mostItems) {
            items.decrementAndGet();
            return false;
        }
        bytes.addAndGet(size);
        return true;
    }

    void giveBack(long size) {
        items.decrementAndGet();
        bytes.addAndGet(-size);
    }

    int items() {
        return items.get();
    }
}
