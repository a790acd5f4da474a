package dev.llmgateway.server.config;

import java.util.List;
import java.util.Optional;
import org.tomlj.MutableTomlTable;

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

    /** Copies the lists. */
    public GatewayConfig {
        providers = List.copyOf(providers);
        withoutEffect = List.copyOf(withoutEffect);
    }

    /** Returns what an empty file says. */
    public static GatewayConfig defaults() {
        return Section.readFile(MutableTomlTable.create(), new Reading(name -> null), GatewayConfig::read);
    }

    static GatewayConfig read(Section file) {
        ResilienceConfig resilience = file.section("resilience", ResilienceConfig::read);
        List<ProviderConfig> providers = ProviderConfig.readAll(file, resilience);
        AccessConfig access = AccessConfig.read(
                file, providers.stream().map(ProviderConfig::id).toList());
        return new GatewayConfig(
                file.section("server", ServerConfig::read),
                providers,
                ModelsConfig.read(file),
                resilience,
                access,
                file.section("sanitization", it -> SanitizationConfig.read(it, new KnownTenants(access.virtualKeys()))),
                StorageConfig.read(file, providers),
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

    GatewayConfig markWithoutEffect(List<String> settings) {
        return new GatewayConfig(
                server, providers, models, resilience, access, sanitization, storage, operations, settings);
    }

    /**
     * Returns the line that says at start-up which settings of the file have no effect yet, or empty when all have.
     */
    public Optional<String> notice() {
        if (withoutEffect.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("These settings have no effect yet: " + String.join(", ", withoutEffect) + ".");
    }
}
