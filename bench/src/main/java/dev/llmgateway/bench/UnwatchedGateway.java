package dev.llmgateway.bench;

import dev.llmgateway.server.GatewayServer;
import dev.llmgateway.server.config.ConfigFile;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Serves like {@code llm-gateway serve}, but keeps no account of its calls. */
final class UnwatchedGateway {
    private UnwatchedGateway() {}

    /** @param args the configuration file, which names the port */
    public static void main(String[] args) throws InterruptedException {
        try (GatewayServer server = GatewayServer.startUnwatched(ConfigFile.load(Path.of(args[0]), System::getenv))) {
            System.out.println("listening on " + server.uri());
            new CountDownLatch(1).await();
        }
    }
}
