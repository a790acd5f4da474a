package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.server.config.ConfigFile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway whose only provider is a local server, of whose models no catalog knows. */
class LocalModelsTest {

    private final SimulatedProvider local = SimulatedProvider.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        local.close();
        http.close();
    }

    @Test
    void modelsOfALocalServerAreChosenOnceTheyAreListed() throws Exception {
        local.byPath("/models", Reply.json(200, """
                {"data":[{"id":"a-text-embedding:latest"},{"id":"llama3.2:latest"}]}"""));
        try (GatewayServer gateway = start(0)) {
            assertThat(ask(gateway, "llama3.2:latest").statusCode()).isEqualTo(404);
            assertThat(post(gateway, "/v1/catalog/sync", "").statusCode()).isEqualTo(200);

            for (String model : new String[] {"auto", "llama3.2:latest", "ollama/llama3.2:latest"}) {
                HttpResponse<String> answer = ask(gateway, model);

                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.headers().firstValue("x-gateway-model")).hasValue("llama3.2:latest");
            }
        }
    }

    @Test
    void aLocalServerThatHangsDoesNotHoldUpTheStart() throws Exception {
        local.byPath("/models", new Fault.StallBeforeFirstByte().asReply());
        try (GatewayServer gateway = start(3600)) {
            assertThat(local.awaitRequest(Duration.ofSeconds(10)).path()).isEqualTo("/v1/models");
            HttpRequest status = HttpRequest.newBuilder(gateway.uri().resolve("/v1/catalog/sync-status"))
                    .build();
            assertThat(http.send(status, BodyHandlers.ofString()).body())
                    .contains("\"last_synced\":null", "\"running\":true", "\"sync_interval_secs\":3600");
        }
        assertThat(local.awaitDisconnect(Duration.ofSeconds(5))).isTrue();
    }

    private HttpResponse<String> ask(GatewayServer gateway, String model) throws IOException, InterruptedException {
        return post(gateway, "/v1/chat/completions", """
                {"model":"%s","stream":true,"messages":[{"role":"user","content":"Hello"}]}""".formatted(model));
    }

    private HttpResponse<String> post(GatewayServer gateway, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.uri().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private GatewayServer start(int interval) {
        String config = """
                [server]
                port = 0

                [catalog]
                sync_interval_secs = %d

                [[providers]]
                id = "ollama"
                provider_type = "local"
                endpoint = "%s/v1"
                """.formatted(interval, local.uri());
        return GatewayServer.start(ConfigFile.parse("local.toml", config, name -> null));
    }
}
