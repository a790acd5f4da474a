package dev.llmgateway.api.spi;

import dev.llmgateway.ir.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Embedder} makes of a text.
 *
 * @param vector as {@link Embedder#embed} returns it
 * @param cost null when it cost nothing
 */
public record Embedding(float[] vector, @Nullable Cost cost) {

    /**
     * What a provider takes for it.
     *
     * @param provider the configured provider's id
     * @param model the embedding model's id on the wire
     * @param usage the text's tokens
     * @param isEstimated whether the provider did not tell them
     */
    public record Cost(String provider, String model, Usage usage, boolean isEstimated) {}
}
