package dev.llmgateway.resilience.quota;

import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.routing.TargetState.Cause;
import dev.llmgateway.api.routing.TargetState.Strained;
import dev.llmgateway.api.routing.TargetState.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one provider said of its limits: for each model, because vendors count by model, and for each key. Each report holds
 * until its reset, but no longer than {@link #LONGEST_TRUST}: a limit may have been raised meanwhile, and one more call
 * tells. Bounded: when there are too many reports that still hold, further ones are not remembered. Thread safe.
 */
final class ReportedLimits {

    static final int MOST_REPORTS = 1_000;
    static final Duration LONGEST_TRUST = Duration.ofHours(1);

    private static final long SWEEP_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final double threshold;
    private final Ticker ticker;
    private final Map<Key, Report> reports = new ConcurrentHashMap<>();

    /** Set by the first report of a limit that is nearly or wholly used, and never again taken back. */
    private volatile boolean anyStrain;

    private volatile long sweptAt;

    /** @param owner the tenant whose own key it is; null for the gateway's */
    private record Key(@Nullable String owner, String model) {}

    private record Report(@Nullable Told requests, @Nullable Told tokens) {

        /** What was said before still holds where nothing is said now. */
        Report after(@Nullable Report before) {
            return before == null
                    ? this
                    : new Report(
                            requests == null ? before.requests : requests, tokens == null ? before.tokens : tokens);
        }

        boolean holds(long now) {
            return requests != null && requests.holds(now) || tokens != null && tokens.holds(now);
        }
    }

    /** @param until the tick up to which it holds */
    private record Told(long limit, long remaining, double used, long until) {

        boolean holds(long now) {
            return now - until < 0;
        }

        Duration reset(long now) {
            return Duration.ofNanos(Math.max(0, until - now));
        }
    }

    ReportedLimits(double threshold, Ticker ticker) {
        this.threshold = threshold;
        this.ticker = ticker;
        this.sweptAt = ticker.read() - SWEEP_EVERY_NANOS;
    }

    /** The provider has told this in the headers of an answer. That all is there again takes back what it said before. */
    void learn(@Nullable String owner, String model, RateLimits told) {
        long now = ticker.read();
        Report report = new Report(told(told.requests(), now), told(told.tokens(), now));
        Key key = new Key(owner, model);
        if (!reports.containsKey(key) && (!report.holds(now) || !hasRoom(now))) {
            return;
        }
        Report merged = reports.merge(key, report, (before, latest) -> latest.after(before));
        if (state(merged, now) != TargetState.READY) {
            anyStrain = true;
        }
    }

    boolean isReady() {
        return !anyStrain;
    }

    TargetState state(@Nullable String owner, String model) {
        Report report = anyStrain ? reports.get(new Key(owner, model)) : null;
        return report == null ? TargetState.READY : state(report, ticker.read());
    }

    /** What the provider said of the gateway's own key and has not reset since, by model. */
    List<QuotaUse.Reported> ofGatewayKey() {
        long now = ticker.read();
        List<QuotaUse.Reported> told = new ArrayList<>();
        reports.forEach((key, report) -> {
            if (key.owner() == null && report.holds(now)) {
                RateLimits left = new RateLimits(window(report.requests(), now), window(report.tokens(), now));
                told.add(new QuotaUse.Reported(key.model(), left));
            }
        });
        told.sort((one, other) -> one.model().compareTo(other.model()));
        return told;
    }

    boolean isIdle() {
        long now = ticker.read();
        return reports.values().stream().noneMatch(report -> report.holds(now));
    }

    int size() {
        return reports.size();
    }

    private boolean hasRoom(long now) {
        if (reports.size() < MOST_REPORTS) {
            return true;
        }
        if (now - sweptAt < SWEEP_EVERY_NANOS) {
            return false;
        }
        sweptAt = now;
        reports.values().removeIf(report -> !report.holds(now));
        return reports.size() < MOST_REPORTS;
    }

    private TargetState state(Report report, long now) {
        return state(report.requests(), "requests", now).worse(state(report.tokens(), "tokens", now));
    }

    private TargetState state(@Nullable Told told, String unit, long now) {
        if (told == null || told.used() < threshold && told.remaining() > 0 || !told.holds(now)) {
            return TargetState.READY;
        }
        return told.remaining() == 0
                ? new Unavailable(
                        Cause.QUOTA_EXHAUSTED, told.reset(now), "says that no " + unit + " are left of its limit")
                : new Strained("says that " + (int) (told.used() * 100) + " % of its " + told.limit() + " " + unit
                        + " are used");
    }

    private static @Nullable Told told(RateLimits.@Nullable Window window, long now) {
        if (window == null) {
            return null;
        }
        Duration trust = window.reset().compareTo(LONGEST_TRUST) < 0 ? window.reset() : LONGEST_TRUST;
        return new Told(window.limit(), window.remaining(), window.used(), now + trust.toNanos());
    }

    private static RateLimits.@Nullable Window window(@Nullable Told told, long now) {
        return told == null || !told.holds(now)
                ? null
                : new RateLimits.Window(told.limit(), told.remaining(), told.reset(now));
    }
}
