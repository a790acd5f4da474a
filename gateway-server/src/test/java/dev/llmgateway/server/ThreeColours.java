package dev.llmgateway.server;

import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.server.config.ConfigFile;
import dev.llmgateway.server.http.HttpSettings;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A gateway in front of three providers of four models, whose figures are so far apart that the best model for each kind
 * of request follows from a pocket calculator. What comes out for a short prompt and the usual 1,024 output tokens:
 *
 * <pre>
 *              cost in $   cost score   quality (coding)   TTFT
 * red/quick    0.0051      0.42         0.50               200 ms
 * red/coder    0.0082      0.33         0.65 (0.90)        900 ms
 * blue/clever  0.0512      0            0.95               3,000 ms    alone can think
 * green/cheap  0.0002      1            0.40               1,500 ms    no tools, the largest window
 * </pre>
 */
final class ThreeColours implements AutoCloseable {
    final SimulatedProvider red = SimulatedProvider.start();
    final SimulatedProvider blue = SimulatedProvider.start();
    final SimulatedProvider green = SimulatedProvider.start();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T23:59:59Z"));
    private final LeapingTicker ticker = new LeapingTicker();
    private final GatewayServer gateway;

    ThreeColours() {
        gateway = GatewayServer.start(
                ConfigFile.parse("colours.toml", config(), name -> null), HttpSettings.DEFAULT, now::get, ticker);
    }

    URI uri() {
        return gateway.uri();
    }

    /** Makes it another moment. */
    void now(String instant) {
        now.set(Instant.parse(instant));
    }

    void reset() {
        now("2026-11-30T23:59:59Z");
        red.reset();
        blue.reset();
        green.reset();
        ticker.leap();
    }

    private String config() {
        return """
                [server]
                port = 0
                [catalog]
                sync_interval_secs = 0
                [resilience.default_retry_policy]
                max_attempts = 1

                [model_routing.aliases]
                best = "blue/clever"

                [[model_routing.deprecations]]
                model = "red/old"
                sunset_date = "2026-12-01"
                replacement = "red/quick"

                [[model_routing.deprecations]]
                model = "red/forgotten"
                sunset_date = "2026-12-01"
                """
                + provider("red", red)
                + provider("blue", blue)
                + provider("green", green)
                + card("red/old", 200, 32_000, "1.00", "5.00", 0.1, 0.1, "'tool_use', 'streaming'")
                + card("red/forgotten", 200, 32_000, "1.00", "5.00", 0.1, 0.1, "'tool_use', 'streaming'")
                + card("red/quick", 200, 32_000, "1.00", "5.00", 0.5, 0.5, "'tool_use', 'streaming'")
                + card("red/coder", 900, 128_000, "2.00", "8.00", 0.6, 0.9, "'tool_use', 'streaming', 'vision'")
                + card(
                        "blue/clever",
                        3_000,
                        200_000,
                        "10.00",
                        "50.00",
                        0.95,
                        0.95,
                        "'tool_use', 'streaming', 'vision', 'extended_thinking'")
                + card("green/cheap", 1_500, 1_000_000, "0.05", "0.20", 0.4, 0.4, "'streaming', 'vision'");
    }

    private static String provider(String id, SimulatedProvider provider) {
        return """

                [[providers]]
                id = "%s"
                provider_type = "local"
                endpoint = "%s/v1"
                """.formatted(id, provider.uri());
    }

    private static String card(
            String id, int ttft, int window, String input, String output, double score, double coding, String can) {
        return """

                [[models]]
                id = "%s"
                ttft_ms = %d
                context_window = %d
                capabilities = [%s]
                price = { input = %s, output = %s }
                [models.scores]
                coding = %7$s
                reasoning = %8$s
                instruction = %8$s
                document = %8$s
                classification = %8$s
                arena_elo = %9$d
                """.formatted(id, ttft, window, can, input, output, coding, score, 1000 + Math.round(500 * score));
    }

    @Override
    public void close() {
        gateway.close();
        red.close();
        blue.close();
        green.close();
    }
}
