package dev.llmgateway.ir.tokens;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How long a prompt is, estimated in one pass over all that the model reads of it: messages, tools, and the schema of the
 * answer. Immutable.
 *
 * @param tokens as {@link TokenEstimator} has it for texts, {@value #TOKENS_PER_MEDIUM} for each image, document and sound
 * @param hasImages whether there is an image anywhere, results of tools included
 */
public record PromptEstimate(long tokens, boolean hasImages) {

    /** An image of about a megapixel, from Anthropic's rule of width times height over 750. Others are taken for as much. */
    public static final int TOKENS_PER_MEDIUM = 1_400;

    /** As many characters of a prompt are read whole; of what is behind them, samples. */
    private static final int READ_WHOLE = 16_384;

    /** Walks over a request. Takes a time proportional to its length. */
    public static PromptEstimate of(ChatRequest request) {
        Sum sum = new Sum();
        PromptReader.read(request, sum);
        long overhead = request.asksForVectors()
                ? 0
                : TokenEstimator.chatOverhead(request.messages().size());
        return new PromptEstimate(overhead + sum.tokens, sum.hasImages);
    }

    /** The tokens of these parts alone, with no overhead of a message. */
    public static long tokensOf(List<Content> parts) {
        Sum sum = new Sum();
        PromptReader.read(parts, sum);
        return sum.tokens;
    }

    /** The sums so far. */
    private static final class Sum implements PromptReader {
        private long tokens;
        private long characters;
        private boolean hasImages;

        @Override
        public void text(String text) {
            characters += text.length();
            tokens += characters <= READ_WHOLE ? TokenEstimator.estimate(text) : TokenEstimator.estimateBySamples(text);
        }

        /** The texts of a tree, and about a token of punctuation for each of its nodes. */
        @Override
        public void json(JsonNode node) {
            tokens++;
            if (node.isObject()) {
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    text(member.getKey());
                    json(member.getValue());
                }
            } else if (node.isArray()) {
                for (JsonNode element : node) {
                    json(element);
                }
            } else if (node.isString()) {
                text(node.stringValue());
            }
        }

        @Override
        public void tokens(int count) {
            tokens += count;
        }

        @Override
        public void image() {
            hasImages = true;
            tokens += TOKENS_PER_MEDIUM;
        }

        @Override
        public void medium() {
            tokens += TOKENS_PER_MEDIUM;
        }
    }
}
