package dev.llmgateway.cli;

import dev.llmgateway.cli.demo.Scene;
import dev.llmgateway.cli.demo.Show;
import dev.llmgateway.server.config.GatewayConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the gateway in front of simulated providers, and keeps it running to be tried. */
@Command(name = "demo", description = "Try everything without a key, against simulated providers on this machine.")
final class DemoCommand implements Callable<Integer> {

    private final Surroundings here;
    private final GlobalOptions options;

    @Option(names = "--once", description = "End after the show; exit status 0 only when every step worked")
    private boolean once;

    DemoCommand(Surroundings here, GlobalOptions options) {
        this.here = here;
        this.options = options;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (options.config() != null) {
            throw CommandFailure.usage("the demo has a configuration of its own: leave --config out");
        }
        Logging.start(here.environment(), LogLevel.ERROR);
        Scene scene = Scene.open(port());
        Show show = new Show(scene, here.out(), here.colours());
        boolean worked = showing(scene, show);
        if (once) {
            scene.close();
            return worked ? 0 : 1;
        }
        show.inviteToStay();
        Lifetime.untilStopped(scene::close);
        return 0;
    }

    private static boolean showing(Scene scene, Show show) throws InterruptedException {
        try {
            return show.run();
        } catch (InterruptedException | RuntimeException ended) {
            scene.close();
            throw ended;
        }
    }

    /** The port that was asked for; else the usual one; else, when a gateway runs there already, any free one. */
    private int port() {
        Integer asked = options.port();
        if (asked != null) {
            return asked;
        }
        int usual = GatewayConfig.defaults().server().port();
        if (isFree(usual)) {
            return usual;
        }
        here.out().println("Port " + usual + " is taken, so the demo takes another one.");
        return 0;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
