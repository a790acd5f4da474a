package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.CacheControl;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.RequestField;
import dev.llmgateway.ir.json.Json;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tool calls as they stand in a request's assistant message. */
final class ToolCallReader {

    private static final String CUSTOM = "custom";

    private static final String EXTRA_CONTENT = "extra_content";
    private static final Set<String> FUNCTION_CALL = Set.of("id", "type", "function");
    private static final Set<String> KNOWN_CUSTOM_CALL = Set.of("id", "type", "custom");

    private ToolCallReader() {}

    /** Reads a call, for which {@code id} was chosen. */
    static Content.ToolCall read(RequestField call, String id) {
        String type = call.optText("type");
        RequestField extra = call.get(EXTRA_CONTENT);
        OpaqueToken token = extra == null ? null : signature(extra.node());
        if (CUSTOM.equals(type)) {
            RequestField custom = call.require(CUSTOM).requireObject();
            String input = custom.optText("input");
            return new Content.ToolCall(
                    id,
                    custom.requireName("name"),
                    input == null ? "" : input,
                    token,
                    NestedMembers.add(
                            FreeTextCalls.mark(extras(call, KNOWN_CUSTOM_CALL, token)),
                            CUSTOM,
                            custom.others(Set.of("name", "input"))));
        }
        if (type != null && !type.equals("function")) {
            throw call.require("type").invalid("unknown type \"" + type + "\": use \"function\" or \"custom\"");
        }
        RequestField function = call.require("function").requireObject();
        return new Content.ToolCall(
                id,
                function.requireName("name"),
                arguments(function.get("arguments")),
                token,
                NestedMembers.add(
                        extras(call, FUNCTION_CALL, token), "function", function.others(Set.of("name", "arguments"))));
    }

    private static Extras extras(RequestField call, Set<String> known, @Nullable OpaqueToken token) {
        return CacheControl.marked(Extras.of(OPENAI_CHAT, others(call, known, token)));
    }

    /** The members that are not known: a stream's index and the member that holds the signature are. */
    private static Map<String, JsonNode> others(RequestField call, Set<String> known, @Nullable OpaqueToken token) {
        Map<String, JsonNode> others = call.others(known);
        JsonNode index = others.get("index");
        if (index != null && index.isNumber()) {
            others.remove("index");
        }
        if (token != null) {
            others.remove(EXTRA_CONTENT);
        }
        return others;
    }

    /** Whether Google's member holds more than the signature. */
    static boolean saysMoreThanSignature(RequestField call) {
        RequestField extra = call.get(EXTRA_CONTENT);
        return extra != null
                && signature(extra.node()) != null
                && (extra.node().size() > 1 || extra.node().path("google").size() > 1);
    }

    /** Text of JSON; no text means no arguments. */
    static String arguments(@Nullable RequestField arguments) {
        if (arguments == null) {
            return "{}";
        }
        if (arguments.node().isObject()) {
            return Json.writeString(arguments.node());
        }
        String text = arguments.text();
        return text.isEmpty() ? "{}" : text;
    }

    /** The thought signature in Google's {@code extra_content}, or null. */
    static @Nullable OpaqueToken signature(@Nullable JsonNode extraContent) {
        if (extraContent == null) {
            return null;
        }
        JsonNode value = extraContent.path("google").path("thought_signature");
        return value.isString() && !value.stringValue().isEmpty()
                ? new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, value.stringValue(), null)
                : null;
    }
}
