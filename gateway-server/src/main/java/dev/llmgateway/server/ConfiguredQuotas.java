package dev.llmgateway.server;

import dev.llmgateway.api.AttemptStage;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.resilience.quota.ProviderQuota;
import dev.llmgateway.resilience.quota.ProviderQuotas;
import dev.llmgateway.server.config.AccessConfig;
import dev.llmgateway.telemetry.metrics.Meters;
import dev.llmgateway.telemetry.metrics.QuotaMetrics;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The quotas that a configuration names. */
final class ConfiguredQuotas {

    private ConfiguredQuotas() {}

    /** Null when quotas are not to be watched. */
    static @Nullable ProviderQuotas of(AccessConfig.ProviderQuota config, Ticker ticker) {
        if (!config.enabled()) {
            return null;
        }
        Map<String, ProviderQuota> quotas = config.providers().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> new ProviderQuota(
                                entry.getValue().rpm(), entry.getValue().tpm())));
        return new ProviderQuotas(quotas::get, config.deprioritizeThreshold(), ticker);
    }

    /** Puts quotas, unless they are null, before a gateway's providers. */
    static void add(@Nullable ProviderQuotas quotas, Gateway.Builder gateway) {
        if (quotas != null) {
            gateway.attemptStage(AttemptStage.QUOTA, quotas).listener(quotas);
        }
    }

    /** Shows quotas, unless they are null. */
    static void show(@Nullable ProviderQuotas quotas, Gateway.Builder gateway, Meters meters) {
        if (quotas != null) {
            gateway.listener(new QuotaMetrics(meters, id -> quotas.use(id).used()));
        }
    }
}
