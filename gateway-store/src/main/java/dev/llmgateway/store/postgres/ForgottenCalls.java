package dev.llmgateway.store.postgres;

import dev.llmgateway.api.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls that are not recorded since all calls were forgotten after they had ended, and says so once a minute at most: by
 * clocks that disagree it may be calls that nobody wanted to forget. Thread safe.
 */
final class ForgottenCalls {

    private static final Logger LOG = System.getLogger(ForgottenCalls.class.getName());

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Ticker ticker;
    private final AtomicLong count = new AtomicLong();
    private @Nullable Long toldAt;
    private long told;

    ForgottenCalls(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Counts some more, or none. */
    void add(int calls) {
        count.addAndGet(calls);
        tell();
    }

    /** What could not be said for a while is said with the next batch, whatever that is. */
    private synchronized void tell() {
        long untold = count() - told;
        long now = ticker.read();
        if (untold == 0 || (toldAt != null && now - toldAt < PAUSE.toNanos())) {
            return;
        }
        LOG.log(
                Level.WARNING,
                untold
                        + " calls are not recorded: they ended before all calls were forgotten, by the clock of this gateway."
                        + " If that goes on, its clock is behind those of the database and of the other gateways");
        told += untold;
        toldAt = now;
    }

    /** How many there were. */
    long count() {
        return count.get();
    }
}
