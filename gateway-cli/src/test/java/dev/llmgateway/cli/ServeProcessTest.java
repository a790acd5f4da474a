package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as operators see it: a process, its log, its end. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class ServeProcessTest {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final int SIGTERM_STATUS = 143;

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    /* close() would wait for answers that nobody reads any more. */
    @AfterEach
    void stopClient() {
        client.shutdownNow();
    }

    @Test
    void startsWithoutAFileAndSaysWhatItFound() throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("GROQ_API_KEY", "gsk-secret");
        try (GatewayProcess gateway = GatewayProcess.start(directory, environment, "--port", "0")) {
            URI address = address(gateway);

            HttpResponse<String> health = client.send(
                    HttpRequest.newBuilder(address.resolve("/health")).build(), BodyHandlers.ofString());

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("\"groq\"");
            assertThat(gateway.output())
                    .contains("There is no config.toml here", "- Groq (GROQ_API_KEY)")
                    .doesNotContain("gsk-secret");
            gateway.terminate();
            assertThat(gateway.awaitEnd()).isEqualTo(SIGTERM_STATUS);
        }
    }

    @Test
    void aSignalEndsAStreamAndTheProcess() throws IOException, InterruptedException {
        try (SimulatedProvider provider = SimulatedProvider.start()) {
            Files.writeString(directory.resolve("config.toml"), """
                    [[providers]]
                    id = "slow"
                    provider_type = "openai"
                    endpoint = "%s/v1"
                    """.formatted(provider.uri()));
            try (GatewayProcess gateway = GatewayProcess.start(directory, Map.of(), "serve", "--port", "0")) {
                BufferedReader stream = stream(address(gateway));
                assertThat(stream.readLine()).startsWith("data: {");

                gateway.terminate();

                assertThat(gateway.awaitEnd()).isEqualTo(SIGTERM_STATUS);
                assertThat(endOf(stream))
                        .contains("data: {\"error\":{\"message\":\"the gateway is stopping")
                        .doesNotContain("\"finish_reason\":\"stop\"");
                assertThat(provider.awaitDisconnect(Duration.ofSeconds(10))).isTrue();
                assertThat(gateway.output()).doesNotContain("\tat ");
                assertThat(gateway.output().lines().filter(line -> line.startsWith("{\"ts\":")))
                        .singleElement(InstanceOfAssertFactories.STRING)
                        .contains("\"requested_model\":\"slow/sim-stall-midstream\"", "\"error_type\":\"stopping\"")
                        .endsWith("}")
                        .doesNotContain("\"Hi\"");
            }
        }
    }

    private BufferedReader stream(URI address) throws IOException, InterruptedException {
        String body = """
                {"model": "slow/sim-stall-midstream", "stream": true, "messages": [{"role": "user", "content": "Hi"}]}""";
        HttpResponse<InputStream> answer = client.send(
                HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** The rest of the stream, whether it ends with an error event or with a broken connection. */
    private static String endOf(BufferedReader stream) {
        StringBuilder rest = new StringBuilder();
        try {
            for (String line = stream.readLine(); line != null; line = stream.readLine()) {
                rest.append(line).append('\n');
            }
        } catch (IOException broken) {
            rest.append(broken.getMessage());
        }
        return rest.toString();
    }

    private static URI address(GatewayProcess gateway) {
        Matcher address = ADDRESS.matcher(gateway.awaitLine("listens on"));
        assertThat(address.find()).isTrue();
        return URI.create(address.group());
    }
}
