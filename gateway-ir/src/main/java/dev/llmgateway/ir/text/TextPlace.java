package dev.llmgateway.ir.text;

import java.util.regex.Pattern;

/**
 * Where in a request a text stands. Quotes nothing of the text, and no name inside JSON that the caller chose: all texts of
 * one JSON value (a call's arguments, a schema) share the place of that value. Immutable.
 *
 * @param kind what sort of text it is
 * @param list {@code messages}, {@code tools}, or empty for the request itself
 * @param item the index in {@link dev.llmgateway.ir.ChatRequest#messages()} or of the tool; -1 in the request itself
 * @param part the index of the part in the message; -1 when there is none
 * @param nested the index of the part in a tool's result; -1 when there is none
 * @param member the member that holds the text, as the canonical vocabulary or the vendor names it
 */
public record TextPlace(Kind kind, String list, int item, int part, int nested, String member) {

    /** What sort of text it is. */
    public enum Kind {
        /** Instructions. */
        SYSTEM,
        /** What the user or the assistant said, refusals included. */
        MESSAGE,
        /** The model's earlier reasoning. */
        REASONING,
        /** The arguments of a tool call. */
        TOOL_CALL,
        /** What a tool answered. */
        TOOL_RESULT,
        /** The text of a document. */
        DOCUMENT,
        /** The name or title of a document. */
        FILE_NAME,
        /** The address of an image or a document. */
        URL,
        TOOL_DESCRIPTION,
        /** A JSON Schema of a tool, or the grammar of its input. */
        SCHEMA,
        /** Name, description and schema of the wanted answer. */
        RESPONSE_FORMAT,
        /** A text that ends the answer. */
        STOP,
        /** The id of the application's user. */
        END_USER,
        /** A member or a part that only one vendor knows. */
        EXTRA
    }

    private static final int NONE = -1;

    /** What names of an API's members look like; anything else could be data that was sent as a name. */
    private static final Pattern API_NAME = Pattern.compile("[A-Za-z_.$]{1,48}");

    static TextPlace ofRequest(Kind kind, String member) {
        return new TextPlace(kind, "", NONE, NONE, NONE, member);
    }

    static TextPlace ofTool(Kind kind, int tool, String member) {
        return new TextPlace(kind, "tools", tool, NONE, NONE, member);
    }

    static TextPlace ofMessage(Kind kind, int message) {
        return new TextPlace(kind, "messages", message, NONE, NONE, "");
    }

    TextPlace part(int index) {
        return part == NONE
                ? new TextPlace(kind, list, item, index, NONE, member)
                : new TextPlace(kind, list, item, part, index, member);
    }

    TextPlace as(Kind other, String name) {
        return new TextPlace(other, list, item, part, nested, name);
    }

    /** The index of the message, or -1 when the text stands in none. */
    public int messageIndex() {
        return list.equals("messages") ? item : NONE;
    }

    /** For people and logs, for example {@code messages[3].content[0].text}. */
    public String path() {
        StringBuilder path = new StringBuilder(list);
        if (item >= 0) {
            path.append('[').append(item).append(']');
        }
        if (part >= 0) {
            path.append(".content[").append(part).append(']');
        }
        if (nested >= 0) {
            path.append(".content[").append(nested).append(']');
        }
        if (!member.isEmpty()) {
            path.append(path.isEmpty() ? "" : ".")
                    .append(API_NAME.matcher(member).matches() ? member : "*");
        }
        return path.toString();
    }

    @Override
    public String toString() {
        return path();
    }
}
