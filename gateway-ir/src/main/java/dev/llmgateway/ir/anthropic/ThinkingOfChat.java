package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Mode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Anthropic's member {@code thinking} in a Chat Completions request, where OpenAI itself has no such member. */
final class ThinkingOfChat {

    /** The member. */
    static final String MEMBER = "thinking";

    private ThinkingOfChat() {}

    /** Whether the request says so how much to think. */
    static boolean isIn(ChatRequest request) {
        return mode(request) != null;
    }

    /** How much the request asks to think, by whichever member. */
    static ReasoningOptions wish(ChatRequest request) {
        Mode mode = mode(request);
        ReasoningOptions wish = request.reasoning();
        if (mode == null) {
            return wish;
        }
        int budget = member(request).path("budget_tokens").intValue(0);
        return new ReasoningOptions(mode, wish.effort(), budget > 0 ? (Integer) budget : null, wish.display());
    }

    private static @Nullable Mode mode(ChatRequest request) {
        return switch (member(request).path("type").stringValue("")) {
            case "enabled" -> Mode.ENABLED;
            case "disabled" -> Mode.DISABLED;
            case "adaptive" -> Mode.ADAPTIVE;
            default -> null;
        };
    }

    private static JsonNode member(ChatRequest request) {
        JsonNode member = request.extras().member(Dialect.OPENAI_CHAT, MEMBER);
        return member == null ? MissingNode.getInstance() : member;
    }
}
