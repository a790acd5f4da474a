package dev.llmgateway.resilience.quota;

import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.routing.TargetState.Cause;
import dev.llmgateway.api.routing.TargetState.Strained;
import dev.llmgateway.api.routing.TargetState.Unavailable;
import dev.llmgateway.resilience.window.SlidingWindow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of one provider within the last minute. Thread safe; the state is read without a lock as long as the
 * provider is ready, which only use can change.
 */
final class MinuteUse {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** One second each: what was used counts for up to a second too long, and never too short. */
    private static final int BUCKETS = 60;

    /** How long a state that is not ready may be told from memory. */
    private static final long GLANCE_NANOS = Duration.ofMillis(100).toNanos();

    private final Ticker ticker;
    private final double threshold;
    private final SlidingWindow requests;
    private final SlidingWindow tokens;
    private volatile Glance latest;

    /** @param until the tick at which a state that is not ready has to be looked at again */
    private record Glance(TargetState state, long until) {}

    /**
     * Nothing is used.
     *
     * @param threshold the part of the quota from which the provider is strained
     */
    MinuteUse(ProviderQuota quota, double threshold, Ticker ticker) {
        this.ticker = ticker;
        this.threshold = threshold;
        long now = ticker.read();
        requests = new SlidingWindow(quota.rpm(), MINUTE, BUCKETS, now);
        tokens = new SlidingWindow(quota.tpm(), MINUTE, BUCKETS, now);
        latest = new Glance(TargetState.READY, now);
    }

    /** An attempt that was let in: so many tokens were set aside at this tick. */
    record Reservation(long tokens, long at) {}

    /**
     * Lets an attempt in, or not: null when it would be more than the quota. Of more tokens than the quota, all of it is set
     * aside.
     */
    synchronized @Nullable Reservation tryAdd(ProviderQuota quota, long wanted) {
        requests.limit(quota.rpm());
        tokens.limit(quota.tpm());
        long now = ticker.read();
        long reserved = Math.min(wanted, quota.tpm());
        if (!tokens.fits(reserved, now) || !requests.tryAdd(1, now)) {
            return null;
        }
        tokens.tryAdd(reserved, now);
        look(now);
        return new Reservation(reserved, now);
    }

    /** The attempt is over: what it did not use is free again, what it used beyond its reservation counts from now on. */
    synchronized void settle(Reservation reservation, long used) {
        long now = ticker.read();
        long more = used - reservation.tokens();
        tokens.adjust(more, more > 0 ? now : reservation.at());
        look(now);
    }

    /** Why an attempt that sets so many tokens aside is not let in now. */
    synchronized Unavailable refusal(long wanted) {
        long now = ticker.read();
        Duration forRequest = requests.untilFree(1, now);
        Duration forTokens = tokens.untilFree(Math.min(wanted, tokens.limit()), now);
        return forRequest.compareTo(forTokens) >= 0
                ? exhausted(forRequest, requests.limit(), "requests")
                : exhausted(forTokens, tokens.limit(), "tokens");
    }

    boolean isReady() {
        return latest.state() == TargetState.READY;
    }

    TargetState state() {
        Glance glance = latest;
        return glance.state() == TargetState.READY || ticker.read() - glance.until() < 0 ? glance.state() : look();
    }

    synchronized RateLimits left() {
        long now = ticker.read();
        return new RateLimits(window(requests, now), window(tokens, now));
    }

    synchronized boolean isIdle() {
        long now = ticker.read();
        return requests.used(now) == 0 && tokens.used(now) == 0;
    }

    private synchronized TargetState look() {
        return look(ticker.read());
    }

    /** For the owner of the lock. */
    private TargetState look(long now) {
        TargetState state = judge(now);
        long glance = state instanceof Unavailable until
                ? Math.min(GLANCE_NANOS, until.retryAfter().toNanos())
                : GLANCE_NANOS;
        latest = new Glance(state, now + glance);
        return state;
    }

    private TargetState judge(long now) {
        double ofRequests = (double) requests.used(now) / requests.limit();
        double ofTokens = (double) tokens.used(now) / tokens.limit();
        boolean moreRequests = ofRequests >= ofTokens;
        double most = moreRequests ? ofRequests : ofTokens;
        if (most < threshold && most < 1) {
            return TargetState.READY;
        }
        SlidingWindow fullest = moreRequests ? requests : tokens;
        String unit = moreRequests ? "requests" : "tokens";
        return most >= 1
                ? exhausted(fullest.untilFree(1, now), fullest.limit(), unit)
                : new Strained(
                        "has used " + (int) (most * 100) + " % of its " + fullest.limit() + " " + unit + " per minute");
    }

    private static Unavailable exhausted(Duration wait, long limit, String unit) {
        return new Unavailable(Cause.QUOTA_EXHAUSTED, wait, "has used up its " + limit + " " + unit + " per minute");
    }

    private static RateLimits.Window window(SlidingWindow of, long now) {
        return QuotaUse.window(of.limit(), of.used(now), of.untilFree(of.limit(), now));
    }
}
