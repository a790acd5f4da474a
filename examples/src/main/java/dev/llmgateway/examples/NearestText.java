package dev.llmgateway.examples;

import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.Vector;
import dev.llmgateway.ir.embeddings.EmbeddingRequest;
import dev.llmgateway.ir.embeddings.EmbeddingResponse;
import java.util.List;

/** Has texts embedded and finds the one that is nearest to a question. {@code examples/run NearestText} */
public final class NearestText {

    private static final String QUESTION = "How long may a call take?";
    private static final List<String> TEXTS = List.of(
            "A call may take five minutes, unless the caller says how long it may take.",
            "Answers are kept for an hour.",
            "Every provider has a key of its own.");

    private NearestText() {}

    public static void main(String[] args) {
        find(ExampleProvider.open());
    }

    static void find(Provider provider) {
        try (Gateway gateway = Gateway.builder().provider(provider).build()) {
            EmbeddingResponse texts = gateway.embed(EmbeddingRequest.of("text-embedding-3-small", TEXTS));
            Vector question = gateway.embed(EmbeddingRequest.of("text-embedding-3-small", QUESTION))
                    .first();
            int nearest = 0;
            for (int i = 1; i < TEXTS.size(); i++) {
                if (cosine(question, texts.vectors().get(i))
                        > cosine(question, texts.vectors().get(nearest))) {
                    nearest = i;
                }
            }
            System.out.println(TEXTS.get(nearest));
        }
    }

    /** How alike the directions of two vectors are, from -1 to 1. */
    private static double cosine(Vector one, Vector other) {
        double product = 0;
        double oneSquared = 0;
        double otherSquared = 0;
        for (int i = 0; i < one.dimensions(); i++) {
            product += one.at(i) * other.at(i);
            oneSquared += one.at(i) * one.at(i);
            otherSquared += other.at(i) * other.at(i);
        }
        return product / Math.sqrt(oneSquared * otherSquared);
    }
}
