package dev.llmgateway.store.recording;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Carries items from many threads to one of its own, which takes them in batches, in their order. Giving takes no lock and never
 * waits: what does not fit is dropped and counted. Thread safe.
 */
final class Batches<T> implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Batches.class.getName());

    private static final int MOST_IN_BATCH = 500;

    /** While there is work, batches are collected for so long, so that givers need not wake the thread for each item. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** So long {@link #close} waits for what was given before. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Intake<T> queue = new Intake<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();
    private final int most;
    private final Consumer<List<T>> taker;
    private final Thread thread;
    private volatile boolean isClosed;

    private Batches(String name, int most, Consumer<List<T>> taker) {
        this.most = most;
        this.taker = taker;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /**
     * Starts the thread.
     *
     * @param most how many items may wait
     * @param taker is given one or more items at a time; when it throws, those are lost
     */
    static <T> Batches<T> start(String name, int most, Consumer<List<T>> taker) {
        Batches<T> batches = new Batches<>(name, most, taker);
        batches.thread.start();
        return batches;
    }

    /** Gives an item, and returns whether there was room for it. */
    boolean give(T item) {
        if (isClosed || !hasRoom()) {
            dropped.increment();
            return false;
        }
        queue.give(item);
        return true;
    }

    private boolean hasRoom() {
        boolean fits = size.incrementAndGet() <= most;
        if (!fits) {
            size.decrementAndGet();
        }
        return fits;
    }

    /** How many items wait. */
    int waiting() {
        return size.get();
    }

    /** How many items were dropped or lost. */
    long dropped() {
        return dropped.sum();
    }

    private void run() {
        while (!isClosed || !queue.isEmpty()) {
            List<T> batch = queue.next(MOST_IN_BATCH);
            if (batch.isEmpty()) {
                queue.sleep(() -> isClosed);
            } else {
                take(batch);
                if (batch.size() < MOST_IN_BATCH && !isClosed) {
                    LockSupport.parkNanos(this, PAUSE.toNanos());
                }
            }
        }
    }

    private void take(List<T> batch) {
        try {
            taker.accept(batch);
        } catch (RuntimeException e) {
            dropped.add(batch.size());
            LOG.log(Level.WARNING, batch.size() + " items are lost", e);
        } finally {
            size.addAndGet(-batch.size());
        }
    }

    /** Waits a moment until everything that was given has been taken; nothing more is. Idempotent. */
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
