package dev.llmgateway.examples;

import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.simulated.ChatStyle;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.server.GatewayServer;
import dev.llmgateway.server.config.ConfigFile;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/**
 * A gateway in front of one simulated provider of every type, to point any client at without a key and without asking
 * anybody: {@code examples/run SimulatedVendors} prints its address and serves until Ctrl-C. {@code anthropic/sim-large} is
 * answered in Anthropic's format, {@code groq/sim-large} in Groq's, and so on. What the simulated models can be told to do
 * is in the documentation of {@link SimulatedProvider}.
 */
public final class SimulatedVendors implements AutoCloseable {

    /** What clients have to send as their key. */
    public static final String KEY = "key-of-the-client";

    private static final String CONFIG = """
            [server]
            port = 0
            [catalog]
            sync_interval_secs = 0
            [key_map."%s"]
            label = "Clients"
            # What a client asks for comes once to the provider, however often it failed before.
            [resilience.default_retry_policy]
            max_attempts = 1
            [resilience.default_circuit_breaker]
            failure_threshold = 10000
            """.formatted(KEY);

    private final Map<ProviderType, SimulatedProvider> providers = new EnumMap<>(ProviderType.class);
    private final GatewayServer gateway;

    private SimulatedVendors() {
        StringBuilder config = new StringBuilder(CONFIG);
        for (ProviderType type : ProviderType.values()) {
            SimulatedProvider provider = SimulatedProvider.builder()
                    .name(type.word())
                    .chatStyle(style(type))
                    .start();
            providers.put(type, provider);
            config.append("""
                    [[providers]]
                    id = "%1$s"
                    provider_type = "%1$s"
                    endpoint = "%2$s"
                    api_key = "no-key-is-needed-here"
                    """.formatted(type.word(), provider.uri()));
        }
        gateway = GatewayServer.start(ConfigFile.parse("the vendors' configuration", config.toString(), name -> null));
    }

    private static ChatStyle style(ProviderType type) {
        return switch (type) {
            case GOOGLE -> ChatStyle.GOOGLE;
            case GROQ -> ChatStyle.GROQ;
            case ANTHROPIC, OPENAI, DEEP_INFRA, AZURE_OPENAI, LOCAL -> ChatStyle.OPENAI;
        };
    }

    public static void main(String[] args) throws InterruptedException {
        SimulatedVendors vendors = start();
        Runtime.getRuntime().addShutdownHook(new Thread(vendors::close));
        System.out.println("gateway: " + vendors.uri());
        System.out.println("key: " + KEY);
        new CountDownLatch(1).await();
    }

    /** Starts all of it on free ports of this machine. */
    public static SimulatedVendors start() {
        return new SimulatedVendors();
    }

    /** The gateway's address, without a path. */
    public URI uri() {
        return gateway.uri();
    }

    /** The provider of this type; its id is the type's word. */
    public SimulatedProvider provider(ProviderType type) {
        return Objects.requireNonNull(providers.get(type));
    }

    /** The name of a model at the provider of this type and at no other. */
    public static String model(ProviderType type) {
        return type.word() + "/sim-large";
    }

    @Override
    public void close() {
        gateway.close();
        providers.values().forEach(SimulatedProvider::close);
    }
}
