package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Message;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Anthropic's {@code compaction} blocks: what an assistant says in place of all that the conversation had before. Their text can be
 * read by every model, and for many conversations is all that is left of them.
 */
public final class CompactionBlocks {

    private static final String TYPE = "compaction";

    private CompactionBlocks() {}

    /** The request for another format, with such blocks as texts in a tag; the same one when it has none. */
    public static ChatRequest asTexts(ChatRequest request) {
        boolean hasAny = request.dialect() == Dialect.ANTHROPIC_MESSAGES
                && request.messages().stream()
                        .flatMap(message -> message.content().stream())
                        .anyMatch(CompactionBlocks::isReadable);
        return hasAny
                ? request.toBuilder()
                        .messages(request.messages().stream()
                                .map(CompactionBlocks::asTexts)
                                .toList())
                        .build()
                : request;
    }

    private static Message asTexts(Message message) {
        List<Content> parts =
                message.content().stream().map(CompactionBlocks::asText).toList();
        return message.withContent(parts);
    }

    private static Content asText(Content part) {
        return isReadable(part) && part instanceof Content.Vendor vendor
                ? new Content.Text("<summary>\n" + text(vendor).stringValue("") + "\n</summary>")
                : part;
    }

    private static boolean isReadable(Content part) {
        return part instanceof Content.Vendor vendor
                && vendor.dialect() == Dialect.ANTHROPIC_MESSAGES
                && vendor.json().path("type").stringValue("").equals(TYPE)
                && !text(vendor).stringValue("").isBlank();
    }

    private static JsonNode text(Content.Vendor vendor) {
        return vendor.json().path("content");
    }
}
