package dev.llmgateway.server.config;

import dev.llmgateway.api.NearestName;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.providers.ProviderType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may call, and how much.
 *
 * @param auth keys for calls and for management
 * @param virtualKeys the callers' keys; empty when the gateway has a single tenant
 * @param rateLimit limits per tenant
 * @param providerQuota limits per provider
 */
public record AccessConfig(Auth auth, List<VirtualKey> virtualKeys, RateLimit rateLimit, ProviderQuota providerQuota) {
    private static final int PLENTY = Integer.MAX_VALUE;

    /**
     * Section {@code [auth]}.
     *
     * @param required whether calls need a virtual key when there are any
     * @param adminKey key for management calls, or null to answer those of this machine only
     */
    public record Auth(boolean required, @Nullable Secret adminKey) {
        static Auth read(Section auth, List<VirtualKey> virtualKeys) {
            Auth read = new Auth(auth.flag("required", true), auth.secret("admin_key"));
            if (virtualKeys.stream().map(VirtualKey::key).anyMatch(key -> key.equals(read.adminKey))) {
                auth.wrong("admin_key", "is a virtual key of [key_map] too", "management needs a key of its own");
            }
            return read;
        }
    }

    /**
     * One caller: section {@code [key_map.<virtual key>]}.
     *
     * @param key what the caller sends
     * @param label the caller's name, or null
     * @param providerKeys keys used for this caller's requests, by type of provider
     * @param defaultClassification how sensitive the data of requests is that name no level, or null for internal
     */
    public record VirtualKey(
            Secret key,
            @Nullable String label,
            Map<ProviderType, Secret> providerKeys,
            @Nullable DataClassification defaultClassification) {
        /** The tenant of calls without a key. */
        static final String DEFAULT_TENANT = "default";

        /** The id of the tenant that it belongs to; keys with the same label belong to the same tenant. */
        public String tenant() {
            String tenant = label == null ? "" : TenantId.ofLabel(label);
            return tenant.isEmpty() ? TenantId.ofKey(key) : tenant;
        }
    }

    /**
     * Section {@code [rate_limit]}.
     *
     * @param enabled whether tenants are limited
     * @param defaults limits of a tenant without its own
     * @param tenants limits by tenant id; what an entry leaves out is as in the defaults
     */
    public record RateLimit(boolean enabled, Limits defaults, Map<String, Limits> tenants) {
        static RateLimit read(Section rateLimit, List<VirtualKey> virtualKeys) {
            Limits defaults = rateLimit.section("default_limits", it -> Limits.read(it, Limits.DEFAULT));
            return new RateLimit(
                    rateLimit.flag("enabled", false),
                    defaults,
                    TenantLimitSections.read(rateLimit, defaults, virtualKeys));
        }
    }

    /**
     * Limits of one tenant.
     *
     * @param rpm requests per minute
     * @param tpm tokens per minute
     * @param rpd requests per day
     * @param concurrent requests at a time
     */
    public record Limits(int rpm, int tpm, int rpd, int concurrent) {
        private static final Limits DEFAULT = new Limits(60, 100_000, 10_000, 10);

        static Limits read(Section limits, Limits otherwise) {
            return new Limits(
                    limits.count("rpm", otherwise.rpm, 1, PLENTY),
                    limits.count("tpm", otherwise.tpm, 1, PLENTY),
                    limits.count("rpd", otherwise.rpd, 1, PLENTY),
                    limits.count("concurrent", otherwise.concurrent, 1, PLENTY));
        }
    }

    /**
     * Section {@code [provider_quota]}.
     *
     * @param enabled whether providers' quotas are watched
     * @param deprioritizeThreshold part of a quota, 0 to 1, from which a provider goes behind the others
     * @param providers quotas by provider id
     */
    public record ProviderQuota(boolean enabled, double deprioritizeThreshold, Map<String, Quota> providers) {
        /** @param known the ids of the providers of the file */
        static ProviderQuota read(Section quota, List<String> known) {
            return new ProviderQuota(
                    quota.flag("enabled", false),
                    quota.decimal("deprioritize_threshold", 0.9, 0, 1),
                    quota.named("provider_limits", (provider, it) -> {
                        requireKnown(provider, it, known);
                        return Quota.read(it);
                    }));
        }

        /** A quota of a name that nobody has would limit nothing, and nobody would notice. */
        private static void requireKnown(String provider, Section entry, List<String> known) {
            if (known.isEmpty() || known.contains(provider)) {
                return;
            }
            String remedy = NearestName.of(provider, known)
                    .map(near -> "did you mean \"" + near + "\"?")
                    .orElse("expected the id of one of [[providers]]: " + String.join(", ", known));
            entry.wrongName("is \"" + provider + "\", which is no configured provider", remedy);
        }
    }

    /**
     * The quota of one provider.
     *
     * @param rpm requests per minute
     * @param tpm tokens per minute
     */
    public record Quota(int rpm, int tpm) {
        static Quota read(Section quota) {
            return new Quota(quota.count("rpm", 1_000, 1, PLENTY), quota.count("tpm", 1_000_000, 1, PLENTY));
        }
    }

    static AccessConfig read(Section file, List<String> providers) {
        List<VirtualKey> virtualKeys = VirtualKeySections.readAll(file);
        return new AccessConfig(
                file.section("auth", it -> Auth.read(it, virtualKeys)),
                virtualKeys,
                file.section("rate_limit", it -> RateLimit.read(it, virtualKeys)),
                file.section("provider_quota", it -> ProviderQuota.read(it, providers)));
    }
}
