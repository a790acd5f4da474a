package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.codec.FreeTextTools;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code tools} and {@code tool_choice}. */
final class ToolsWriter {

    private final JsonWriter out;
    private final BlockWriter blocks;

    ToolsWriter(JsonWriter out, BlockWriter blocks) {
        this.out = out;
        this.blocks = blocks;
    }

    /**
     * Writes both members.
     *
     * @param choiceMembers what else the caller said inside its {@code tool_choice}, or null
     */
    void write(ToolsPlan plan, @Nullable JsonNode choiceMembers) {
        if (plan.tools().isEmpty()) {
            return;
        }
        out.array("tools");
        plan.tools().forEach(this::tool);
        out.endArray();
        choice(plan.choice(), plan.parallel(), choiceMembers);
    }

    private void tool(Tool tool) {
        switch (tool) {
            case Tool.Vendor vendor -> out.node(vendor.json());
            case Tool.Function function -> {
                out.object().text("name", function.name()).optional("description", function.description());
                out.node("input_schema", schema(function.parameters()));
                if (function.strict() != null) {
                    out.bool("strict", function.strict());
                }
                blocks.extras(function.extras());
                out.endObject();
            }
            case Tool.Custom custom -> tool(FreeTextTools.asFunction(custom));
        }
    }

    /** A tool without parameters has an empty schema at Anthropic, and every schema says that it is an object's. */
    static JsonNode schema(@Nullable JsonNode parameters) {
        if (parameters != null && parameters.has("type")) {
            return parameters;
        }
        ObjectNode schema = Json.mapper().createObjectNode().put("type", "object");
        if (parameters == null || parameters.isEmpty()) {
            schema.putObject("properties");
        } else {
            parameters.properties().forEach(member -> schema.set(member.getKey(), member.getValue()));
        }
        return schema;
    }

    /** Anthropic says inside the choice, and the other way round, what OpenAI calls {@code parallel_tool_calls}. */
    private void choice(@Nullable ToolChoice choice, @Nullable Boolean parallel, @Nullable JsonNode others) {
        if (choice == null && !Boolean.FALSE.equals(parallel)) {
            return;
        }
        ToolChoice.Mode mode = choice == null ? ToolChoice.Mode.AUTO : choice.mode();
        out.object("tool_choice");
        switch (mode) {
            case AUTO, ALLOWED_AUTO -> out.text("type", "auto");
            case REQUIRED, ALLOWED_REQUIRED -> out.text("type", "any");
            case NONE -> out.text("type", "none");
            case NAMED ->
                out.text("type", "tool")
                        .text("name", choice == null ? "" : choice.names().getFirst());
        }
        if (parallel != null && mode != ToolChoice.Mode.NONE) {
            out.bool("disable_parallel_tool_use", !parallel);
        }
        if (others != null) {
            others.properties().forEach(member -> out.node(member.getKey(), member.getValue()));
        }
        out.endObject();
    }
}
