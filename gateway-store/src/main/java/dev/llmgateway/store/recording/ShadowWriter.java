package dev.llmgateway.store.recording;

import dev.llmgateway.api.records.ShadowResult;
import dev.llmgateway.api.spi.ShadowStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private final Batches<ShadowResult> batches;

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
        batches.give(result);
    }

    /** Again and again; the last time when this is closed. */
    private void write(List<ShadowResult> results) {
        boolean isFirst = true;
        boolean isLast = false;
        while (true) {
            try {
                store.append(results);
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
