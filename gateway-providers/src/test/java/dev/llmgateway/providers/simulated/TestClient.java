package dev.llmgateway.providers.simulated;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of the simulated provider that knows nothing of it but its address. */
final class TestClient implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    TestClient(SimulatedProvider provider) {
        server = provider.uri();
    }

    /** A chat request of OpenAI's shape with one user message. */
    static String chat(String model, String text, boolean stream) {
        ObjectNode body = Json.object().put("model", model).put("stream", stream);
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        return Json.write(body);
    }

    HttpResponse<String> openai(String body) throws IOException, InterruptedException {
        return http.send(post("/v1/chat/completions", body), BodyHandlers.ofString());
    }

    HttpResponse<String> responses(String body) throws IOException, InterruptedException {
        return http.send(post("/v1/responses", body), BodyHandlers.ofString());
    }

    HttpResponse<String> anthropic(String body) throws IOException, InterruptedException {
        return http.send(post("/v1/messages", body), BodyHandlers.ofString());
    }

    HttpResponse<String> postTo(String path, String body) throws IOException, InterruptedException {
        return http.send(post(path, body), BodyHandlers.ofString());
    }

    HttpResponse<InputStream> open(String body) throws IOException, InterruptedException {
        return http.send(post("/v1/chat/completions", body), BodyHandlers.ofInputStream());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest post(String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .header("content-type", "application/json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (path.contains("/messages")) {
            request.header("anthropic-version", "2023-06-01");
        }
        return request.build();
    }

    /** The data of all events that are JSON. */
    static List<JsonNode> data(String stream) {
        List<JsonNode> data = new ArrayList<>();
        for (String line : stream.split("\n", -1)) {
            if (line.startsWith("data: {")) {
                data.add(Json.MAPPER.readTree(line.substring(6)));
            }
        }
        return data;
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
