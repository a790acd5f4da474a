package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.SummaryParts;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.RequestField;
import dev.llmgateway.ir.codec.SealedTokens;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.responses.Namespaces.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads single items of {@code input}, but for messages. For one request. */
final class ItemDecoder {

    /** What stands between the parts of a summary when they are read as one text. */
    private static final Set<String> REASONING = Set.of("type", "encrypted_content", "summary", "content");

    private static final Set<String> CALL = Set.of("type", "call_id", "name", "arguments", Namespaces.MEMBER);
    private static final Set<String> CUSTOM_CALL = Set.of("type", "call_id", "name", "input", Namespaces.MEMBER);
    private static final Set<String> OUTPUT = Set.of("type", "call_id", "output");
    private static final Set<String> TEXT_PART = Set.of("type", "text");

    private boolean rewritten;

    /** True when an id says something that the current format does not say in its bytes. */
    boolean isRewritten() {
        return rewritten;
    }

    Content reasoning(RequestField item) {
        List<RequestField> summary = texts(item.get("summary"));
        List<RequestField> content = texts(item.get("content"));
        String sealed = item.optText("encrypted_content");
        OpaqueToken token = sealed == null || sealed.isEmpty()
                ? null
                : SealedTokens.read(OpaqueToken.Kind.OPENAI_ENCRYPTED, sealed);
        Extras extras = Members.extras(item, REASONING);
        if (summary.size() > 1
                || !summary.isEmpty() && !content.isEmpty()
                || summary.stream()
                        .anyMatch(part -> !Members.others(part, TEXT_PART).isEmpty())) {
            extras = extras.with(
                    OPENAI_RESPONSES, "summary", item.require("summary").node());
        }
        if (!content.isEmpty()) {
            extras = extras.with(
                    OPENAI_RESPONSES, "content", item.require("content").node());
        }
        return new Content.Reasoning(joined(content.isEmpty() ? summary : content), token, extras);
    }

    private static List<RequestField> texts(@Nullable RequestField parts) {
        return parts == null ? List.of() : parts.elements();
    }

    private static String joined(List<RequestField> parts) {
        return parts.stream()
                .map(part -> part.requireObject().requireText("text"))
                .collect(Collectors.joining(SummaryParts.BLANK_LINE));
    }

    Content.ToolCall functionCall(RequestField item) {
        RequestField arguments = item.get("arguments");
        return call(item, arguments(arguments), Members.extras(item, CALL));
    }

    /** Text of JSON; no text means no arguments. */
    private static String arguments(@Nullable RequestField arguments) {
        if (arguments == null) {
            return "{}";
        }
        if (arguments.node().isObject()) {
            return Json.writeString(arguments.node());
        }
        String text = arguments.text();
        return text.isEmpty() ? "{}" : text;
    }

    Content.ToolCall customCall(RequestField item) {
        String input = item.optText("input");
        return call(item, input == null ? "" : input, FreeTextCalls.mark(Members.extras(item, CUSTOM_CALL)));
    }

    private Content.ToolCall call(RequestField item, String arguments, Extras extras) {
        String clientId = callId(item);
        String name = item.requireName("name");
        String namespace = item.optText(Namespaces.MEMBER);
        OpaqueToken token = ToolCallIds.signatureOf(clientId);
        if (namespace == null || namespace.isEmpty()) {
            return new Content.ToolCall(ownId(clientId), name, arguments, token, extras);
        }
        Place place = new Place(namespace, null, name);
        return new Content.ToolCall(
                ownId(clientId), place.flatName(), arguments, token, Namespaces.mark(extras, place));
    }

    Content.ToolResult output(RequestField item) {
        RequestField output = item.require("output");
        boolean isEmpty = output.node().isString() && output.text().isEmpty();
        List<Content> parts = isEmpty ? List.of() : PartsDecoder.parts(output);
        Map<String, JsonNode> others = Members.others(item, OUTPUT);
        return new Content.ToolResult(ownId(callId(item)), parts, false, Extras.of(OPENAI_RESPONSES, others));
    }

    private static String callId(RequestField item) {
        String id = item.requireName("call_id");
        if (id.isBlank()) {
            throw item.require("call_id").invalid("must not be blank");
        }
        return id;
    }

    private String ownId(String clientId) {
        if (ToolCallIds.signatureOf(clientId) == null) {
            return clientId;
        }
        rewritten = true;
        return ToolCallIds.fromClient(clientId);
    }
}
