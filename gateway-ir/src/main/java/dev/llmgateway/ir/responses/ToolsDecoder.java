package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.OpenAiToolChoice;
import dev.llmgateway.ir.codec.RequestField;
import dev.llmgateway.ir.responses.Namespaces.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the tools of a request and how they may be used. */
final class ToolsDecoder {

    /** The extra that holds a choice which says more than {@link ToolChoice} can. */
    static final String CHOICE = "tool_choice";

    private static final Set<String> FUNCTION = Set.of("type", "name", "description", "parameters", "strict");
    private static final Set<String> CUSTOM = Set.of("type", "name", "description", "format");
    private static final Set<String> NAMESPACE = Set.of("type", "name", "description", "tools");
    private static final Set<String> ALLOWED = Set.of("type", "mode", "tools");
    private static final Set<String> REFERENCE = Set.of("type", "name", Namespaces.MEMBER);
    private static final Set<String> HOSTED = Set.of("type");

    private ToolsDecoder() {}

    static ToolUse toolUse(RequestField body) {
        List<Tool> tools = new ArrayList<>();
        RequestField all = body.get("tools");
        if (all != null) {
            all.elements().forEach(tool -> add(tool.requireObject(), tools));
        }
        return new ToolUse(tools, choice(body.get(CHOICE), tools), body.optBoolean("parallel_tool_calls"));
    }

    private static void add(RequestField tool, List<Tool> tools) {
        if (isFlattened(tool)) {
            tool.require("tools").elements().forEach(one -> tools.add(inside(tool, one)));
        } else {
            tools.add(tool(tool, null));
        }
    }

    /** Whether all that a namespace says can be told by its tools, one by one. */
    private static boolean isFlattened(RequestField tool) {
        if (!isNamespace(tool)) {
            return false;
        }
        List<RequestField> tools = tool.require("tools").elements();
        return !tools.isEmpty()
                && tools.stream().allMatch(ToolsDecoder::isFlat)
                && Members.others(tool, NAMESPACE).isEmpty();
    }

    private static boolean isNamespace(RequestField tool) {
        return tool.requireName("type").equals(Namespaces.MEMBER);
    }

    private static boolean isFlat(RequestField tool) {
        String type = tool.requireObject().requireName("type");
        return type.equals("function") || type.equals("custom");
    }

    private static Tool inside(RequestField namespace, RequestField tool) {
        return tool(
                tool,
                new Place(namespace.requireName("name"), namespace.optText("description"), tool.requireName("name")));
    }

    private static Tool tool(RequestField tool, @Nullable Place place) {
        String type = tool.requireName("type");
        return switch (type) {
            case "function" -> function(tool, place);
            case "custom" -> custom(tool, place);
            default -> {
                RequestField name = tool.get("name");
                boolean named = name != null && name.node().isString();
                yield new Tool.Vendor(OPENAI_RESPONSES, named ? tool.requireName("name") : type, tool.node());
            }
        };
    }

    private static Tool function(RequestField tool, @Nullable Place place) {
        RequestField parameters = tool.get("parameters");
        JsonNode schema = parameters == null ? null : parameters.requireObject().node();
        return new Tool.Function(
                place == null ? tool.requireName("name") : place.flatName(),
                tool.optText("description"),
                schema,
                tool.optBoolean("strict"),
                extras(tool, FUNCTION, place));
    }

    private static Tool custom(RequestField tool, @Nullable Place place) {
        RequestField format = tool.get("format");
        return new Tool.Custom(
                place == null ? tool.requireName("name") : place.flatName(),
                tool.optText("description"),
                format == null ? null : format.requireObject().node(),
                extras(tool, CUSTOM, place));
    }

    private static Extras extras(RequestField tool, Set<String> known, @Nullable Place place) {
        Extras extras = Members.extras(tool, known);
        return place == null ? extras : Namespaces.mark(extras, place);
    }

    private static @Nullable ToolChoice choice(@Nullable RequestField choice, List<Tool> tools) {
        if (choice == null) {
            return null;
        }
        if (choice.node().isString()) {
            return switch (choice.text()) {
                case "auto" -> ToolChoice.AUTO;
                case "none" -> ToolChoice.NONE;
                case "required" -> ToolChoice.REQUIRED;
                default ->
                    throw choice.invalid("unknown choice \"" + choice.text()
                            + "\": use \"none\", \"auto\", \"required\" or an object that names a tool");
            };
        }
        String type = choice.requireObject().requireName("type");
        return type.equals("allowed_tools")
                ? OpenAiToolChoice.allowed(choice, reference -> toolNames(reference, tools))
                : ToolChoice.named(toolName(choice, tools));
    }

    /** A namespace stands for all of its tools. */
    private static List<String> toolNames(RequestField reference, List<Tool> tools) {
        if (!isNamespace(reference.requireObject())) {
            return List.of(toolName(reference, tools));
        }
        String name = reference.requireName("name");
        List<String> inside = tools.stream()
                .filter(tool -> Namespaces.of(tool) instanceof Place place
                        && place.namespace().equals(name))
                .map(Tool::name)
                .toList();
        return inside.isEmpty() ? List.of(name) : inside;
    }

    /**
     * The name of the tool, which a tool of a vendor's mostly goes without. A tool of a namespace may be called without that, when no
     * other has the name.
     */
    private static String toolName(RequestField reference, List<Tool> tools) {
        String type = reference.requireObject().requireName("type");
        if (!isFlat(reference)) {
            return type;
        }
        String name = reference.requireName("name");
        String namespace = reference.optText(Namespaces.MEMBER);
        if (namespace != null) {
            return Namespaces.flatten(namespace, name);
        }
        List<String> inside = tools.stream()
                .filter(tool -> Namespaces.of(tool) instanceof Place place
                        && place.tool().equals(name))
                .map(Tool::name)
                .toList();
        boolean isOutside = tools.stream().anyMatch(tool -> tool.name().equals(name));
        return isOutside || inside.size() != 1 ? name : inside.getFirst();
    }

    /** The extras with the choice, when it has members that {@link ToolChoice} has no place for. */
    static Extras withChoice(Extras extras, RequestField body) {
        RequestField choice = body.get(CHOICE);
        return choice != null && choice.node().isObject() && saysMore(choice)
                ? extras.with(OPENAI_RESPONSES, CHOICE, choice.node())
                : extras;
    }

    private static boolean saysMore(RequestField choice) {
        if (!choice.requireName("type").equals("allowed_tools")) {
            return referenceSaysMore(choice);
        }
        return !Members.others(choice, ALLOWED).isEmpty()
                || choice.require("tools").elements().stream().anyMatch(ToolsDecoder::referenceSaysMore);
    }

    private static boolean referenceSaysMore(RequestField reference) {
        boolean isNamed = isFlat(reference) || isNamespace(reference);
        return !Members.others(reference, isNamed ? REFERENCE : HOSTED).isEmpty();
    }
}
