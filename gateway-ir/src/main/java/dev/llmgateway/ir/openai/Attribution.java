package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Claude Code starts its instructions with a block that only Anthropic's billing reads. It can change with every request,
 * so that sent elsewhere it would defeat every prompt cache.
 */
final class Attribution {

    private static final String MARK = "x-anthropic-billing-header:";

    private Attribution() {}

    static List<Message> strip(List<Message> messages) {
        if (messages.isEmpty() || !InstructionFolder.isInstruction(messages.getFirst())) {
            return messages;
        }
        List<Content> content = messages.getFirst().content();
        boolean marked = !content.isEmpty()
                && content.getFirst() instanceof Content.Text text
                && text.text().startsWith(MARK);
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
}
