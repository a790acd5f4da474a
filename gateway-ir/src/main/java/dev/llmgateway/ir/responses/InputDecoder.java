package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.codec.RequestField;
import dev.llmgateway.ir.codec.ResponsesMembers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code input} into the normal form. What the assistant said in items that follow each other is one turn; the outputs of
 * its calls stand directly behind it, also those that came later. For one request.
 */
final class InputDecoder {

    private static final Set<String> MESSAGE = Set.of("type", "role", "content");
    private static final Set<String> ASSISTANT_PARTS = Set.of("output_text", "input_text", "text", "refusal");

    /** What one side said: a message, or an assistant's turn with the results of its calls. */
    private record Turn(Message message, List<Content> said, List<Content> results) {
        static Turn of(Message message) {
            return new Turn(message, List.of(), List.of());
        }

        static Turn ofAssistant() {
            return new Turn(new Message(Role.ASSISTANT, List.of()), new ArrayList<>(), new ArrayList<>());
        }

        boolean isAssistant() {
            return message.role() == Role.ASSISTANT;
        }

        void addTo(List<Message> messages) {
            if (!isAssistant()) {
                messages.add(message);
                return;
            }
            if (!said.isEmpty() || results.isEmpty()) {
                messages.add(message.withContent(said));
            }
            if (!results.isEmpty()) {
                messages.add(new Message(Role.TOOL, results));
            }
        }
    }

    private final ItemDecoder items = new ItemDecoder();
    private final List<Turn> turns = new ArrayList<>();
    /** Of each id the latest: some models count the calls of every answer anew. */
    private final Map<String, Turn> calls = new HashMap<>();

    private final Map<String, RequestField> unanswered = new LinkedHashMap<>();
    private final Set<String> answered = new HashSet<>();
    private boolean refersToKeptItems;

    List<Message> decode(RequestField input) {
        if (input.node().isString()) {
            return List.of(Message.user(input.text()));
        }
        if (!input.node().isArray()) {
            throw input.invalid("must be a string or an array of items, not " + input.kind());
        }
        List<RequestField> all = input.elements();
        if (all.isEmpty()) {
            throw input.invalid("must hold at least one item");
        }
        refersToKeptItems = all.stream().anyMatch(InputDecoder::isReference);
        all.forEach(item -> item(item.requireObject()));
        requireAnswers();
        List<Message> messages = new ArrayList<>();
        turns.forEach(turn -> turn.addTo(messages));
        return messages;
    }

    /** True when an item says something that its bytes do not say in the current format. */
    boolean isRewritten() {
        return items.isRewritten();
    }

    /** OpenAI resolves references to items that it keeps; a call can be among them. */
    private static boolean isReference(RequestField item) {
        return ResponsesMembers.isReference(item.node());
    }

    private void item(RequestField item) {
        if (isReference(item)) {
            say(new Content.Vendor(OPENAI_RESPONSES, item.node()));
            return;
        }
        boolean isMessage = !item.has("type") && item.has("role");
        switch (isMessage ? "message" : item.requireName("type")) {
            case "message" -> message(item);
            case "reasoning" -> say(items.reasoning(item));
            case "function_call" -> call(item, items.functionCall(item));
            case "custom_tool_call" -> call(item, items.customCall(item));
            case "function_call_output", "custom_tool_call_output" -> output(item, items.output(item));
            default -> say(new Content.Vendor(OPENAI_RESPONSES, item.node()));
        }
    }

    private void message(RequestField message) {
        RequestField role = message.require("role");
        switch (role.text()) {
            case "system" -> turns.add(Turn.of(plain(Role.SYSTEM, message)));
            case "developer" -> turns.add(Turn.of(plain(Role.DEVELOPER, message)));
            case "user" -> turns.add(Turn.of(plain(Role.USER, message)));
            case "assistant" -> assistant(message);
            default ->
                throw role.invalid("unknown role \"" + role.text() + "\": use user, assistant, system or developer;"
                        + " what a tool answers is an item of the type function_call_output");
        }
    }

    private static Message plain(Role role, RequestField message) {
        return new Message(role, PartsDecoder.parts(message.require("content")), Members.extras(message, MESSAGE));
    }

    /** Its texts tell which item they were in; an item with parts of a kind that only OpenAI knows stays whole. */
    private void assistant(RequestField message) {
        RequestField content = message.require("content");
        if (content.node().isArray() && !content.elements().stream().allMatch(InputDecoder::isAssistantPart)) {
            say(new Content.Vendor(OPENAI_RESPONSES, message.node()));
            return;
        }
        List<Content> said = turn().said();
        Map<String, JsonNode> ofItem = Members.others(message, MESSAGE);
        for (Content part : PartsDecoder.parts(content)) {
            if (part instanceof Content.Text text) {
                said.add(new Content.Text(text.text(), Members.add(text.extras(), OutputDecoder.MESSAGE, ofItem)));
            } else if (part instanceof Content.Refusal refusal) {
                said.add(new Content.Refusal(
                        refusal.text(), Members.add(refusal.extras(), OutputDecoder.MESSAGE, ofItem)));
            }
        }
    }

    private static boolean isAssistantPart(RequestField part) {
        return ASSISTANT_PARTS.contains(part.requireObject().requireName("type"));
    }

    private void say(Content part) {
        turn().said().add(part);
    }

    /** The assistant's turn that goes on, or a new one. */
    private Turn turn() {
        Turn last = turns.isEmpty() ? null : turns.getLast();
        if (last != null && last.isAssistant() && last.results().isEmpty()) {
            return last;
        }
        Turn next = Turn.ofAssistant();
        turns.add(next);
        return next;
    }

    private void call(RequestField item, Content.ToolCall call) {
        RequestField id = item.require("call_id");
        Turn turn = turn();
        boolean isOpen = calls.put(call.id(), turn) != null && !answered.remove(call.id());
        if (isOpen) {
            throw id.invalid(
                    "two calls have the id \"" + id.text() + "\" before it is answered: each needs one of its own");
        }
        // Its answer may come in a later request, or never.
        boolean isAsync = item.node().path("async").booleanValue(false);
        if (!isAsync) {
            unanswered.put(call.id(), id);
        }
        turn.said().add(call);
    }

    private void output(RequestField item, Content.ToolResult result) {
        RequestField id = item.require("call_id");
        Turn turn = calls.get(result.callId());
        if (turn == null && !refersToKeptItems) {
            throw id.invalid("no call before this item has the id \"" + id.text()
                    + "\": a call stands in the input before its output");
        }
        boolean isAgain = turn != null
                && turn.results().stream()
                        .anyMatch(it -> it instanceof Content.ToolResult known
                                && known.callId().equals(result.callId()));
        if (isAgain && !refersToKeptItems) {
            throw id.invalid("the call \"" + id.text() + "\" has two outputs: send one");
        }
        unanswered.remove(result.callId());
        answered.add(result.callId());
        (turn == null || isAgain ? lastTurn() : turn).results().add(result);
    }

    /** Where the result of a call goes that is not in the input itself. */
    private Turn lastTurn() {
        if (turns.isEmpty() || !turns.getLast().isAssistant()) {
            turns.add(Turn.ofAssistant());
        }
        return turns.getLast();
    }

    private void requireAnswers() {
        if (!refersToKeptItems && !unanswered.isEmpty()) {
            RequestField id = unanswered.values().iterator().next();
            throw id.invalid("the call \"" + id.text() + "\" has no output: send an item of the type"
                    + " function_call_output (custom_tool_call_output for a custom tool) with this call_id behind it");
        }
    }
}
