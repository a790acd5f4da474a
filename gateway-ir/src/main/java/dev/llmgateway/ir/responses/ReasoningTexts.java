package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.SummaryParts;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.ir.responses.ReasoningStream.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The readable texts of a {@code reasoning} item: its content, or else its summary in parts. Ours is one text, with a blank line
 * between the parts.
 */
final class ReasoningTexts {

    private static final String SUMMARY = "summary";
    private static final String CONTENT = "content";

    private ReasoningTexts() {}

    /** The texts that an answer shows of an item; streams tell its content first, where there are both. */
    static List<String> shown(JsonNode item) {
        return texts(item, kind(item));
    }

    /** Which of its texts an answer shows of an item. */
    static Kind kind(JsonNode item) {
        return joined(item.path(CONTENT)).isEmpty() ? Kind.SUMMARY : Kind.CONTENT;
    }

    /** Which texts of an item are not shown, and are others, when those of one kind are; null when there are none. */
    static @Nullable Kind unshown(JsonNode item, Kind shown) {
        Kind other = shown == Kind.SUMMARY ? Kind.CONTENT : Kind.SUMMARY;
        String text = String.join(SummaryParts.BLANK_LINE, texts(item, other));
        boolean isNew = !text.isEmpty() && !text.equals(String.join(SummaryParts.BLANK_LINE, texts(item, shown)));
        return isNew ? other : null;
    }

    /** Remembers with an answer's end what was not shown. */
    static Extras mark(@Nullable Kind unshown, Extras extras) {
        return unshown == null
                ? extras
                : extras.with(
                        OPENAI_RESPONSES, ResponsesMembers.UNSHOWN_REASONING, StringNode.valueOf(memberOf(unshown)));
    }

    /** The texts of an item that are of this kind; empty when there is none. */
    static List<String> texts(JsonNode item, Kind kind) {
        return texts(item.path(memberOf(kind)));
    }

    /** The member of an item that has its texts of this kind. */
    static String memberOf(Kind kind) {
        return kind == Kind.SUMMARY ? SUMMARY : CONTENT;
    }

    private static String joined(@Nullable JsonNode parts) {
        return parts == null ? "" : String.join(SummaryParts.BLANK_LINE, texts(parts));
    }

    private static List<String> texts(JsonNode parts) {
        List<String> texts = new ArrayList<>();
        if (parts.isArray()) {
            parts.values().forEach(part -> texts.add(part.path("text").stringValue("")));
        }
        return texts;
    }

    /** Writes the members {@code summary} and {@code content} of an answer whose summary has these texts. */
    static void writeSummary(List<String> texts, JsonWriter out) {
        out.array(SUMMARY);
        for (String text : texts) {
            out.object().text("type", "summary_text").text("text", text).endObject();
        }
        out.endArray();
    }

    /** Whether {@link #write} takes care of the extra of this name. */
    static boolean owns(String name) {
        return name.equals(SUMMARY) || name.equals(CONTENT);
    }

    /** Writes the members {@code summary} and {@code content}: as they came, unless the text was changed since. */
    static void write(Content.Reasoning reasoning, JsonWriter out) {
        String text = reasoning.text() == null ? "" : reasoning.text();
        JsonNode summary = reasoning.extras().member(OPENAI_RESPONSES, SUMMARY);
        JsonNode content = reasoning.extras().member(OPENAI_RESPONSES, CONTENT);
        boolean ofContent = content != null && text.equals(joined(content));
        if (summary != null && (ofContent || joined(summary).equals(text))) {
            out.node(SUMMARY, summary);
        } else {
            out.array(SUMMARY);
            if (!text.isEmpty() && !ofContent) {
                out.object().text("type", "summary_text").text("text", text).endObject();
            }
            out.endArray();
        }
        if (content != null) {
            out.node(CONTENT, content);
        }
    }
}
