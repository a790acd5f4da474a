package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                ? new Content.Text("<summary>\n" + text(vendor).stringValue("") + "\n</summary>", others(vendor))
                : part;
    }

    /** What is said beside the text, which is named where it is lost. */
    private static Extras others(Content.Vendor vendor) {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        vendor.json().forEachEntry((name, value) -> {
            if (!name.equals("type") && !name.equals("content")) {
                others.put(name, value);
            }
        });
        return Extras.of(Dialect.ANTHROPIC_MESSAGES, others);
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
