package dev.llmgateway.resilience.quota;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.spi.Provider;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of what may be asked of one provider. The configured quota is that of the gateway's own key; calls with a
 * tenant's key neither use nor heed it. Thread safe.
 */
final class Account {

    private final ReportedLimits reported;
    private final double threshold;
    private final Ticker ticker;
    private volatile @Nullable MinuteUse use;

    Account(double threshold, Ticker ticker) {
        this.threshold = threshold;
        this.ticker = ticker;
        this.reported = new ReportedLimits(threshold, ticker);
    }

    ReportedLimits reported() {
        return reported;
    }

    /** What was used of the configured quota; null as long as there is none. */
    @Nullable
    MinuteUse use() {
        return use;
    }

    /** What was used of the quota, which is kept from now on. */
    MinuteUse use(ProviderQuota quota) {
        MinuteUse known = use;
        return known == null ? begin(quota) : known;
    }

    private synchronized MinuteUse begin(ProviderQuota quota) {
        MinuteUse known = use;
        if (known == null) {
            known = new MinuteUse(quota, threshold, ticker);
            use = known;
        }
        return known;
    }

    /** The quota was taken away. */
    void end() {
        use = null;
    }

    /** Two reads as long as all is well: it is asked for every candidate of every decision. */
    TargetState state(Caller caller, Provider provider, String model) {
        MinuteUse counted = use;
        if (reported.isReady() && (counted == null || counted.isReady())) {
            return TargetState.READY;
        }
        String owner = owner(caller, provider);
        TargetState told = reported.state(owner, model);
        return owner != null || counted == null ? told : counted.state().worse(told);
    }

    boolean isIdle() {
        MinuteUse counted = use;
        return reported.isIdle() && (counted == null || counted.isIdle());
    }

    /** The tenant that calls with a key of its own; null when the call is made with the gateway's. */
    static @Nullable String owner(Caller caller, Provider provider) {
        return caller.providerKeys().forProvider(provider) == null ? null : caller.tenant();
    }
}
