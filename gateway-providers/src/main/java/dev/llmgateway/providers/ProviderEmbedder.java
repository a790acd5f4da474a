package dev.llmgateway.providers;

import dev.llmgateway.api.spi.Embedder;
import dev.llmgateway.api.spi.Embedding;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.embeddings.EmbeddingRequest;
import dev.llmgateway.ir.embeddings.EmbeddingResponse;
import dev.llmgateway.ir.embeddings.OpenAiEmbeddingsCodec;
import dev.llmgateway.ir.tokens.TokenEstimator;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * A provider's embedding model, by OpenAI's format ({@code POST .../embeddings}), which Azure, DeepInfra, Google's
 * compatible endpoint, Ollama and vLLM speak too. Made by {@link Providers.Builder#embedder}. Thread safe; nothing is
 * repeated.
 */
public final class ProviderEmbedder implements Embedder, AutoCloseable {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final int MOST_ANSWER_BYTES = 4 * 1024 * 1024;

    private final Upstream upstream;
    private final OkHttpClient client;
    private final String model;
    private final Duration timeout;
    private final ShortAnswer answer;
    private final DialectCodec codec = new OpenAiEmbeddingsCodec();
    private final Target target;

    ProviderEmbedder(Upstream upstream, OkHttpClient client, String model, Duration timeout) {
        this.upstream = upstream;
        this.client = client;
        this.model = model;
        this.timeout = timeout;
        this.target = new Target(upstream.id(), model, ModelTraitsTable.traits(upstream.type(), model));
        this.answer = new ShortAnswer(upstream, client, MOST_ANSWER_BYTES, "embed a text", "an embedding");
    }

    @Override
    public float[] embed(String text) {
        return embedding(text).vector();
    }

    /** What the provider does not tell of the usage is estimated. */
    @Override
    public Embedding embedding(String text) {
        byte[] body = codec.encodeRequest(EmbeddingRequest.of(model, text).toCall(), target)
                .body();
        Request request = new Request.Builder()
                .url(upstream.endpoints().embeddings(model))
                .headers(upstream.headers())
                .header("accept", "application/json")
                .post(RequestBody.create(body, JSON))
                .build();
        EmbeddingResponse told = decoded(answer.read(request, timeout));
        return new Embedding(told.first().toArray(), cost(told.usage(), text));
    }

    private Embedding.Cost cost(@Nullable Usage told, String text) {
        return told == null || told.input() == 0
                ? new Embedding.Cost(upstream.id(), model, Usage.of(TokenEstimator.estimate(text), 0), true)
                : new Embedding.Cost(upstream.id(), model, told, false);
    }

    private EmbeddingResponse decoded(byte[] body) {
        try {
            return EmbeddingResponse.of(codec.decodeResponse(body, target));
        } catch (MalformedAnswerException | ProviderStreamException e) {
            throw upstream.failures().malformed("answered with something that is no embedding", e);
        }
    }

    /** Closes the connections that wait for the next text. */
    @Override
    public void close() {
        client.connectionPool().evictAll();
    }
}
