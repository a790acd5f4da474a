package dev.llmgateway.resilience;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.resilience.window.RecentSum;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a whole gateway may spend on repeating calls, so that an outage does not multiply the traffic that meets it. A retry
 * is granted as long as those of the last {@value #WINDOW_SECONDS} seconds are fewer than a fifth of the calls in that time
 * and {@value #RESERVE} more, from which a gateway with little traffic lives. The shares are those of Finagle's
 * {@code RetryBudget}: 20 %, and 10 a second. Thread safe; counting a call takes no lock.
 */
public final class RetryBudget {

    static final int WINDOW_SECONDS = 10;
    static final int CALLS_PER_RETRY = 5;
    static final int RESERVE = 100;
    private static final int SLOTS = 10;

    private final Ticker ticker;
    private final RecentSum calls;
    private final RecentSum retries;
    private final ReentrantLock spending = new ReentrantLock();

    /** A budget of which nothing is spent. */
    public RetryBudget(Ticker ticker) {
        this.ticker = ticker;
        long now = ticker.read();
        calls = new RecentSum(Duration.ofSeconds(WINDOW_SECONDS), SLOTS, now);
        retries = new RecentSum(Duration.ofSeconds(WINDOW_SECONDS), SLOTS, now);
    }

    /** A target is asked for the first time. */
    void called() {
        calls.add(1, ticker.read());
    }

    /** Takes one retry out of the budget; false when it is spent. */
    boolean tryRetry() {
        spending.lock();
        try {
            long now = ticker.read();
            if (retries.sum(now) >= RESERVE + calls.sum(now) / CALLS_PER_RETRY) {
                return false;
            }
            retries.add(1, now);
            return true;
        } finally {
            spending.unlock();
        }
    }
}
