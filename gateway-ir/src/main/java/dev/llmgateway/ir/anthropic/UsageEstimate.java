package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.tokens.TokenEstimator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Guesses the usage of a call, where an Anthropic client has to be told one and the provider told none (yet): a guess lets
 * the client see its context fill up, a zero does not.
 */
final class UsageEstimate {

    /** An image of about a megapixel, from the vendor's rule of width times height over 750. */
    private static final long TOKENS_PER_IMAGE = 1400;

    /** Of ordinary text, for answers whose text passed by in pieces. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private UsageEstimate() {}

    /** The prompt of {@code request} and an answer of so many characters. */
    static Usage usage(ChatRequest request, long answerCharacters) {
        return Usage.of(of(request), (answerCharacters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN);
    }

    /** The prompt of {@code request} and this answer. */
    static Usage usage(ChatRequest request, List<Content> answer) {
        return Usage.of(of(request), of(answer));
    }

    private static long of(ChatRequest request) {
        long tokens = TokenEstimator.chatOverhead(request.messages().size());
        for (Message message : request.messages()) {
            tokens += of(message.content());
        }
        for (Tool tool : request.toolUse().tools()) {
            tokens += switch (tool) {
                case Tool.Function function ->
                    of(function.name()) + of(function.description()) + of(function.parameters());
                case Tool.Custom custom -> of(custom.name()) + of(custom.description()) + of(custom.format());
                case Tool.Vendor vendor -> of(vendor.json());
            };
        }
        return tokens;
    }

    private static long of(List<Content> parts) {
        long tokens = 0;
        for (Content part : parts) {
            tokens += switch (part) {
                case Content.Text text -> of(text.text());
                case Content.Refusal refusal -> of(refusal.text());
                case Content.Reasoning reasoning -> of(reasoning.text());
                case Content.ToolCall call -> of(call.name()) + of(call.arguments());
                case Content.ToolResult result -> of(result.content());
                case Content.Image ignored -> TOKENS_PER_IMAGE;
                case Content.Document ignored -> TOKENS_PER_IMAGE;
                case Content.Audio ignored -> TOKENS_PER_IMAGE;
                case Content.Vendor vendor -> of(vendor.json());
            };
        }
        return tokens;
    }

    private static long of(@Nullable String text) {
        return text == null ? 0 : TokenEstimator.estimate(text);
    }

    /** The texts of a tree, and about a token of punctuation for each. */
    private static long of(@Nullable JsonNode node) {
        if (node == null) {
            return 0;
        }
        long tokens = 1;
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                tokens += of(member.getKey()) + of(member.getValue());
            }
        } else if (node.isArray()) {
            for (JsonNode element : node) {
                tokens += of(element);
            }
        } else if (node.isString()) {
            tokens += of(node.stringValue());
        }
        return tokens;
    }
}
