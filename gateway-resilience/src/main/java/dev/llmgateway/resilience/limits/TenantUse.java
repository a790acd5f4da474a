package dev.llmgateway.resilience.limits;

import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.RateLimits.Limit;
import dev.llmgateway.api.RateLimits.Window;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.resilience.window.SlidingWindow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant uses. All four limits are looked at under one lock, and a call takes from all of them or from none. Thread
 * safe; the lock is never held across anything that waits.
 */
final class TenantUse {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);
    /** A minute is counted in seconds, a day in ten minutes. */
    private static final int BUCKETS_PER_MINUTE = 60;

    private static final int BUCKETS_PER_DAY = 144;

    /** Nobody knows when a running call ends. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final Ticker ticker;
    private final SlidingWindow minute;
    private final SlidingWindow tokens;
    private final SlidingWindow day;
    private long running;
    private boolean forgotten;

    /** Nothing is used. */
    TenantUse(Ticker ticker) {
        this.ticker = ticker;
        long now = ticker.read();
        minute = new SlidingWindow(1, MINUTE, BUCKETS_PER_MINUTE, now);
        tokens = new SlidingWindow(1, MINUTE, BUCKETS_PER_MINUTE, now);
        day = new SlidingWindow(1, DAY, BUCKETS_PER_DAY, now);
    }

    private TenantUse(TenantUse from) {
        ticker = from.ticker;
        minute = from.minute.copy();
        tokens = from.tokens.copy();
        day = from.day.copy();
    }

    /** Another one that has used the same, but runs nothing. */
    synchronized TenantUse copy() {
        return new TenantUse(this);
    }

    /**
     * Lets a call in, or not.
     *
     * @param limits those that hold for it
     * @param prompt tokens of its prompt
     * @param output tokens to set aside for its answer, as far as the limit allows
     * @return null when this has been forgotten meanwhile
     */
    synchronized @Nullable Admission admit(Limits limits, long prompt, long output) {
        if (forgotten) {
            return null;
        }
        minute.limit(limits.requestsPerMinute());
        tokens.limit(limits.tokensPerMinute());
        day.limit(limits.requestsPerDay());
        long now = ticker.read();
        if (prompt > tokens.limit()) {
            return new Admission.TooLarge(prompt, tokens.limit(), left(now));
        }
        long reserved = Math.min(prompt + output, tokens.limit());
        boolean free = running < limits.concurrentRequests();
        if (!free || !minute.fits(1, now) || !tokens.fits(reserved, now) || !day.fits(1, now)) {
            return refusal(reserved, free, limits.concurrentRequests(), now);
        }
        minute.tryAdd(1, now);
        tokens.tryAdd(reserved, now);
        day.tryAdd(1, now);
        running++;
        return new Admission.Admitted(this, reserved, now, left(now));
    }

    private Admission.Refused refusal(long reserved, boolean free, long concurrent, long now) {
        Limit limit = Limit.CONCURRENT_REQUESTS;
        long most = concurrent;
        Duration wait = free ? Duration.ZERO : A_MOMENT;
        if (minute.untilFree(1, now).compareTo(wait) > 0) {
            limit = Limit.REQUESTS_PER_MINUTE;
            most = minute.limit();
            wait = minute.untilFree(1, now);
        }
        if (tokens.untilFree(reserved, now).compareTo(wait) > 0) {
            limit = Limit.TOKENS_PER_MINUTE;
            most = tokens.limit();
            wait = tokens.untilFree(reserved, now);
        }
        if (day.untilFree(1, now).compareTo(wait) > 0) {
            limit = Limit.REQUESTS_PER_DAY;
            most = day.limit();
            wait = day.untilFree(1, now);
        }
        return new Admission.Refused(limit, most, wait, left(now));
    }

    /** Of minute and day, the one of which fewer requests are left: it is the one that will stop the caller. */
    private RateLimits left(long now) {
        SlidingWindow tighter = day.remaining(now) < minute.remaining(now) ? day : minute;
        return new RateLimits(window(tighter, now), window(tokens, now));
    }

    private static Window window(SlidingWindow of, long now) {
        return new Window(of.limit(), of.remaining(now), of.untilFree(of.limit(), now));
    }

    /**
     * A call that was let in is over. What it did not use of its tokens is free again; what it used beyond them counts from
     * now on.
     *
     * @param used all tokens that it really used
     */
    synchronized void settle(Admission.Admitted admitted, long used) {
        running--;
        long more = used - admitted.tokens();
        tokens.adjust(more, more > 0 ? ticker.read() : admitted.at());
    }

    /** Whether calls run. */
    synchronized boolean isBusy() {
        return running > 0;
    }

    /** Lets go of it if nothing of it counts any more: from then on it admits nobody. */
    synchronized boolean forgetIfIdle() {
        long now = ticker.read();
        forgotten = running == 0 && minute.used(now) == 0 && tokens.used(now) == 0 && day.used(now) == 0;
        return forgotten;
    }
}
