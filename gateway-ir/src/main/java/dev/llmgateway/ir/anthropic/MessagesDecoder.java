package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;

/**
 * Reads {@code messages} into the normal form: the tool results of everything between two assistant turns, which
 * Anthropic takes as one turn, become one TOOL message directly behind the assistant turn. For one request.
 */
final class MessagesDecoder {

    private static final Set<String> KNOWN = Set.of("role", "content");

    private final BlockDecoder blocks;
    private final List<Message> messages;
    private final Set<String> callIds = new HashSet<>();
    private final Set<String> openCalls = new HashSet<>();
    private boolean afterAssistant;
    private boolean mayAnswerUnknown;

    private final List<Content> results = new ArrayList<>();
    private Extras resultExtras = Extras.NONE;
    private final List<Message> rest = new ArrayList<>();

    /**
     * Appends what it reads to {@code messages}.
     *
     * @param goesOn whether the conversation has begun in a place that only Anthropic knows
     */
    MessagesDecoder(BlockDecoder blocks, List<Message> messages, boolean goesOn) {
        this.blocks = blocks;
        this.messages = messages;
        this.mayAnswerUnknown = goesOn;
    }

    void decode(ArrayNode array, Place place) {
        for (int i = 0; i < array.size(); i++) {
            message(Fields.of(array.get(i), place.element(i), Reading.REQUEST));
        }
        endUserTurn();
    }

    private void message(Fields message) {
        String role = message.string("role");
        Place at = message.at("content");
        switch (role) {
            case "user" -> user(message, blocks.stringOrBlocks(message.get("content"), at));
            case "assistant" -> assistant(message, blocks.stringOrBlocks(message.get("content"), at));
            case "system" -> {
                List<Content> content = blocks.stringOrBlocks(message.get("content"), at);
                requireNoTools(content, at, "a system message");
                rest.add(new Message(Role.SYSTEM, content, message.extras(KNOWN)));
            }
            default ->
                throw message.error("role", "is not a role: use \"user\", \"assistant\" or, between them, \"system\"");
        }
    }

    private void assistant(Fields message, List<Content> content) {
        endUserTurn();
        if (!afterAssistant) {
            openCalls.clear();
        }
        afterAssistant = true;
        mayAnswerUnknown = false;
        Place at = message.at("content");
        for (int i = 0; i < content.size(); i++) {
            if (content.get(i) instanceof Content.ToolResult) {
                throw Reading.REQUEST.error(
                        at.element(i), "a tool_result block belongs into the user turn behind the assistant turn");
            }
            if (content.get(i) instanceof Content.ToolCall call) {
                if (!openCalls.add(call.id())) {
                    throw Reading.REQUEST.error(
                            at.element(i).member("id"),
                            "\"" + call.id()
                                    + "\" appears twice before it is answered: each call needs an id of its own");
                }
                if (!callIds.add(call.id())) {
                    // Some models count the calls of every answer anew, which Anthropic refuses.
                    blocks.rewrite();
                }
            }
        }
        messages.add(new Message(Role.ASSISTANT, content, message.extras(KNOWN)));
    }

    private void user(Fields message, List<Content> content) {
        Place at = message.at("content");
        List<Content> others = new ArrayList<>();
        int before = results.size();
        for (int i = 0; i < content.size(); i++) {
            Content part = content.get(i);
            if (part instanceof Content.ToolResult result) {
                requireOpen(result, at.element(i).member("tool_use_id"));
                results.add(result);
            } else {
                others.add(part);
            }
        }
        requireNoTools(others, at, "a user turn");
        afterAssistant = false;
        Extras extras = message.extras(KNOWN);
        if (!others.isEmpty() || results.size() == before) {
            rest.add(new Message(Role.USER, others, extras));
        } else if (resultExtras.isEmpty()) {
            resultExtras = extras;
        }
    }

    private void requireOpen(Content.ToolResult result, Place place) {
        if (!openCalls.remove(result.callId()) && !mayAnswerUnknown) {
            String why = callIds.contains(result.callId())
                    ? "\" was answered already, or is not a call of the assistant turn directly before"
                    : "\" is not the id of a tool_use block in the assistant turn before";
            throw Reading.REQUEST.error(place, "\"" + result.callId() + why);
        }
    }

    static void requireNoTools(List<Content> content, Place at, String where) {
        for (int i = 0; i < content.size(); i++) {
            Content part = content.get(i);
            if (part instanceof Content.ToolCall
                    || part instanceof Content.Reasoning
                    || part instanceof Content.ToolResult) {
                throw Reading.REQUEST.error(
                        at.element(i),
                        where + " holds no tool_use and no thinking blocks; they belong to the assistant");
            }
        }
    }

    private void endUserTurn() {
        if (!results.isEmpty()) {
            messages.add(new Message(Role.TOOL, results, resultExtras));
        }
        messages.addAll(rest);
        results.clear();
        rest.clear();
        resultExtras = Extras.NONE;
    }
}
