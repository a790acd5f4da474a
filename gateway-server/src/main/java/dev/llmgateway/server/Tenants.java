package dev.llmgateway.server;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.resilience.limits.Limits;
import dev.llmgateway.resilience.limits.TenantLimits;
import dev.llmgateway.resilience.tenants.Authentication;
import dev.llmgateway.resilience.tenants.VirtualKeys;
import dev.llmgateway.server.config.AccessConfig;
import dev.llmgateway.server.config.AccessConfig.VirtualKey;
import dev.llmgateway.server.config.Secret;
import dev.llmgateway.server.management.ProviderRegistry;
import dev.llmgateway.server.management.Questions;
import java.util.HashMap;
import java.util.Map;

/** Who may call, and how much, as the configuration says. */
final class Tenants {

    private Tenants() {}

    /** Finds out who calls; a tenant's own keys are those for providers of their type, whatever the provider's id. */
    static Authentication authentication(AccessConfig access, ProviderRegistry providers) {
        Map<String, Caller> callers = new HashMap<>();
        for (VirtualKey key : access.virtualKeys()) {
            callers.put(key.key().reveal(), caller(key, providers));
        }
        VirtualKeys keys = VirtualKeys.of(callers);
        Authentication authentication =
                access.auth().required() ? Authentication.required(keys) : Authentication.optional(keys);
        return authentication.trusting(Questions.CALLER);
    }

    private static Caller caller(VirtualKey key, ProviderRegistry providers) {
        Map<ProviderType, Secret> own = key.providerKeys();
        Caller.ProviderKeys keys = own.isEmpty()
                ? provider -> null
                : provider -> providers
                        .config(provider.id())
                        .map(config -> own.get(config.type()))
                        .map(Secret::reveal)
                        .orElse(null);
        return new Caller(key.tenant(), key.label(), keys, key.defaultClassification());
    }

    /** Puts limits into a gateway if they are switched on. Every configured tenant is told apart, however many there are. */
    static void limit(AccessConfig access, Gateway.Builder gateway, Ticker ticker) {
        if (!access.rateLimit().enabled()) {
            return;
        }
        Limits defaults = limits(access.rateLimit().defaults());
        Map<String, Limits> own = new HashMap<>();
        access.rateLimit().tenants().forEach((tenant, limits) -> own.put(tenant, limits(limits)));
        int most =
                Math.max(TenantLimits.USUAL_MOST_TENANTS, access.virtualKeys().size() + 1);
        gateway.stage(Stage.LIMITS, TenantLimits.of(tenant -> own.getOrDefault(tenant, defaults), most, ticker));
    }

    private static Limits limits(AccessConfig.Limits limits) {
        return new Limits(limits.rpm(), limits.tpm(), limits.rpd(), limits.concurrent());
    }
}
