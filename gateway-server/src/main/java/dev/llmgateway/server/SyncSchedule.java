package dev.llmgateway.server;

import dev.llmgateway.routing.sync.CatalogSync;
import dev.llmgateway.routing.sync.ProviderSync;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * Syncs the catalog again and again, in the background: at once, so that models which only their provider knows can be asked
 * for, and then after every interval, give or take a tenth, so that many gateways do not ask together. A provider that fails
 * is told in the log once, until it answers again.
 */
final class SyncSchedule implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.llmgateway");
    private static final double SPREAD = 0.1;

    private final CatalogSync sync;
    private final Duration interval;
    private final Pause pause;
    private final DoubleSupplier random;
    private final Set<String> failing = new HashSet<>();
    private final Thread thread;

    private volatile boolean closed;

    /** Lets time pass. */
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    private SyncSchedule(CatalogSync sync, Duration interval, Pause pause, DoubleSupplier random) {
        this.sync = sync;
        this.interval = interval;
        this.pause = pause;
        this.random = random;
        this.thread = Thread.ofVirtual().name("llm-gateway-catalog-sync").unstarted(this::run);
    }

    /**
     * Begins in the background.
     *
     * @param interval zero for never
     */
    static SyncSchedule start(CatalogSync sync, Duration interval) {
        return start(sync, interval, Thread::sleep, RandomGenerator.getDefault()::nextDouble);
    }

    /** @param random from 0 to 1 */
    static SyncSchedule start(CatalogSync sync, Duration interval, Pause pause, DoubleSupplier random) {
        SyncSchedule schedule = new SyncSchedule(sync, interval, pause, random);
        if (interval.isPositive()) {
            schedule.thread.start();
        }
        return schedule;
    }

    private void run() {
        try {
            while (!closed) {
                syncOnce();
                pause.of(next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration next() {
        double factor = 1 - SPREAD + 2 * SPREAD * random.getAsDouble();
        return Duration.ofMillis(Math.round(interval.toMillis() * factor));
    }

    /** Nothing that goes wrong in one sync may end the schedule. */
    private void syncOnce() {
        try {
            for (ProviderSync result : sync.sync().providers()) {
                if (!closed) {
                    tell(result);
                }
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The catalog could not be synced", e);
        }
    }

    private void tell(ProviderSync result) {
        String provider = result.provider();
        if (result.error() == null) {
            if (failing.remove(provider)) {
                LOG.log(Level.INFO, "Catalog sync: provider \"" + provider + "\" lists its models again");
            }
        } else if (failing.add(provider)) {
            LOG.log(Level.WARNING, "Catalog sync: " + result.error() + "; its models stay as they are");
        }
    }

    /** Ends the schedule and the sync that it runs, without waiting for them. Idempotent. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
