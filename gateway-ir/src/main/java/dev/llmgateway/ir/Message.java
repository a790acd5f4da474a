package dev.llmgateway.ir;

import java.util.List;

/**
 * One turn of a conversation. Immutable.
 *
 * <p>Normal form: results of tools are parts of {@link Role#TOOL} messages and of no other, and two TOOL messages never
 * follow each other.
 *
 * @param content the parts in order; may be empty
 * @param extras members of the message itself that only one dialect knows (OpenAI's {@code name}, say)
 */
public record Message(Role role, List<Content> content, Extras extras) {

    public Message {
        content = List.copyOf(content);
    }

    public Message(Role role, List<Content> content) {
        this(role, content, Extras.NONE);
    }

    /** A user turn of plain text. */
    public static Message user(String text) {
        return new Message(Role.USER, List.of(new Content.Text(text)));
    }

    /** An assistant turn of plain text. */
    public static Message assistant(String text) {
        return new Message(Role.ASSISTANT, List.of(new Content.Text(text)));
    }

    /** Instructions. */
    public static Message system(String text) {
        return new Message(Role.SYSTEM, List.of(new Content.Text(text)));
    }

    /** The result of one tool call, as text. */
    public static Message toolResult(String callId, String text) {
        return new Message(Role.TOOL, List.of(new Content.ToolResult(callId, text)));
    }

    /** The same turn with other parts. */
    public Message withContent(List<Content> other) {
        return new Message(role, other, extras);
    }
}
