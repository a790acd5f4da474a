package dev.llmgateway.cli.demo;

import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.server.GatewayServer;
import dev.llmgateway.server.config.ConfigFile;
import dev.llmgateway.server.config.GatewayConfig;
import java.net.URI;
import java.time.Duration;

/** What runs during the demo: three simulated providers, one of them down, and the gateway in front of them. */
public final class Scene implements AutoCloseable {

    static final String OPENAI = "openai-sim";
    static final String ANTHROPIC = "anthropic-sim";
    static final String AZURE = "azure-sim";

    private static final Duration BETWEEN_EVENTS = Duration.ofMillis(40);

    private final SimulatedProvider openAi = provider();
    private final SimulatedProvider anthropic = provider();
    private final SimulatedProvider azure = provider();
    private final GatewayServer gateway;

    private Scene(int port) {
        azure.outage(true);
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

    URI openAi() {
        return openAi.uri();
    }

    URI anthropic() {
        return anthropic.uri();
    }

    URI azure() {
        return azure.uri();
    }

    private static SimulatedProvider provider() {
        return SimulatedProvider.builder().pace(Pace.every(BETWEEN_EVENTS)).start();
    }

    /** The same file that an operator would write. */
    private GatewayConfig config(int port) {
        String file = """
                [server]
                port = %d

                [[providers]]
                id = "%s"
                provider_type = "openai"
                endpoint = "%s/v1"
                api_key = "simulated"

                [[providers]]
                id = "%s"
                provider_type = "anthropic"
                endpoint = "%s"
                api_key = "simulated"

                [[providers]]
                id = "%s"
                provider_type = "azure_openai"
                endpoint = "%s"
                api_key = "simulated"
                """.formatted(port, OPENAI, openAi.uri(), ANTHROPIC, anthropic.uri(), AZURE, azure.uri());
        return ConfigFile.parse("the demo's configuration", file, name -> null);
    }

    /** Stops the gateway, then the providers. */
    @Override
    public void close() {
        gateway.close();
        closeProviders();
    }

    private void closeProviders() {
        openAi.close();
        anthropic.close();
        azure.close();
    }
}
