package dev.llmgateway.ir.embeddings;

import static dev.llmgateway.ir.Dialect.OPENAI_EMBEDDINGS;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.IntNode;

/**
 * What an application wants to have embedded. Immutable.
 *
 * <pre>{@code
 * EmbeddingRequest request = EmbeddingRequest.of("text-embedding-3-small", "Hello!", "Good-bye!").withDimensions(256);
 * EmbeddingResponse answer = gateway.embed(request);
 * }</pre>
 *
 * @param model the embedding model's name, never {@code auto}: vectors of different models cannot be compared
 * @param inputs each a {@link Content.Text} that is not empty or {@link Content.Tokens}; from 1 to 2048
 * @param dimensions how many numbers each vector is to have; null for as many as the model makes
 * @param endUser the application's stable id of its end user, or null
 */
public record EmbeddingRequest(
        String model,
        List<Content> inputs,
        @Nullable Integer dimensions,
        @Nullable String endUser) {

    /** @throws IllegalArgumentException when there is no input, or one that cannot be embedded */
    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty() || inputs.size() > InputReader.MOST_INPUTS) {
            throw new IllegalArgumentException(
                    "there are " + inputs.size() + " inputs: there must be from 1 to " + InputReader.MOST_INPUTS);
        }
        inputs.forEach(EmbeddingRequest::check);
        if (dimensions != null && (dimensions < 1 || dimensions > RequestDecoder.MOST_DIMENSIONS)) {
            throw new IllegalArgumentException(
                    "dimensions is " + dimensions + ": it must be from 1 to " + RequestDecoder.MOST_DIMENSIONS);
        }
    }

    private static void check(Content input) {
        boolean isGood = input instanceof Content.Text text && !text.text().isEmpty()
                || input instanceof Content.Tokens tokens && tokens.ids().size() > 0;
        if (!isGood) {
            throw new IllegalArgumentException("an input is empty, or neither a text nor its tokens' ids");
        }
    }

    /** Texts to be embedded by a model. */
    public static EmbeddingRequest of(String model, String... texts) {
        return of(model, Arrays.asList(texts));
    }

    /** Texts to be embedded by a model. */
    public static EmbeddingRequest of(String model, List<String> texts) {
        return new EmbeddingRequest(
                model, texts.stream().<Content>map(Content.Text::new).toList(), null, null);
    }

    /** Texts to be embedded by a model, as the ids of its own tokens; OpenAI's models take them. */
    public static EmbeddingRequest ofTokens(String model, List<TokenIds> texts) {
        return new EmbeddingRequest(
                model, texts.stream().<Content>map(Content.Tokens::new).toList(), null, null);
    }

    /** The same with vectors of so many numbers. */
    public EmbeddingRequest withDimensions(int wanted) {
        return new EmbeddingRequest(model, inputs, wanted, endUser);
    }

    /** The same for an end user. */
    public EmbeddingRequest withEndUser(String id) {
        return new EmbeddingRequest(model, inputs, dimensions, id);
    }

    /** The request as the gateway's pipeline takes it. */
    public ChatRequest toCall() {
        ChatRequest.Builder call = ChatRequest.builder(model);
        inputs.forEach(input -> call.message(new Message(Role.USER, List.of(input))));
        if (dimensions != null) {
            call.extras(Extras.of(OPENAI_EMBEDDINGS, Map.of(Members.DIMENSIONS, IntNode.valueOf(dimensions))));
        }
        return call.maxOutputTokens(0)
                .endUser(endUser)
                .decodedFrom(OPENAI_EMBEDDINGS, null)
                .build();
    }
}
