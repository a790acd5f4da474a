package dev.llmgateway.bench.outage;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong during the load: the database is stopped for 20 s, and again later, and in the middle of the second time the
 * gateway is killed and started again.
 */
final class Outages implements Runnable {

    private static final Duration OUTAGE = Duration.ofSeconds(20);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);
    private static final int PAUSE_MILLIS = 200;

    private static final double FIRST = 0.25;
    private static final double SECOND = 0.6;

    /** When the database was away, by {@link System#nanoTime}. */
    record Span(long from, long to) {}

    private final OwnPostgres database;
    private final GatewayProcess gateway;
    private final PacedLoad load;
    private final Duration length;
    private final PrintStream progress;
    private volatile Span first = new Span(0, 0);
    private volatile long killed;
    private volatile @Nullable Exception failure;

    /** @param length how long the load takes, about */
    Outages(OwnPostgres database, GatewayProcess gateway, PacedLoad load, Duration length, PrintStream progress) {
        this.database = database;
        this.gateway = gateway;
        this.load = load;
        this.length = length;
        this.progress = progress;
    }

    @Override
    public void run() {
        long begin = System.nanoTime();
        try {
            sleepUntil(begin + (long) (FIRST * length.toNanos()));
            first = stopDatabase(() -> Thread.sleep(OUTAGE));
            sleepUntil(begin + (long) (SECOND * length.toNanos()));
            stopDatabase(() -> {
                Thread.sleep(OUTAGE.dividedBy(2));
                replaceGateway();
                Thread.sleep(OUTAGE.dividedBy(2));
            });
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What happens while the database is away. */
    @FunctionalInterface
    private interface Meanwhile {
        void run() throws IOException, InterruptedException;
    }

    private Span stopDatabase(Meanwhile meanwhile) throws IOException, InterruptedException {
        database.stop();
        long from = System.nanoTime();
        progress.println("the database is stopped, " + load.answered().size() + " calls are answered");
        meanwhile.run();
        progress.println(
                "the database is started again; records on disk: " + gateway.metric("gateway_records_spooled"));
        long to = System.nanoTime();
        database.start();
        return new Span(from, to);
    }

    private void replaceGateway() throws IOException, InterruptedException {
        progress.println("the gateway is killed; records on disk: " + gateway.metric("gateway_records_spooled"));
        killed = gateway.kill();
        load.hold();
        gateway.start();
        load.goOn();
        progress.println("the gateway is there again; records on disk: " + gateway.metric("gateway_records_spooled"));
    }

    private static void sleepUntil(long moment) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, moment - System.nanoTime())));
    }

    /**
     * Waits until nothing waits for the database, and returns how long that took.
     *
     * @throws IOException when it takes too long
     */
    Duration awaitDrained() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (gateway.metric("gateway_records_spooled") + gateway.metric("gateway_records_waiting") > 0) {
            if (System.nanoTime() - begin > DRAIN_LIMIT.toNanos()) {
                throw new IOException("records still wait after " + DRAIN_LIMIT.toSeconds() + " s");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** @throws IOException when something else went wrong than what was to */
    void check() throws IOException {
        if (failure != null) {
            throw new IOException("an outage could not be made: " + failure.getMessage(), failure);
        }
    }

    /** The first time that the database was away. */
    Span first() {
        return first;
    }

    /** When the gateway was killed, by {@link System#nanoTime}. */
    long killed() {
        return killed;
    }
}
