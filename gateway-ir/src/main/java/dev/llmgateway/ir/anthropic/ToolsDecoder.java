package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Reads {@code tools} and {@code tool_choice}. */
final class ToolsDecoder {

    private static final Set<String> FUNCTION = Set.of("type", "name", "description", "input_schema", "strict");

    private ToolsDecoder() {}

    static ToolUse decode(Fields request) {
        List<Tool> tools = tools(request.optionalArray("tools"));
        Fields choice = request.optionalFields("tool_choice");
        if (choice == null) {
            return new ToolUse(tools, null, null);
        }
        Boolean noParallel = choice.optionalBoolean("disable_parallel_tool_use");
        return new ToolUse(tools, choice(choice), noParallel == null ? null : !noParallel);
    }

    private static ToolChoice choice(Fields choice) {
        return switch (choice.string("type")) {
            case "auto" -> ToolChoice.AUTO;
            case "any" -> ToolChoice.REQUIRED;
            case "none" -> ToolChoice.NONE;
            case "tool" -> ToolChoice.named(choice.string("name"));
            default -> throw choice.error("type", "is not a tool choice: use \"auto\", \"any\", \"tool\" or \"none\"");
        };
    }

    private static List<Tool> tools(@Nullable ArrayNode array) {
        if (array == null) {
            return List.of();
        }
        Place place = Place.of("tools");
        List<Tool> tools = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            tools.add(tool(array.get(i), place.element(i)));
        }
        return tools;
    }

    private static Tool tool(JsonNode node, Place place) {
        Fields tool = Fields.of(node, place, Reading.REQUEST);
        String type = tool.optionalString("type");
        if (type != null && !type.equals("custom")) {
            String name = tool.optionalString("name");
            return new Tool.Vendor(Dialect.ANTHROPIC_MESSAGES, name == null ? type : name, node);
        }
        JsonNode schema = tool.get("input_schema");
        if (schema != null && !schema.isObject()) {
            throw tool.wrongType("input_schema", "an object (a JSON Schema)", schema);
        }
        return new Tool.Function(
                tool.string("name"),
                tool.optionalString("description"),
                schema,
                tool.optionalBoolean("strict"),
                tool.extras(FUNCTION));
    }
}
