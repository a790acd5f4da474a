package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Mode;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Anthropic's member {@code thinking} in a Chat Completions request, where OpenAI itself has no such member. */
public final class ThinkingOfChat {

    /** The member. */
    public static final String MEMBER = "thinking";

    private static final String BUDGET = "budget_tokens";
    private static final String DISPLAY = "display";
    private static final Set<String> READ = Set.of("type", BUDGET, DISPLAY);

    private ThinkingOfChat() {}

    /** Whether the request says so how much to think. */
    public static boolean isIn(ChatRequest request) {
        return mode(request) != null;
    }

    /** How much the request asks to think, by whichever member. */
    public static ReasoningOptions wish(ChatRequest request) {
        Mode mode = mode(request);
        ReasoningOptions wish = request.reasoning();
        if (mode == null) {
            return wish;
        }
        JsonNode member = member(request);
        int budget = member.path(BUDGET).intValue(0);
        return new ReasoningOptions(
                mode,
                wish.effort(),
                budget > 0 ? (Integer) budget : null,
                member.path(DISPLAY).stringValue(null));
    }

    /** Notes what of the member {@link #wish} does not understand. */
    public static void nameUnread(ChatRequest request, Losses losses) {
        JsonNode member = member(request);
        if (!isIn(request)) {
            if (!member.isMissingNode() && !member.isNull()) {
                losses.add(MEMBER);
            }
            return;
        }
        ReasoningOptions wish = wish(request);
        member.properties().forEach(entry -> {
            String name = entry.getKey();
            boolean isRead = READ.contains(name)
                    && (!name.equals(BUDGET) || wish.budgetTokens() != null)
                    && (!name.equals(DISPLAY) || wish.display() != null);
            if (!isRead && !entry.getValue().isNull()) {
                losses.add(MEMBER + "." + name);
            }
        });
    }

    /** Notes that the model cannot be asked to think, by the name that the caller asked with. */
    public static void addReasoning(ChatRequest request, Losses losses) {
        if (isIn(request)) {
            losses.add(MEMBER);
        } else {
            losses.add(Lost.REASONING);
        }
    }

    private static @Nullable Mode mode(ChatRequest request) {
        return switch (member(request).path("type").stringValue("")) {
            case "enabled" -> Mode.ENABLED;
            case "disabled" -> Mode.DISABLED;
            case "adaptive" -> Mode.ADAPTIVE;
            case "between_tools" -> Mode.BETWEEN_TOOLS;
            default -> null;
        };
    }

    private static JsonNode member(ChatRequest request) {
        JsonNode member = request.extras().member(Dialect.OPENAI_CHAT, MEMBER);
        return member == null ? MissingNode.getInstance() : member;
    }
}
