package dev.llmgateway.resilience;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Ticker;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches all running calls against time with one thread. It looks at every call some twenty times a second, so a limit
 * is noticed up to 50 ms late, never early; in return a call pays a few writes to memory per event, where a timer entry per
 * wait would cost a lock and a wake-up. Thread safe.
 */
public final class DeadlineTimer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DeadlineTimer.class.getName());
    private static final Duration RESOLUTION = Duration.ofMillis(50);

    private final Ticker ticker;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A timer without a thread: somebody calls {@link #tick}. */
    DeadlineTimer(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Starts a timer on the JVM's own ticks. */
    public static DeadlineTimer start() {
        return start(Ticker.system());
    }

    /**
     * Starts a timer.
     *
     * @param ticker the gateway's own, because calls' deadlines are its ticks
     */
    public static DeadlineTimer start(Ticker ticker) {
        DeadlineTimer timer = new DeadlineTimer(ticker);
        Thread.ofPlatform().daemon().name("llm-gateway-deadlines").start(timer::run);
        return timer;
    }

    Ticker ticker() {
        return ticker;
    }

    /** Begins to watch a call until {@link #forget}; {@code cancellation} is cancelled when a limit passes. */
    Watch watch(Cancellation cancellation, String provider, long callDeadline) {
        Watch watch = new Watch(cancellation, provider, callDeadline);
        watches.add(watch);
        return watch;
    }

    void forget(Watch watch) {
        watches.remove(watch);
    }

    /** How many calls are watched now. */
    public int watched() {
        return watches.size();
    }

    /** Ends the calls whose time is up. */
    void tick() {
        long now = ticker.read();
        for (Watch watch : watches) {
            try {
                if (watch.endIfLate(now)) {
                    watches.remove(watch);
                }
            } catch (RuntimeException e) {
                watches.remove(watch);
                LOG.log(Level.ERROR, "a call could not be ended at its deadline", e);
            }
        }
    }

    private void run() {
        while (!closed) {
            tick();
            try {
                Thread.sleep(RESOLUTION);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Stops the thread; limits are no longer enforced. Idempotent. */
    @Override
    public void close() {
        closed = true;
    }
}
