package dev.llmgateway.resilience.hedge;

import dev.llmgateway.resilience.window.RecentSum;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What second requests have cost within the last hour, and what they may: a percentage of what all calls have cost in that
 * time. Any unit, as long as it is the same for both. Thread safe; counting a call takes no lock.
 */
final class ExtraSpend {

    static final Duration WINDOW = Duration.ofHours(1);

    private static final int SLOTS = 60;
    private static final int ALL = 100;

    private final int percent;
    private final RecentSum calls;
    private final RecentSum extra;
    private final ReentrantLock spending = new ReentrantLock();

    /** Nothing is spent. */
    ExtraSpend(int percent, long now) {
        this.percent = percent;
        calls = new RecentSum(WINDOW, SLOTS, now);
        extra = new RecentSum(WINDOW, SLOTS, now);
    }

    /** A call costs this much. */
    void called(long amount, long now) {
        calls.add(amount, now);
    }

    /** Spends this much on a second request; false, and nothing is spent, when it would be too much. */
    boolean trySpend(long amount, long now) {
        spending.lock();
        try {
            if ((extra.sum(now) + amount) * ALL > calls.sum(now) * percent) {
                return false;
            }
            extra.add(amount, now);
            return true;
        } finally {
            spending.unlock();
        }
    }
}
