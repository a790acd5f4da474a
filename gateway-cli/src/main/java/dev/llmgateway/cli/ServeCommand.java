package dev.llmgateway.cli;

import dev.llmgateway.server.GatewayServer;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.store.recording.RequestLog;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Serves until it is stopped. */
@Command(name = "serve", description = "Start the gateway (default if no command is given).")
final class ServeCommand implements Callable<Integer> {

    private final Surroundings here;
    private final Startup startup;

    ServeCommand(Surroundings here, GlobalOptions options) {
        this.here = here;
        this.startup = new Startup(here, options);
    }

    @Override
    public Integer call() {
        LogLevel level = Logging.start(here.environment(), LogLevel.INFO);
        GatewayConfig config = startup.config();
        RequestLog log = RequestLog.start(here.out(), level.requests());
        GatewayServer server = start(config, log);
        Lifetime.untilStopped(() -> {
            server.close();
            log.close();
        });
        return 0;
    }

    /** What the file's syntax cannot tell, a key with a line break in it say, shows when the providers are made. */
    private static GatewayServer start(GatewayConfig config, RequestLog log) {
        try {
            return GatewayServer.start(config, log);
        } catch (IllegalArgumentException wrongSetting) {
            throw CommandFailure.failed(String.valueOf(wrongSetting.getMessage()));
        }
    }
}
