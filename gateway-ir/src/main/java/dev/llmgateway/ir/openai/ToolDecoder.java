package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.CacheControl;
import dev.llmgateway.ir.codec.OpenAiToolChoice;
import dev.llmgateway.ir.codec.RequestField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the tools of a request and how they may be used, the legacy {@code functions} included. */
final class ToolDecoder {

    private static final Set<String> FUNCTION = Set.of("name", "description", "parameters", "strict");
    private static final Set<String> CUSTOM = Set.of("name", "description", "format");

    private ToolDecoder() {}

    static ToolUse toolUse(RequestField body) {
        List<Tool> tools = new ArrayList<>();
        RequestField modern = body.get("tools");
        if (modern != null) {
            modern.elements().forEach(tool -> tools.add(tool(tool.requireObject())));
        }
        RequestField legacy = body.get("functions");
        if (legacy != null) {
            legacy.elements().forEach(function -> tools.add(function(function.requireObject(), Extras.NONE)));
        }
        ToolChoice choice = choice(body.get("tool_choice"));
        Boolean parallel = body.optBoolean("parallel_tool_calls");
        // An answer to legacy functions has room for one call.
        boolean single = parallel == null && modern == null && !tools.isEmpty();
        return new ToolUse(
                tools,
                choice == null ? legacyChoice(body.get("function_call")) : choice,
                single ? Boolean.FALSE : parallel);
    }

    private static Tool tool(RequestField tool) {
        String type = tool.requireName("type");
        return switch (type) {
            case "function" ->
                function(
                        tool.require("function").requireObject(), tool.extras(OPENAI_CHAT, Set.of("type", "function")));
            case "custom" ->
                custom(tool.require("custom").requireObject(), tool.extras(OPENAI_CHAT, Set.of("type", "custom")));
            default -> new Tool.Vendor(OPENAI_CHAT, type, tool.node());
        };
    }

    private static Tool function(RequestField function, Extras extras) {
        RequestField parameters = function.get("parameters");
        JsonNode schema = parameters == null ? null : parameters.requireObject().node();
        return new Tool.Function(
                function.requireName("name"),
                function.optText("description"),
                schema,
                function.optBoolean("strict"),
                extras(extras, "function", function.others(FUNCTION)));
    }

    private static Tool custom(RequestField custom, Extras extras) {
        RequestField format = custom.get("format");
        return new Tool.Custom(
                custom.requireName("name"),
                custom.optText("description"),
                format == null ? null : CustomFormat.flat(format.node()),
                extras(extras, "custom", custom.others(CUSTOM)));
    }

    /** Anthropic's cache mark may stand on the tool, or inside. */
    private static Extras extras(Extras outer, String type, Map<String, JsonNode> inner) {
        JsonNode inside = inner.get(CacheControl.MEMBER);
        if (inside == null) {
            return NestedMembers.add(CacheControl.marked(outer), type, inner);
        }
        Map<String, JsonNode> others = new LinkedHashMap<>(inner);
        others.remove(CacheControl.MEMBER);
        Extras all = CacheControl.isNamedIn(outer) ? outer : outer.with(OPENAI_CHAT, CacheControl.MEMBER, inside);
        return NestedMembers.add(CacheControl.marked(all), type, others);
    }

    private static @Nullable ToolChoice choice(@Nullable RequestField choice) {
        if (choice == null) {
            return null;
        }
        if (choice.node().isString()) {
            return switch (choice.text()) {
                case "auto" -> ToolChoice.AUTO;
                case "none" -> ToolChoice.NONE;
                case "required", "any" -> ToolChoice.REQUIRED;
                default ->
                    throw choice.invalid("unknown choice \"" + choice.text()
                            + "\": use \"none\", \"auto\", \"required\" or an object that names a tool");
            };
        }
        RequestField type = choice.requireObject().require("type");
        return switch (type.text()) {
            case "function", "custom" -> ToolChoice.named(toolName(choice));
            case "allowed_tools" ->
                OpenAiToolChoice.allowed(choice.require("allowed_tools").requireObject(), it -> List.of(toolName(it)));
            default ->
                throw type.invalid(
                        "unknown choice \"" + type.text() + "\": use \"function\", \"custom\" or \"allowed_tools\"");
        };
    }

    /** Whether the choice has members that {@link ToolChoice} has no place for. */
    static boolean choiceSaysMore(RequestField body) {
        RequestField field = body.get("tool_choice");
        if (field == null || !field.node().isObject()) {
            return false;
        }
        ToolUse use = toolUse(body);
        return use.choice() == null
                || !ToolWriter.choice(use.choice(), use.tools()).equals(field.node());
    }

    /** The name in {@code {"type": T, T: {"name": ...}}}. */
    private static String toolName(RequestField reference) {
        return reference
                .require(reference.requireObject().requireName("type"))
                .requireObject()
                .requireName("name");
    }

    private static @Nullable ToolChoice legacyChoice(@Nullable RequestField choice) {
        if (choice == null) {
            return null;
        }
        if (choice.node().isObject()) {
            return ToolChoice.named(choice.requireName("name"));
        }
        return switch (choice.text()) {
            case "auto" -> ToolChoice.AUTO;
            case "none" -> ToolChoice.NONE;
            default ->
                throw choice.invalid("unknown choice \"" + choice.text()
                        + "\": use \"none\", \"auto\" or an object with the function's name");
        };
    }
}
