package dev.llmgateway.providers;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.spi.Embedder;
import dev.llmgateway.api.spi.Embedding;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.ir.tokens.TokenEstimator;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A provider's embedding model, by OpenAI's format ({@code POST .../embeddings}), which Azure, DeepInfra, Google's
 * compatible endpoint, Ollama and vLLM speak too. Made by {@link Providers.Builder#embedder}. Thread safe; nothing is
 * repeated.
 */
public final class ProviderEmbedder implements Embedder, AutoCloseable {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final int MOST_ANSWER_BYTES = 4 * 1024 * 1024;
    private static final int MOST_DIMENSIONS = 65_536;

    private final Upstream upstream;
    private final OkHttpClient client;
    private final String model;
    private final Duration timeout;
    private final ShortAnswer answer;

    ProviderEmbedder(Upstream upstream, OkHttpClient client, String model, Duration timeout) {
        this.upstream = upstream;
        this.client = client;
        this.model = model;
        this.timeout = timeout;
        this.answer = new ShortAnswer(upstream, client, MOST_ANSWER_BYTES, "embed a text", "an embedding");
    }

    @Override
    public float[] embed(String text) {
        return embedding(text).vector();
    }

    /** What the provider does not tell of the usage is estimated. */
    @Override
    public Embedding embedding(String text) {
        JsonWriter body = new JsonWriter();
        body.object().text("model", model).text("input", text).endObject();
        Request request = new Request.Builder()
                .url(upstream.endpoints().embeddings(model))
                .headers(upstream.headers())
                .header("accept", "application/json")
                .post(RequestBody.create(body.toBytes(), JSON))
                .build();
        JsonNode told = parsed(answer.read(request, timeout));
        return new Embedding(vector(told), cost(told, text));
    }

    private Embedding.Cost cost(JsonNode told, String text) {
        JsonNode tokens = told.path("usage").path("prompt_tokens");
        boolean isTold = tokens.canConvertToLong() && tokens.longValue() > 0;
        long input = isTold ? tokens.longValue() : TokenEstimator.estimate(text);
        return new Embedding.Cost(upstream.id(), model, Usage.of(input, 0), !isTold);
    }

    private JsonNode parsed(byte[] body) {
        try {
            return Json.parse(body);
        } catch (InvalidJsonException e) {
            throw noEmbedding(e);
        }
    }

    private float[] vector(JsonNode told) {
        JsonNode numbers = told.path("data").path(0).path("embedding");
        int dimensions = numbers.size();
        if (!numbers.isArray() || dimensions == 0 || dimensions > MOST_DIMENSIONS) {
            throw noEmbedding(null);
        }
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            JsonNode number = numbers.get(i);
            vector[i] = number.isNumber() ? (float) number.doubleValue() : Float.NaN;
            if (!Float.isFinite(vector[i])) {
                throw noEmbedding(null);
            }
        }
        return vector;
    }

    private GatewayException noEmbedding(@Nullable InvalidJsonException cause) {
        return upstream.failures().malformed("answered with something that is no embedding", cause);
    }

    /** Closes the connections that wait for the next text. */
    @Override
    public void close() {
        client.connectionPool().evictAll();
    }
}
