package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import java.util.ArrayList;
import java.util.List;

/** What Claude Code sends for Anthropic alone, and what is left out for everybody else. */
public final class ClaudeCode {

    /** The name of a tool that only keeps the deferred loading of other tools going. */
    public static final String PLACEHOLDER = "DeferredToolPlaceholder";

    private static final String ATTRIBUTION = "x-anthropic-billing-header:";

    private ClaudeCode() {}

    /**
     * The conversation without the first block of its instructions, when only Anthropic's billing reads that. It can change with
     * every request, so that sent elsewhere it would defeat every prompt cache.
     */
    public static List<Message> withoutAttribution(List<Message> messages) {
        if (messages.isEmpty() || !isInstruction(messages.getFirst())) {
            return messages;
        }
        List<Content> content = messages.getFirst().content();
        boolean marked = !content.isEmpty()
                && content.getFirst() instanceof Content.Text text
                && text.text().startsWith(ATTRIBUTION);
        if (!marked) {
            return messages;
        }
        List<Message> stripped = new ArrayList<>(messages);
        if (content.size() == 1) {
            stripped.removeFirst();
        } else {
            stripped.set(0, messages.getFirst().withContent(content.subList(1, content.size())));
        }
        return stripped;
    }

    private static boolean isInstruction(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    /** Whether this is the tool that means nothing where tools are not loaded later. */
    public static boolean isPlaceholder(Tool tool) {
        return tool instanceof Tool.Function function
                && function.name().equals(PLACEHOLDER)
                && function.extras().member(ANTHROPIC_MESSAGES, "defer_loading") != null;
    }
}
