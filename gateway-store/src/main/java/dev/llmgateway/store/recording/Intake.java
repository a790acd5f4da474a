package dev.llmgateway.store.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A queue from many threads to one, which sleeps while it is empty. Giving takes no lock and never waits. */
final class Intake<T> {

    private final Queue<T> queue = new ConcurrentLinkedQueue<>();

    /** The reader while it sleeps. */
    private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();

    void give(T item) {
        queue.add(item);
        wake();
    }

    /** Wakes the reader if it sleeps. */
    void wake() {
        if (sleeper.get() != null) {
            LockSupport.unpark(sleeper.getAndSet(null));
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Takes what was given first; for the reader. */
    List<T> next(int most) {
        List<T> batch = new ArrayList<>();
        T item = queue.poll();
        while (item != null) {
            batch.add(item);
            item = batch.size() < most ? queue.poll() : null;
        }
        return batch;
    }

    /** Sleeps until there is something, or this is so and the reader was woken, or for no reason; for the reader. */
    void sleep(BooleanSupplier isOver) {
        sleeper.set(Thread.currentThread());
        if (queue.isEmpty() && !isOver.getAsBoolean()) {
            LockSupport.park(this);
        }
        sleeper.set(null);
    }
}
