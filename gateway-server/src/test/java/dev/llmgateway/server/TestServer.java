package dev.llmgateway.server;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.server.config.ConfigFile;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.http.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A gateway on a free port in front of simulated providers, and a plain HTTP client for it. It asks every provider once per
 * call, unless its configuration has a retry policy. As an extension of a test class, it forgets between two tests what its
 * providers were asked and told, and ends with the class.
 */
final class TestServer implements AutoCloseable, BeforeEachCallback, AfterAllCallback {

    /** The shipped catalog's models are all in service, or not, as on this day. */
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

    final SimulatedProvider openAi = SimulatedProvider.start();
    final SimulatedProvider anthropic = SimulatedProvider.start();
    final GatewayServer gateway;
    private final HttpClient http = client();

    private TestServer(String moreConfig, HttpSettings settings, InstantSource clock, Ticker ticker) {
        gateway = GatewayServer.start(config(moreConfig), settings, clock, ticker);
    }

    /** A gateway with one provider of each dialect. */
    static TestServer start() {
        return start("");
    }

    /** A gateway with one provider of each dialect, and more of a configuration in front. */
    static TestServer start(String moreConfig) {
        return new TestServer(moreConfig, HttpSettings.DEFAULT, CLOCK, Ticker.system());
    }

    static TestServer start(String moreConfig, HttpSettings settings) {
        return new TestServer(moreConfig, settings, CLOCK, Ticker.system());
    }

    /** A gateway by another calendar. */
    static TestServer start(InstantSource clock) {
        return new TestServer("", HttpSettings.DEFAULT, clock, Ticker.system());
    }

    /** A gateway by another calendar, and more of a configuration in front. */
    static TestServer start(String moreConfig, InstantSource clock) {
        return new TestServer(moreConfig, HttpSettings.DEFAULT, clock, Ticker.system());
    }

    /** A gateway by another measure of time, which starts at the usual moment. */
    static TestServer start(String moreConfig, Ticker ticker) {
        long start = ticker.read();
        return new TestServer(
                moreConfig, HttpSettings.DEFAULT, () -> CLOCK.instant().plusNanos(ticker.read() - start), ticker);
    }

    private GatewayConfig config(String moreConfig) {
        String server = moreConfig.contains("[server]") ? "" : "[server]\nport = 0\n";
        String catalog = moreConfig.contains("[catalog]") ? "" : "\n[catalog]\nsync_interval_secs = 0\n";
        String retry =
                moreConfig.contains("retry_policy") ? "" : "\n[resilience.default_retry_policy]\nmax_attempts = 1\n";
        String text = server + moreConfig + catalog + retry + """

                [[providers]]
                id = "openai"
                provider_type = "openai"
                api_key = "sk-test"
                endpoint = "%s/v1"

                [[providers]]
                id = "anthropic"
                provider_type = "anthropic"
                api_key = "sk-ant-test"
                endpoint = "%s"
                """.formatted(openAi.uri(), anthropic.uri());
        return ConfigFile.parse("test.toml", text, name -> null);
    }

    URI uri(String path) {
        return URI.create(gateway.uri() + path);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(builder(path, headers).GET());
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return send(builder(path, headers)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder builder(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** Over a connection that no other request gets, for one behind whose answer the server closes it. */
    HttpResponse<String> sendApart(HttpRequest.Builder request) {
        try (HttpClient apart = client()) {
            return send(apart, request);
        }
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(http, request);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpClient http() {
        return http;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        openAi.reset();
        anthropic.reset();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    @Override
    public void close() {
        gateway.close();
        openAi.close();
        anthropic.close();
        http.close();
    }
}
