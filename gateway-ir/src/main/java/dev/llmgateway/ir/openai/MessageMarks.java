package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.codec.CacheControl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Anthropic's cache mark on a whole message, as many gateways take it. What is cached is all up to a mark, so that it is the same
 * as one on the message's last part; there Anthropic has a place for it.
 */
final class MessageMarks {

    private MessageMarks() {}

    /** The message with its mark on a part; as it is when it has no mark, or no part that can have one. */
    static Message onPart(Message message) {
        JsonNode control = message.extras().member(OPENAI_CHAT, CacheControl.MEMBER);
        if (control == null || CacheControl.mark(control) == null) {
            return message;
        }
        List<Content> parts = new ArrayList<>(message.content());
        for (int i = parts.size() - 1; i >= 0; i--) {
            Content marked = marked(parts.get(i), control);
            if (marked != null) {
                parts.set(i, marked);
                return new Message(message.role(), parts, message.extras().without(CacheControl.MEMBER));
            }
        }
        return message;
    }

    /** Neither reasoning nor a text without a character takes one at Anthropic. */
    private static @Nullable Content marked(Content part, JsonNode control) {
        return switch (part) {
            case Content.Text text ->
                text.text().isBlank() ? null : new Content.Text(text.text(), marked(text.extras(), control));
            case Content.Refusal refusal -> new Content.Refusal(refusal.text(), marked(refusal.extras(), control));
            case Content.Image image ->
                new Content.Image(image.source(), image.detail(), marked(image.extras(), control));
            case Content.Document document ->
                new Content.Document(document.source(), document.name(), marked(document.extras(), control));
            case Content.ToolCall call ->
                new Content.ToolCall(
                        call.id(), call.name(), call.arguments(), call.token(), marked(call.extras(), control));
            case Content.Audio ignored -> null;
            case Content.ToolResult ignored -> null;
            case Content.Reasoning ignored -> null;
            case Content.Vendor ignored -> null;
            case Content.Numbers ignored -> null;
        };
    }

    private static Extras marked(Extras extras, JsonNode control) {
        return extras.cacheMark() != null
                ? extras
                : CacheControl.markedWhole(extras.with(OPENAI_CHAT, CacheControl.MEMBER, control));
    }
}
