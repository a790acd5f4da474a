package dev.llmgateway.server.faults;

import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.server.GatewayServer;
import dev.llmgateway.server.LeapingTicker;
import dev.llmgateway.server.config.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A gateway whose first provider breaks, and whose second, of another dialect, is healthy; or there is no second. */
final class Bed implements AutoCloseable {

    static final String PROMPT = "one two three four five";

    /** For the first event and for silence; a machine that is busy must not be taken for a provider that stalls. */
    private static final int LIMIT_MILLIS = 1_000;

    /** Shorter, to be told from silence. */
    private static final int CONNECT_MILLIS = 600;

    private static final String SETTINGS = """
            [server]
            port = 0
            [catalog]
            sync_interval_secs = 0
            [metrics]
            public = true
            [resilience.default_retry_policy]
            max_attempts = 1
            [resilience.timeout]
            connect_ms = %2$d
            first_event_ms = %1$d
            idle_ms = %1$d
            """.formatted(LIMIT_MILLIS, CONNECT_MILLIS);

    /** The best by every measure, so that it comes second in every chain. */
    private static final String HEALTHY = """
            [[models]]
            id = "second/healthy"
            ttft_ms = 1
            context_window = 1000000
            capabilities = ["tool_use", "streaming"]
            price = { input = 0.01, output = 0.01 }
            scores = { coding = 1.0, reasoning = 1.0, instruction = 1.0, document = 1.0, classification = 1.0 }
            """;

    final SimulatedProvider first = SimulatedProvider.builder().name("first").start();
    final SimulatedProvider second = SimulatedProvider.builder().name("second").start();
    final CallJournal journal = new CallJournal();
    final Place place;
    final Tongue firstSpeaks;
    final boolean alone;
    private final LeapingTicker ticker = new LeapingTicker();
    private final GatewayServer gateway;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Bed(Place place, Tongue firstSpeaks, boolean alone, Wrecks wrecks) {
        this.place = place;
        this.firstSpeaks = firstSpeaks;
        this.alone = alone;
        URI firstUri = place == Place.SIMULATED ? first.uri() : wrecks.uri(place);
        String config = SETTINGS
                + provider("first", firstSpeaks, firstUri)
                + (alone ? "" : provider("second", firstSpeaks.other(), second.uri()) + HEALTHY);
        gateway = ticker.gateway(ConfigFile.parse("faults.toml", config, name -> null), journal);
    }

    private static String provider(String id, Tongue speaks, URI uri) {
        return """
                [[providers]]
                id = "%s"
                provider_type = "%s"
                api_key = "key-of-%s"
                endpoint = "%s%s"
                api = "%s"
                """.formatted(id, speaks.providerType(), id, uri, speaks.endpointPath(), speaks.api());
    }

    /**
     * Asks the first provider for this model, and, if there is one, the second after it. Not while another call runs: what
     * that one learnt of the providers is forgotten by now.
     */
    HttpResponse<String> ask(Tongue caller, String model, boolean stream, boolean briefly)
            throws IOException, InterruptedException {
        ticker.leap();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.uri() + caller.path()))
                .header("content-type", "application/json")
                .header("x-gateway-failover", alone ? "disabled" : "enabled")
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(caller.body("first/" + model, stream, PROMPT)));
        if (briefly) {
            request.header("x-gateway-timeout", "1");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Has everything loaded and compiled once, so that the first fault is not met late. */
    void warmUp() throws IOException, InterruptedException {
        for (Tongue caller : Tongue.values()) {
            for (boolean stream : new boolean[] {false, true}) {
                String id = ask(caller, "warm-up", stream, false)
                        .headers()
                        .firstValue("x-request-id")
                        .orElseThrow();
                journal.take(id);
            }
        }
    }

    Metrics metrics() throws IOException, InterruptedException {
        HttpRequest page =
                HttpRequest.newBuilder(URI.create(gateway.uri() + "/metrics")).build();
        return Metrics.parse(http.send(page, BodyHandlers.ofString()).body());
    }

    GatewayServer gateway() {
        return gateway;
    }

    @Override
    public String toString() {
        return place + ", " + firstSpeaks + (alone ? " alone" : " first");
    }

    @Override
    public void close() {
        gateway.close();
        first.close();
        second.close();
        http.close();
    }
}
