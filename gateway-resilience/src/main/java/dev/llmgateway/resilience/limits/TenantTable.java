package dev.llmgateway.resilience.limits;

import dev.llmgateway.api.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What each tenant uses, for a bounded number of them. A tenant is forgotten when nothing of it counts any more, which is a
 * day after its last call. While the table is full, newcomers share one count, each under its own limits: too strict for them
 * and too lax for nobody. A newcomer that finds room again takes over what that count holds, since part of it may be its own.
 *
 * <p>Known tenants never wait for each other; newcomers do, for a moment. Thread safe.
 */
final class TenantTable {

    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
    private static final Duration BETWEEN_SWEEPS_WHEN_FULL = Duration.ofSeconds(1);

    private final int most;
    private final Ticker ticker;
    private final Map<String, TenantUse> known = new ConcurrentHashMap<>();
    private final ReentrantLock newcomers = new ReentrantLock();
    private final TenantUse shared;
    private long lastSweep;

    /** A table for so many tenants. */
    TenantTable(int most, Ticker ticker) {
        this.most = most;
        this.ticker = ticker;
        shared = new TenantUse(ticker);
        lastSweep = ticker.read();
    }

    /** Lets a tenant's call in, or not; see {@link TenantUse#admit}. */
    Admission admit(String tenant, Limits limits, long prompt, long output) {
        TenantUse use = known.get(tenant);
        Admission admission = use == null ? null : use.admit(limits, prompt, output);
        return admission == null ? admitNewcomer(tenant, limits, prompt, output) : admission;
    }

    /** Nobody is forgotten while the lock is held. */
    private Admission admitNewcomer(String tenant, Limits limits, long prompt, long output) {
        newcomers.lock();
        try {
            TenantUse use = known.get(tenant);
            Admission admission = (use == null ? place(tenant) : use).admit(limits, prompt, output);
            return Objects.requireNonNull(admission, "forgotten under the lock");
        } finally {
            newcomers.unlock();
        }
    }

    /** Calls that run in the shared count are counted there to their end, so nobody leaves it before. */
    private TenantUse place(String tenant) {
        sweepIfDue();
        if (known.size() >= most || shared.isBusy()) {
            return shared;
        }
        TenantUse own = shared.copy();
        known.put(tenant, own);
        return own;
    }

    private void sweepIfDue() {
        long now = ticker.read();
        Duration pause = known.size() >= most ? BETWEEN_SWEEPS_WHEN_FULL : BETWEEN_SWEEPS;
        if (now - lastSweep >= pause.toNanos()) {
            lastSweep = now;
            known.values().removeIf(TenantUse::forgetIfIdle);
        }
    }

    /** How many tenants are told apart now. */
    int size() {
        return known.size();
    }
}
