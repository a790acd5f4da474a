package dev.llmgateway.server;

import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseException;
import dev.llmgateway.store.postgres.PostgresRecordStore;
import dev.llmgateway.store.postgres.PostgresShadowStore;
import dev.llmgateway.store.postgres.PostgresSignalStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Removes what is old enough, at the start and then once an hour, on a thread of its own. */
final class Retention implements AutoCloseable {

    private static final Logger LOG = System.getLogger("dev.llmgateway");

    private static final Duration PAUSE = Duration.ofHours(1);

    private final List<Aging> kinds;
    private final Period keep;
    private final InstantSource clock;
    private final CountDownLatch isClosed = new CountDownLatch(1);

    private Retention(List<Aging> kinds, Period keep, InstantSource clock) {
        this.kinds = kinds;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * Something that gets old.
     *
     * @param name what it is, for people
     * @param prune removes what is from before a moment, and returns how much that was
     */
    private record Aging(String name, ToLongFunction<Instant> prune) {}

    /** Starts the thread for the tables of a database that grow with the calls; null when all is kept for ever. */
    static @Nullable Retention start(Database database, @Nullable Period keep, InstantSource clock) {
        if (keep == null) {
            return null;
        }
        List<Aging> kinds = List.of(
                new Aging("records", new PostgresRecordStore(database)::prune),
                new Aging("reports about quality", new PostgresSignalStore(database)::prune),
                new Aging("results of shadow traffic", new PostgresShadowStore(database)::prune));
        Retention retention = new Retention(kinds, keep, clock);
        Thread.ofPlatform().name("llm-gateway-retention").daemon().start(retention::run);
        return retention;
    }

    private void run() {
        try {
            do {
                Instant before = clock.instant().minus(keep);
                kinds.forEach(kind -> prune(kind, before));
            } while (!isClosed.await(PAUSE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void prune(Aging kind, Instant before) {
        try {
            long removed = kind.prune.applyAsLong(before);
            if (removed > 0) {
                LOG.log(Level.INFO, removed + " " + kind.name + " older than " + keep.getDays() + " days were removed");
            }
        } catch (DatabaseException e) {
            LOG.log(
                    Level.WARNING,
                    "old " + kind.name + " could not be removed; this is tried again in an hour: " + e.getMessage());
        }
    }

    /** Begins no further removal. */
    @Override
    public void close() {
        isClosed.countDown();
    }
}
