package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes {@code tools} and {@code tool_choice}. */
final class ToolsWriter {

    private final JsonOut out;
    private final BlockWriter blocks;

    ToolsWriter(JsonOut out, BlockWriter blocks) {
        this.out = out;
        this.blocks = blocks;
    }

    void write(ToolsPlan plan) {
        if (plan.tools().isEmpty()) {
            return;
        }
        out.startArray("tools");
        plan.tools().forEach(this::tool);
        out.endArray();
        choice(plan.choice(), plan.parallel());
    }

    private void tool(Tool tool) {
        switch (tool) {
            case Tool.Vendor vendor -> out.tree(vendor.json());
            case Tool.Function function -> {
                out.startObject().string("name", function.name()).optionalString("description", function.description());
                schema(function.parameters());
                if (function.strict() != null) {
                    out.bool("strict", function.strict());
                }
                blocks.extras(function.extras());
                out.endObject();
            }
            case Tool.Custom custom -> {
                out.startObject().string("name", custom.name()).optionalString("description", custom.description());
                out.startObject("input_schema").string("type", "object").startObject("properties");
                out.startObject(ToolInput.RAW)
                        .string("type", "string")
                        .endObject()
                        .endObject();
                out.startArray("required").element(ToolInput.RAW).endArray().endObject();
                blocks.extras(custom.extras());
                out.endObject();
            }
        }
    }

    /** A tool without parameters has an empty schema at Anthropic, and every schema says that it is an object's. */
    private void schema(@Nullable JsonNode parameters) {
        if (parameters != null && parameters.has("type")) {
            out.tree("input_schema", parameters);
            return;
        }
        out.startObject("input_schema").string("type", "object");
        if (parameters == null || parameters.isEmpty()) {
            out.startObject("properties").endObject();
        } else {
            parameters.properties().forEach(member -> out.tree(member.getKey(), member.getValue()));
        }
        out.endObject();
    }

    /** Anthropic says inside the choice, and the other way round, what OpenAI calls {@code parallel_tool_calls}. */
    private void choice(@Nullable ToolChoice choice, @Nullable Boolean parallel) {
        if (choice == null && !Boolean.FALSE.equals(parallel)) {
            return;
        }
        ToolChoice.Mode mode = choice == null ? ToolChoice.Mode.AUTO : choice.mode();
        out.startObject("tool_choice");
        switch (mode) {
            case AUTO, ALLOWED_AUTO -> out.string("type", "auto");
            case REQUIRED, ALLOWED_REQUIRED -> out.string("type", "any");
            case NONE -> out.string("type", "none");
            case NAMED ->
                out.string("type", "tool")
                        .string("name", choice == null ? "" : choice.names().getFirst());
        }
        if (parallel != null && mode != ToolChoice.Mode.NONE) {
            out.bool("disable_parallel_tool_use", !parallel);
        }
        out.endObject();
    }
}
