package dev.llmgateway.server;

import dev.llmgateway.store.postgres.DatabaseException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** Removes records that are old enough, at the start and then once an hour, on a thread of its own. */
final class Retention implements AutoCloseable {

    private static final Logger LOG = System.getLogger("dev.llmgateway");

    private static final Duration PAUSE = Duration.ofHours(1);

    private final ToLongFunction<Instant> prune;
    private final Period keep;
    private final InstantSource clock;
    private final CountDownLatch isClosed = new CountDownLatch(1);

    private Retention(ToLongFunction<Instant> prune, Period keep, InstantSource clock) {
        this.prune = prune;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * Starts the thread.
     *
     * @param prune removes what was recorded before a moment, and returns how much that was
     */
    static Retention start(ToLongFunction<Instant> prune, Period keep, InstantSource clock) {
        Retention retention = new Retention(prune, keep, clock);
        Thread.ofPlatform().name("llm-gateway-retention").daemon().start(retention::run);
        return retention;
    }

    private void run() {
        try {
            do {
                prune();
            } while (!isClosed.await(PAUSE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void prune() {
        try {
            long removed = prune.applyAsLong(clock.instant().minus(keep));
            if (removed > 0) {
                LOG.log(Level.INFO, removed + " records older than " + keep.getDays() + " days were removed");
            }
        } catch (DatabaseException e) {
            LOG.log(
                    Level.WARNING,
                    "old records could not be removed; this is tried again in an hour: " + e.getMessage());
        }
    }

    /** Begins no further removal. */
    @Override
    public void close() {
        isClosed.countDown();
    }
}
