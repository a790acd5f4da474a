package dev.llmgateway.cli;

import dev.llmgateway.server.config.ConfigFile;
import dev.llmgateway.server.config.FirstRun;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.config.ProviderConfig;
import dev.llmgateway.server.config.ServerConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the configuration to start with: the file that was named, else {@code config.toml}, else a first run. */
final class Startup {

    static final String USUAL_FILE = "config.toml";

    private final Surroundings here;
    private final GlobalOptions options;

    Startup(Surroundings here, GlobalOptions options) {
        this.here = here;
        this.options = options;
    }

    /**
     * Reads the configuration and puts the command line's port into it. On a first run, says what was found.
     *
     * @throws CommandFailure when a provider is the gateway itself
     * @throws dev.llmgateway.server.config.ConfigException when the file cannot be used
     */
    GatewayConfig config() {
        GatewayConfig config = withPort(hasFile() ? ConfigFile.load(file(), here.environment()) : firstRun());
        config.providers().stream()
                .filter(ProviderConfig::enabled)
                .forEach(provider -> requireNoCircle(provider, config.server()));
        return config;
    }

    private GatewayConfig withPort(GatewayConfig config) {
        Integer port = options.port();
        if (port == null) {
            return config;
        }
        ServerConfig server = config.server();
        return config.withServer(new ServerConfig(server.host(), port, server.maxBodyBytes()));
    }

    /** A gateway that calls itself passes one request on and on until its time or the machine's sockets are used up. */
    private static void requireNoCircle(ProviderConfig provider, ServerConfig server) {
        URI endpoint = provider.connection().endpoint();
        if (endpoint != null && server.isReachedBy(endpoint)) {
            throw CommandFailure.failed("provider \"" + provider.id()
                    + "\": its endpoint is this gateway's own address; it must be the provider's");
        }
    }

    /** The file that is read when there is one. */
    Path file() {
        Path named = options.config();
        return here.directory().resolve(named == null ? Path.of(USUAL_FILE) : named);
    }

    /** False on a first run. A file that was named counts as there, so that its absence is an error. */
    boolean hasFile() {
        return options.config() != null || Files.exists(file());
    }

    private GatewayConfig firstRun() {
        FirstRun found = FirstRun.providers(here.environment(), OllamaProbe::answers);
        here.out().print(FirstRunWords.about(found));
        here.out().flush();
        return GatewayConfig.defaults().withProviders(found.providers());
    }
}
