package dev.llmgateway.api.spi;

/**
 * Turns text into a vector, so that texts which mean nearly the same have vectors which point nearly the same way.
 *
 * <p>All vectors of one embedder have the same dimension; they may have any length but zero. Thread safe: calls that need a
 * vector ask on their own threads, several at once. It may block, be slow, and fail: nobody who uses one depends on it.
 */
@FunctionalInterface
public interface Embedder {

    /**
     * The vector of a text. It belongs to the caller.
     *
     * @param text never blank
     * @throws dev.llmgateway.api.GatewayException when there is none
     */
    float[] embed(String text);

    /**
     * The vector of a text and what it cost; this is what caches ask for. For embedders that somebody charges for; without a cost
     * unless overridden.
     *
     * @throws dev.llmgateway.api.GatewayException when there is none
     */
    default Embedding embedding(String text) {
        return new Embedding(embed(text), null);
    }
}
