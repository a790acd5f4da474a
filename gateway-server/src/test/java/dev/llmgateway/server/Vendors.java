package dev.llmgateway.server;

import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.simulated.ChatStyle;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.server.config.ConfigFile;
import dev.llmgateway.server.http.HttpSettings;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/** A gateway in front of one simulated provider of every type, in its vendor's manner; the provider's id is the word for its type, and it is asked once per call. */
final class Vendors implements AutoCloseable {
    private final Map<ProviderType, SimulatedProvider> providers = new EnumMap<>(ProviderType.class);
    private final LeapingTicker ticker = new LeapingTicker();
    private final GatewayServer gateway;

    Vendors() {
        StringBuilder config = new StringBuilder("""
                [server]
                port = 0
                [catalog]
                sync_interval_secs = 0
                [resilience.default_retry_policy]
                max_attempts = 1
                """);
        for (ProviderType type : ProviderType.values()) {
            SimulatedProvider provider = SimulatedProvider.builder()
                    .name(type.word())
                    .chatStyle(styleOf(type))
                    .start();
            providers.put(type, provider);
            config.append("""
                    [[providers]]
                    id = "%1$s"
                    provider_type = "%1$s"
                    api_key = "key-of-%1$s"
                    endpoint = "%2$s"
                    """.formatted(type.word(), provider.uri()));
        }
        gateway = GatewayServer.start(
                ConfigFile.parse("vendors.toml", config.toString(), name -> null),
                HttpSettings.DEFAULT,
                TestServer.CLOCK,
                ticker);
    }

    private static ChatStyle styleOf(ProviderType type) {
        return switch (type) {
            case GOOGLE -> ChatStyle.GOOGLE;
            case GROQ -> ChatStyle.GROQ;
            case ANTHROPIC, OPENAI, DEEP_INFRA, AZURE_OPENAI, LOCAL -> ChatStyle.OPENAI;
        };
    }

    URI uri() {
        return gateway.uri();
    }

    SimulatedProvider of(ProviderType type) {
        return providers.get(type);
    }

    /** A model at the provider of this type and at no other. */
    static String model(ProviderType type) {
        return type.word() + "/sim-large";
    }

    void reset() {
        providers.values().forEach(SimulatedProvider::reset);
        ticker.leap();
    }

    @Override
    public void close() {
        gateway.close();
        providers.values().forEach(SimulatedProvider::close);
    }
}
