package dev.llmgateway.cli;

import dev.llmgateway.server.catalog.ConfiguredModels;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.config.ProviderConfig;
import dev.llmgateway.server.config.ServerConfig;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Reads the configuration file and tells whether the gateway would start with it. */
@Command(name = "check-config", description = "Check the configuration file without starting.")
final class CheckConfigCommand implements Callable<Integer> {

    private final Surroundings here;
    private final Startup startup;

    CheckConfigCommand(Surroundings here, GlobalOptions options) {
        this.here = here;
        this.startup = new Startup(here, options);
    }

    @Override
    public Integer call() {
        if (!startup.hasFile()) {
            throw CommandFailure.failed(
                    "there is no " + Startup.USUAL_FILE + " in this directory: name the file with --config");
        }
        GatewayConfig config = startup.config();
        ConfiguredModels.catalog(config);
        here.out().println(startup.file() + ": ok, " + providers(config.providers()) + ", " + address(config.server()));
        config.notice().ifPresent(here.out()::println);
        return 0;
    }

    private static String providers(List<ProviderConfig> all) {
        List<String> used = all.stream()
                .filter(ProviderConfig::enabled)
                .map(ProviderConfig::id)
                .toList();
        int disabled = all.size() - used.size();
        String count = used.size() == 1 ? "1 provider" : used.size() + " providers";
        return count
                + used.stream().collect(Collectors.joining(", ", used.isEmpty() ? "" : " (", used.isEmpty() ? "" : ")"))
                + (disabled == 0 ? "" : ", " + disabled + " disabled");
    }

    private static String address(ServerConfig server) {
        return "listens on " + server.host() + ":" + server.port();
    }
}
