package dev.llmgateway.api;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.spi.Provider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whom a call belongs to. Limits, caches, idempotency keys and conversations of one tenant are apart from those of every
 * other. Immutable.
 *
 * @param tenant a stable id, never a key and never empty; it may appear in logs and metrics
 * @param label a name for people; null when there is none
 * @param providerKeys the tenant's own keys at the providers
 * @param defaultClassification how sensitive the data of its calls is that name no level; null for internal
 */
public record Caller(
        String tenant,
        @Nullable String label,
        ProviderKeys providerKeys,
        @Nullable DataClassification defaultClassification) {

    /** Tells with which key of the tenant's own a provider is to be called. Thread safe, and quick. */
    @FunctionalInterface
    public interface ProviderKeys {

        /** The tenant's key for this provider; null to use the gateway's. */
        @Nullable
        String forProvider(Provider provider);
    }

    private static final ProviderKeys NONE = provider -> null;

    /** The caller of a gateway that tells no tenants apart. */
    public static final Caller DEFAULT = new Caller("default", null, NONE);

    /** @throws IllegalArgumentException when the tenant is empty */
    public Caller {
        if (tenant.isEmpty()) {
            throw new IllegalArgumentException("tenant is empty: it must be a stable id");
        }
        Objects.requireNonNull(providerKeys);
    }

    /** A tenant without a default level of its own. */
    public Caller(String tenant, @Nullable String label, ProviderKeys providerKeys) {
        this(tenant, label, providerKeys, null);
    }

    /** A tenant whose calls are made with the gateway's own keys. */
    public static Caller tenant(String tenant) {
        return new Caller(tenant, null, NONE);
    }
}
