package dev.llmgateway.ir.tokens;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Tool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    /** Walks over a request. Takes a time proportional to its length. */
    public static PromptEstimate of(ChatRequest request) {
        Walk walk = new Walk();
        for (Message message : request.messages()) {
            walk.content(message.content());
        }
        for (Tool tool : request.toolUse().tools()) {
            walk.tool(tool);
        }
        if (request.outputFormat() instanceof OutputFormat.JsonSchema format) {
            walk.json(format.schema());
        }
        long overhead = TokenEstimator.chatOverhead(request.messages().size());
        return new PromptEstimate(overhead + walk.tokens, walk.hasImages);
    }

    /** The tokens of these parts alone, with no overhead of a message. */
    public static long tokensOf(List<Content> parts) {
        Walk walk = new Walk();
        walk.content(parts);
        return walk.tokens;
    }

    /** The sums so far. */
    private static final class Walk {
        private long tokens;
        private boolean hasImages;

        void content(List<Content> parts) {
            for (Content part : parts) {
                switch (part) {
                    case Content.Text text -> text(text.text());
                    case Content.Refusal refusal -> text(refusal.text());
                    case Content.Reasoning reasoning -> text(reasoning.text());
                    case Content.ToolCall call -> {
                        text(call.name());
                        text(call.arguments());
                    }
                    case Content.ToolResult result -> content(result.content());
                    case Content.Image ignored -> {
                        hasImages = true;
                        tokens += TOKENS_PER_MEDIUM;
                    }
                    case Content.Document document -> document(document.source());
                    case Content.Audio ignored -> tokens += TOKENS_PER_MEDIUM;
                    case Content.Vendor vendor -> json(vendor.json());
                }
            }
        }

        private void document(MediaSource source) {
            if (source instanceof MediaSource.PlainText plain) {
                text(plain.text());
            } else {
                tokens += TOKENS_PER_MEDIUM;
            }
        }

        void tool(Tool tool) {
            switch (tool) {
                case Tool.Function function -> {
                    text(function.name());
                    text(function.description());
                    json(function.parameters());
                }
                case Tool.Custom custom -> {
                    text(custom.name());
                    text(custom.description());
                    json(custom.format());
                }
                case Tool.Vendor vendor -> json(vendor.json());
            }
        }

        /** The texts of a tree, and about a token of punctuation for each of its nodes. */
        void json(@Nullable JsonNode node) {
            if (node == null) {
                return;
            }
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

        private void text(@Nullable String text) {
            if (text != null) {
                tokens += TokenEstimator.estimate(text);
            }
        }
    }
}
