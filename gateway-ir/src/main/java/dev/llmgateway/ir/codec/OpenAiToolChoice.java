package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolChoice.Mode;
import dev.llmgateway.ir.json.Json;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The choice among tools in the words of OpenAI's two formats, which only differ in how they refer to a tool. */
public final class OpenAiToolChoice {

    private static final String ALLOWED = "allowed_tools";

    private OpenAiToolChoice() {}

    /** The choice as far as the model takes it; notes what it does not. */
    public static @Nullable ToolChoice taken(@Nullable ToolChoice choice, ModelTraits traits, Losses losses) {
        if (choice == null || traits.acceptsForcedTool()) {
            return choice;
        }
        return switch (choice.mode()) {
            case AUTO, NONE, ALLOWED_AUTO -> choice;
            case REQUIRED, NAMED -> {
                losses.add(Lost.TOOL_CHOICE);
                yield null;
            }
            case ALLOWED_REQUIRED -> {
                losses.add(Lost.TOOL_CHOICE);
                yield new ToolChoice(Mode.ALLOWED_AUTO, choice.names());
            }
        };
    }

    /**
     * Reads a choice among some of the tools only.
     *
     * @param allowed the object that has the mode and the tools
     * @param names the names of the tools that an element of the tools refers to, one or more
     * @throws InvalidRequestFormatException when the mode is unknown or no tool is named
     */
    public static ToolChoice allowed(RequestField allowed, Function<RequestField, List<String>> names) {
        RequestField mode = allowed.require("mode");
        RequestField tools = allowed.require("tools");
        List<String> all = tools.elements().stream()
                .flatMap(one -> names.apply(one).stream())
                .distinct()
                .toList();
        if (all.isEmpty()) {
            throw tools.invalid("must name at least one tool");
        }
        return switch (mode.text()) {
            case "auto" -> new ToolChoice(Mode.ALLOWED_AUTO, all);
            case "required" -> new ToolChoice(Mode.ALLOWED_REQUIRED, all);
            default -> throw mode.invalid("unknown mode \"" + mode.text() + "\": use \"auto\" or \"required\"");
        };
    }

    /**
     * The value of {@code tool_choice}.
     *
     * @param reference what refers to the tool of a name
     * @param nested whether the tools that are allowed stand in an object of their own
     */
    public static JsonNode toJson(ToolChoice choice, Function<String, ObjectNode> reference, boolean nested) {
        return switch (choice.mode()) {
            case AUTO -> Json.mapper().valueToTree("auto");
            case NONE -> Json.mapper().valueToTree("none");
            case REQUIRED -> Json.mapper().valueToTree("required");
            case NAMED -> reference.apply(choice.names().getFirst());
            case ALLOWED_AUTO -> allowed("auto", choice, reference, nested);
            case ALLOWED_REQUIRED -> allowed("required", choice, reference, nested);
        };
    }

    private static ObjectNode allowed(
            String mode, ToolChoice choice, Function<String, ObjectNode> reference, boolean nested) {
        ObjectNode value = Json.mapper().createObjectNode().put("type", ALLOWED);
        ObjectNode list = nested ? value.putObject(ALLOWED) : value;
        ArrayNode tools = list.put("mode", mode).putArray("tools");
        choice.names().forEach(name -> tools.add(reference.apply(name)));
        return value;
    }
}
