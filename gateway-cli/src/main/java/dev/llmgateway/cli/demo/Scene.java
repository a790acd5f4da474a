package dev.llmgateway.cli.demo;

import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.server.GatewayServer;
import dev.llmgateway.server.config.ConfigFile;
import dev.llmgateway.server.config.GatewayConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** What runs during the demo: three simulated providers, one of them down, and the gateway in front of them. */
public final class Scene implements AutoCloseable {

    static final String OPENAI = "openai-sim";
    static final String ANTHROPIC = "anthropic-sim";
    static final String AZURE = "azure-sim";

    private static final Duration BETWEEN_EVENTS = Duration.ofMillis(40);

    private final Map<String, SimulatedProvider> providers =
            Map.of(OPENAI, provider(), ANTHROPIC, provider(), AZURE, provider());
    private final GatewayServer gateway;

    private Scene(int port) {
        simulated(AZURE).outage(true);
        try {
            gateway = GatewayServer.start(config(port));
        } catch (RuntimeException failed) {
            closeProviders();
            throw failed;
        }
    }

    /**
     * Starts all of it.
     *
     * @param port where the gateway listens; 0 for any free one
     */
    public static Scene open(int port) {
        return new Scene(port);
    }

    /** The gateway's address. */
    public URI gateway() {
        return gateway.uri();
    }

    /** The address of one of the providers. */
    URI address(String provider) {
        return simulated(provider).uri();
    }

    /** How often one of the providers has been asked. */
    long requestsTo(String provider) {
        return simulated(provider).requestCount();
    }

    private SimulatedProvider simulated(String provider) {
        return Objects.requireNonNull(providers.get(provider));
    }

    private static SimulatedProvider provider() {
        return SimulatedProvider.builder().pace(Pace.every(BETWEEN_EVENTS)).start();
    }

    /** The same file that an operator would write; without syncs and retries, so that only the requests that are shown are counted. */
    private GatewayConfig config(int port) {
        String file =
                """
                [server]
                port = %d

                [catalog]
                sync_interval_secs = 0

                [[providers]]
                id = "%s"
                provider_type = "openai"
                endpoint = "%s/v1"
                api_key = "no-key-is-needed-here"

                [[providers]]
                id = "%s"
                provider_type = "anthropic"
                endpoint = "%s"
                api_key = "no-key-is-needed-here"

                [[providers]]
                id = "%s"
                provider_type = "azure_openai"
                endpoint = "%s"
                api_key = "no-key-is-needed-here"
                retry_policy = { max_attempts = 1 }
                """.formatted(port, OPENAI, address(OPENAI), ANTHROPIC, address(ANTHROPIC), AZURE, address(AZURE));
        return ConfigFile.parse("the demo's configuration", file, name -> null);
    }

    /** Stops the gateway, then the providers. */
    @Override
    public void close() {
        gateway.close();
        closeProviders();
    }

    private void closeProviders() {
        providers.values().forEach(SimulatedProvider::close);
    }
}
