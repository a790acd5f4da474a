package dev.llmgateway.server.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration file as a whole. Immutable; every value is checked, and what the file leaves out has its default.
 *
 * @param server where the gateway listens
 * @param providers the upstreams in the order of the file, disabled ones included
 * @param models which models there are and how one is chosen
 * @param resilience how the gateway survives its providers
 * @param access who may call, and how much
 * @param sanitization what may pass in and out
 * @param storage what is remembered and where
 * @param operations how the gateway is watched and kept up to date
 * @param withoutEffect settings that the file has although their features are not built yet
 */
public record GatewayConfig(
        ServerConfig server,
        List<ProviderConfig> providers,
        ModelsConfig models,
        ResilienceConfig resilience,
        AccessConfig access,
        SanitizationConfig sanitization,
        StorageConfig storage,
        OperationsConfig operations,
        List<String> withoutEffect) {

    private static final Set<String> CALLERS_ARE_CHECKED_BY = Set.of("auth", "key_map");

    /** Copies the lists. */
    public GatewayConfig {
        providers = List.copyOf(providers);
        withoutEffect = List.copyOf(withoutEffect);
    }

    /** Returns what an empty file says. */
    public static GatewayConfig defaults() {
        return ConfigFile.parse("defaults", "", name -> null);
    }

    static GatewayConfig read(Section file) {
        ResilienceConfig resilience = file.section("resilience", ResilienceConfig::read);
        return new GatewayConfig(
                file.section("server", ServerConfig::read),
                ProviderConfig.readAll(file, resilience),
                ModelsConfig.read(file),
                resilience,
                AccessConfig.read(file),
                file.section("sanitization", SanitizationConfig::read),
                StorageConfig.read(file),
                OperationsConfig.read(file),
                List.of());
    }

    /** Returns a copy with other providers. */
    public GatewayConfig withProviders(List<ProviderConfig> others) {
        return new GatewayConfig(
                server, others, models, resilience, access, sanitization, storage, operations, withoutEffect);
    }

    /** Returns a copy that listens elsewhere. */
    public GatewayConfig withServer(ServerConfig other) {
        return new GatewayConfig(
                other, providers, models, resilience, access, sanitization, storage, operations, withoutEffect);
    }

    GatewayConfig withoutEffect(List<String> settings) {
        return new GatewayConfig(
                server, providers, models, resilience, access, sanitization, storage, operations, settings);
    }

    /**
     * Returns the line that says at start-up which settings of the file have no effect yet, or empty when all have. It
     * says in plain words when callers are not checked although the file asks for it.
     */
    public Optional<String> notice() {
        if (withoutEffect.isEmpty()) {
            return Optional.empty();
        }
        boolean asksForKeys = withoutEffect.stream().anyMatch(CALLERS_ARE_CHECKED_BY::contains);
        return Optional.of("These settings have no effect yet: " + String.join(", ", withoutEffect) + "."
                + (asksForKeys
                        ? " CALLS ARE NOT AUTHENTICATED: keys in [auth] and [key_map] are not checked yet."
                        : ""));
    }
}
