package dev.llmgateway.examples;

import dev.llmgateway.providers.ProviderApi;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.simulated.ChatStyle;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.server.GatewayServer;
import dev.llmgateway.server.config.ConfigFile;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A gateway in front of one simulated provider of every type, to point any client at without a key and without asking
 * anybody: {@code examples/run SimulatedVendors} prints its address and serves until Ctrl-C. {@code anthropic/sim-large} is
 * answered in Anthropic's format, {@code groq/sim-large} in Groq's, {@code responses/sim-large} by OpenAI's Responses, and so on.
 * What the simulated models can be told to do is in the documentation of {@link SimulatedProvider}.
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

    private final Map<String, SimulatedProvider> providers = new LinkedHashMap<>();
    private final GatewayServer gateway;

    private SimulatedVendors() {
        StringBuilder config = new StringBuilder(CONFIG);
        for (ProviderType type : ProviderType.values()) {
            add(type.word(), type, ProviderApi.AUTO, config);
        }
        add("responses", ProviderType.OPENAI, ProviderApi.RESPONSES, config);
        gateway = GatewayServer.start(ConfigFile.parse("the vendors' configuration", config.toString(), name -> null));
    }

    private void add(String id, ProviderType type, ProviderApi api, StringBuilder config) {
        SimulatedProvider provider =
                SimulatedProvider.builder().name(id).chatStyle(style(type)).start();
        providers.put(id, provider);
        config.append("""
                [[providers]]
                id = "%s"
                provider_type = "%s"
                endpoint = "%s"
                api_key = "no-key-is-needed-here"
                api = "%s"
                """.formatted(id, type.word(), provider.uri(), api.word()));
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

    /** The ids of the providers: the words for their types, and {@code responses}. */
    public Set<String> ids() {
        return Collections.unmodifiableSet(providers.keySet());
    }

    /** The provider with this id. */
    public SimulatedProvider provider(String id) {
        return Objects.requireNonNull(providers.get(id), id);
    }

    /** The name of a model at the provider with this id and at no other. */
    public static String model(String id) {
        return id + "/sim-large";
    }

    @Override
    public void close() {
        gateway.close();
        providers.values().forEach(SimulatedProvider::close);
    }
}
