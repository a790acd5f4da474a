package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.codec.CacheControl;
import dev.llmgateway.ir.codec.RequestField;
import dev.llmgateway.ir.codec.ToolCallIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the conversation of a request, in order. Results of tools that follow each other become one message. For one
 * request.
 */
final class MessageDecoder {

    private static final Set<String> PLAIN = Set.of("role", "content");
    private static final Set<String> TOOL = Set.of("role", "content", "tool_call_id");
    private static final Set<String> FUNCTION = Set.of("role", "content", "name");

    private final List<Message> messages = new ArrayList<>();
    private final List<Content> results = new ArrayList<>();
    private final Set<String> callIds = new HashSet<>();
    private final Map<String, String> legacyCallIds = new HashMap<>();
    private boolean rewritten;

    List<Message> decode(RequestField all) {
        List<RequestField> elements = all.elements();
        if (elements.isEmpty()) {
            throw all.invalid("must hold at least one message");
        }
        elements.forEach(message -> message(message.requireObject()));
        endResults();
        return messages;
    }

    /** True when a message says something that its bytes do not say in the current format. */
    boolean isRewritten() {
        return rewritten;
    }

    private void message(RequestField message) {
        RequestField role = message.require("role");
        switch (role.text()) {
            case "system" -> add(plain(Role.SYSTEM, message));
            case "developer" -> add(plain(Role.DEVELOPER, message));
            case "user" -> add(plain(Role.USER, message));
            case "assistant" -> add(MessageMarks.onPart(assistant(message)));
            case "tool" -> result(message);
            case "function" -> legacyResult(message);
            default ->
                throw role.invalid(
                        "unknown role \"" + role.text() + "\": use system, developer, user, assistant or tool");
        }
    }

    private void add(Message message) {
        endResults();
        messages.add(message);
    }

    private void endResults() {
        if (!results.isEmpty()) {
            messages.add(new Message(Role.TOOL, results));
            results.clear();
        }
    }

    private static Message plain(Role role, RequestField message) {
        return MessageMarks.onPart(
                new Message(role, PartDecoder.content(message.require("content")), message.extras(OPENAI_CHAT, PLAIN)));
    }

    private void result(RequestField message) {
        RequestField id = message.require("tool_call_id");
        String callId = ownId(id.text());
        if (!callIds.contains(callId)) {
            throw id.invalid("no tool call before this message has the id \"" + id.text() + "\"");
        }
        results.add(new Content.ToolResult(
                callId,
                PartDecoder.optional(message.get("content")),
                false,
                CacheControl.markedWhole(message.extras(OPENAI_CHAT, TOOL))));
    }

    private void legacyResult(RequestField message) {
        rewritten = true;
        String callId = legacyCallIds.get(message.requireName("name"));
        if (callId == null) {
            throw message.require("name").invalid("no function call before this message has this name");
        }
        results.add(new Content.ToolResult(
                callId,
                PartDecoder.optional(message.get("content")),
                false,
                CacheControl.markedWhole(message.extras(OPENAI_CHAT, FUNCTION))));
    }

    private Message assistant(RequestField message) {
        Set<String> known = new HashSet<>(Set.of("role", "content", "refusal", "tool_calls", "function_call"));
        List<Content> parts = new ArrayList<>();
        String reasoning = reasoning(message, known);
        RequestField details = message.get(ReasoningDetails.NAME);
        List<Content> sealed = ReasoningDetails.read(details, reasoning);
        if (reasoning != null && sealed.isEmpty()) {
            parts.add(new Content.Reasoning(reasoning, null, Extras.NONE));
        }
        parts.addAll(sealed);
        parts.addAll(PartDecoder.optional(message.get("content")));
        String refusal = message.optText("refusal");
        if (refusal != null && !refusal.isEmpty()) {
            parts.add(new Content.Refusal(refusal));
        }
        RequestField calls = message.get("tool_calls");
        if (calls != null) {
            toolCalls(calls, parts);
        }
        RequestField legacy = message.get("function_call");
        if (legacy != null) {
            parts.add(legacyCall(legacy.requireObject()));
        }
        if (sealed.isEmpty()) {
            return new Message(Role.ASSISTANT, parts, message.extras(OPENAI_CHAT, known));
        }
        rewritten = true;
        known.add(ReasoningDetails.NAME);
        JsonNode foreign = ReasoningDetails.foreign(details);
        Extras extras = message.extras(OPENAI_CHAT, known);
        return new Message(
                Role.ASSISTANT,
                parts,
                foreign == null ? extras : extras.with(OPENAI_CHAT, ReasoningDetails.NAME, foreign));
    }

    /** DeepSeek, vLLM and GLM say {@code reasoning_content}, Groq, Ollama and OpenRouter {@code reasoning}. */
    private static @Nullable String reasoning(RequestField message, Set<String> known) {
        for (String name : List.of("reasoning_content", "reasoning")) {
            RequestField field = message.get(name);
            if (field != null && field.node().isString()) {
                known.add(name);
                return field.text().isEmpty() ? null : field.text();
            }
        }
        return null;
    }

    private void toolCalls(RequestField calls, List<Content> parts) {
        Set<String> ofThisTurn = new HashSet<>();
        for (RequestField call : calls.elements()) {
            Content.ToolCall decoded = toolCall(call.requireObject());
            if (!ofThisTurn.add(decoded.id())) {
                throw call.require("id").invalid("two tool calls of one message have the id \"" + decoded.id() + "\"");
            }
            parts.add(decoded);
        }
    }

    private Content.ToolCall toolCall(RequestField call) {
        String clientId = call.requireName("id");
        String id = ownId(clientId);
        callIds.add(id);
        rewritten |= ToolCallReader.saysMoreThanSignature(call);
        OpaqueToken token = ToolCallIds.signatureOf(clientId);
        Content.ToolCall decoded = ToolCallReader.read(call, id);
        return token == null
                ? decoded
                : new Content.ToolCall(id, decoded.name(), decoded.arguments(), token, decoded.extras());
    }

    private String ownId(String clientId) {
        if (ToolCallIds.signatureOf(clientId) == null) {
            return clientId;
        }
        rewritten = true;
        return ToolCallIds.fromClient(clientId);
    }

    private Content.ToolCall legacyCall(RequestField call) {
        rewritten = true;
        String name = call.requireName("name");
        String id = "call_function_" + messages.size();
        callIds.add(id);
        legacyCallIds.put(name, id);
        return new Content.ToolCall(id, name, ToolCallReader.arguments(call.get("arguments")));
    }
}
