package dev.llmgateway.cli.demo;

import dev.llmgateway.cli.demo.Expectation.Asked;
import dev.llmgateway.cli.demo.Expectation.Field;
import dev.llmgateway.cli.demo.Expectation.Header;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Makes the call of a step, and shows and checks what comes back. */
final class StepRunner implements AutoCloseable {

    /** A stream whose pieces all come within this time was held back by somebody. */
    private static final Duration SHORTEST_STREAM = Duration.ofMillis(100);

    private static final int OK = 200;
    private static final int LONGEST_QUOTE = 300;

    private final Scene scene;
    private final Screen screen;
    private final HttpClient client = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    StepRunner(Scene scene, Screen screen) {
        this.scene = scene;
        this.screen = screen;
    }

    /**
     * Runs a step.
     *
     * @throws StepFailure when the answer is not what the step says
     */
    void run(Step step) throws StepFailure, InterruptedException {
        try {
            HttpResponse<InputStream> answer =
                    client.send(step.call().request(scene.gateway()), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != OK) {
                    throw new StepFailure("status " + answer.statusCode() + ": " + text(body));
                }
                show(step, answer, body);
            }
        } catch (IOException | InvalidJsonException unusable) {
            throw new StepFailure("the answer cannot be read: " + unusable);
        }
    }

    private void show(Step step, HttpResponse<?> answer, InputStream body) throws StepFailure, IOException {
        switch (step) {
            case Step.Complete complete -> {
                JsonNode json = Json.parse(body.readAllBytes());
                for (Expectation expectation : complete.expectations()) {
                    show(expectation, valueOf(expectation, answer, json));
                }
            }
            case Step.Streamed streamed -> {
                for (Expectation expectation : streamed.expectations()) {
                    show(expectation, valueOf(expectation, answer, Json.mapper().createObjectNode()));
                }
                showStream(streamed, body);
            }
        }
    }

    private String valueOf(Expectation expectation, HttpResponse<?> answer, JsonNode json) {
        return switch (expectation) {
            case Header header -> answer.headers().firstValue(header.name()).orElse("");
            case Asked asked -> {
                long requests = scene.requestsTo(asked.provider());
                yield requests == 0 ? "" : Long.toString(requests);
            }
            case Field field -> field.valueIn(json);
        };
    }

    private void show(Expectation expectation, String value) throws StepFailure {
        screen.value(expectation.label(), value);
        if (value.isEmpty() || !value.contains(expectation.contains())) {
            throw new StepFailure(
                    expectation.label() + " should be there and contain \"" + expectation.contains() + "\"");
        }
    }

    private void showStream(Step.Streamed step, InputStream body) throws StepFailure, IOException {
        long start = System.nanoTime();
        long first = 0;
        long last = 0;
        int pieces = 0;
        String data = "";
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        screen.piece("  ");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.startsWith("data:")) {
                continue;
            }
            data = line.substring("data:".length()).strip();
            String piece = data.startsWith("{") ? pieceIn(data, step.textPointer()) : "";
            if (!piece.isEmpty()) {
                screen.piece(piece);
                last = System.nanoTime();
                first = pieces++ == 0 ? last : first;
            }
        }
        screen.blank();
        checkEnd(step, data, pieces, Duration.ofNanos(last - first));
        screen.value(
                "pieces", pieces + " within " + seconds(last - start) + ", the first after " + seconds(first - start));
    }

    private static void checkEnd(Step.Streamed step, String lastData, int pieces, Duration spread) throws StepFailure {
        if (!lastData.startsWith(step.lastData())) {
            throw new StepFailure("the stream should end with " + step.lastData() + ", not with " + quote(lastData));
        }
        if (pieces < 2 || spread.compareTo(SHORTEST_STREAM) < 0) {
            throw new StepFailure(pieces + " pieces within " + spread.toMillis() + " ms: this is no stream");
        }
    }

    /** An error may come after the first words, and before the line that ends every stream. */
    private static String pieceIn(String data, String pointer) throws StepFailure {
        JsonNode event = Json.parse(data);
        if (event.has("error")) {
            throw new StepFailure("the stream broke off: " + quote(data));
        }
        JsonNode piece = event.at(pointer);
        return piece.isString() ? piece.stringValue() : "";
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    private static String text(InputStream body) throws IOException {
        return quote(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String quote(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
