package dev.llmgateway.store.recording;

import dev.llmgateway.api.records.ShadowResult;
import dev.llmgateway.api.spi.ShadowStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Gives what came of copied calls to a store, on a thread of its own. While the store is away, {@value #MOST_WAITING} results wait;
 * what does not fit is lost, and counted. Thread safe.
 */
public final class ShadowWriter implements Consumer<ShadowResult>, AutoCloseable {

    private static final Logger LOG = System.getLogger(ShadowWriter.class.getName());

    private static final int MOST_WAITING = 10_000;

    /** So long a store that failed is left alone. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final ShadowStore store;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Batches<Waiting> batches;

    /** Held while the store is at work for this. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile Era era = new Era();

    /** What comes between two times at which everything is forgotten. */
    private static final class Era {
        private final AtomicInteger waiting = new AtomicInteger();
    }

    private record Waiting(ShadowResult result, Era era) {}

    private ShadowWriter(ShadowStore store) {
        this.store = store;
        this.batches = Batches.start("llm-gateway-shadow-results", MOST_WAITING, this::write);
    }

    /** Starts to write into a store, which stays the caller's to close. */
    public static ShadowWriter start(ShadowStore store) {
        return new ShadowWriter(store);
    }

    @Override
    public void accept(ShadowResult result) {
        Era now = era;
        now.waiting.incrementAndGet();
        if (!batches.give(new Waiting(result, now))) {
            now.waiting.decrementAndGet();
        }
    }

    /**
     * Makes the store forget all results, and forgets those that wait for it, after those that are under way.
     *
     * @return how many they were
     * @throws RuntimeException when the store cannot forget now; then what waits goes on waiting
     */
    public long clear() {
        turn.lock();
        try {
            long stored = store.clear();
            int waiting = era.waiting.get();
            era = new Era();
            return stored + waiting;
        } finally {
            turn.unlock();
        }
    }

    /** Again and again; the last time when this is closed. */
    private void write(List<Waiting> results) {
        boolean isFirst = true;
        boolean isLast = false;
        while (true) {
            try {
                append(results);
                return;
            } catch (RuntimeException e) {
                if (isLast) {
                    throw e;
                }
                if (isFirst) {
                    LOG.log(Level.WARNING, "results of shadow traffic cannot be stored now, and wait", e);
                }
                isFirst = false;
                isLast = isClosedWithin(PAUSE);
            }
        }
    }

    private void append(List<Waiting> results) {
        turn.lock();
        try {
            List<ShadowResult> wanted = results.stream()
                    .filter(it -> it.era == era)
                    .map(Waiting::result)
                    .toList();
            if (!wanted.isEmpty()) {
                store.append(wanted);
                era.waiting.addAndGet(-wanted.size());
            }
        } finally {
            turn.unlock();
        }
    }

    private boolean isClosedWithin(Duration time) {
        try {
            return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** How many results were lost. */
    public long lost() {
        return batches.dropped();
    }

    /** Writes what was accepted before, for some seconds at most. */
    @Override
    public void close() {
        closing.countDown();
        batches.close();
    }
}
