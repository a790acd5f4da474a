package dev.llmgateway.ir.embeddings;

import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of what was to be embedded. Immutable.
 *
 * <pre>{@code
 * EmbeddingResponse answer = gateway.embed(EmbeddingRequest.of("text-embedding-3-small", "Hello!"));
 * float[] vector = answer.first().toArray();
 * }</pre>
 *
 * @param vectors in the order of the inputs, all of one length; at least one
 * @param model the model as the provider names it; may be empty
 * @param usage null when the provider reported none
 * @param origin who answered; null when nobody says
 */
public record EmbeddingResponse(
        List<Vector> vectors,
        String model,
        @Nullable Usage usage,
        @Nullable Origin origin) {

    /** @throws IllegalArgumentException when there is no vector */
    public EmbeddingResponse {
        vectors = List.copyOf(vectors);
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("an answer has at least one vector");
        }
    }

    /** The answer of a call that {@link EmbeddingRequest#toCall} began. */
    public static EmbeddingResponse of(ChatResponse answer) {
        List<Vector> vectors = answer.first().content().stream()
                .filter(Content.Embedding.class::isInstance)
                .map(part -> ((Content.Embedding) part).vector())
                .toList();
        return new EmbeddingResponse(vectors, answer.model(), answer.usage(), answer.origin());
    }

    /** The first input's vector. */
    public Vector first() {
        return vectors.getFirst();
    }
}
