package dev.llmgateway.ir;

import dev.llmgateway.ir.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The parts of a reasoning's summary, which Responses tells one by one. To us they are one text, with a blank line between two of
 * them. A part may have blank lines of its own, so that where one ends is told beside the text: in a stream by a mark before the
 * blank line, in a complete answer by a list of the parts.
 */
public final class SummaryParts {

    /** What stands between two parts. */
    public static final String BLANK_LINE = "\n\n";

    /** The type of the mark in a stream; only we write it. */
    public static final String BREAK = "summary_break";

    private static final String LIST = "summary";
    private static final JsonNode MARK = Json.mapper().createObjectNode().put("type", BREAK);

    private SummaryParts() {}

    /** The mark that a part of the summary ends in the reasoning that is this part of choice 0. */
    public static ChatEvent breakIn(int part, Wire wire) {
        return breakIn(0, part, wire);
    }

    static ChatEvent breakIn(int choice, int part, Wire wire) {
        return new ChatEvent.VendorDelta(choice, part, Dialect.OPENAI_RESPONSES, MARK, wire);
    }

    /** Whether a vendor's delta is the mark. */
    public static boolean isBreak(JsonNode delta) {
        return delta.equals(MARK);
    }

    /** The parts of a reasoning's text: all of it, unless the list of the parts is still what the text says. */
    public static List<String> of(Content.Reasoning reasoning) {
        String text = reasoning.text() == null ? "" : reasoning.text();
        JsonNode list = reasoning.extras().member(Dialect.OPENAI_RESPONSES, LIST);
        List<String> parts = list == null
                ? List.of()
                : list.valueStream().map(it -> it.path("text").stringValue("")).toList();
        return text.equals(String.join(BLANK_LINE, parts)) && !parts.isEmpty() ? parts : List.of(text);
    }

    /** The extras of a reasoning whose text has these parts. */
    public static Extras list(List<String> parts, Extras extras) {
        if (parts.size() < 2) {
            return extras;
        }
        ArrayNode list = Json.mapper().createArrayNode();
        parts.forEach(it -> list.addObject().put("type", "summary_text").put("text", it));
        return extras.with(Dialect.OPENAI_RESPONSES, LIST, list);
    }

    /** Those extras without the list. */
    static Extras unlisted(Extras extras) {
        return extras.without(LIST);
    }
}
