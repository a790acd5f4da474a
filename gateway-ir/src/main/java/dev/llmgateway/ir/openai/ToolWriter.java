package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolChoice.Mode;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.CallerTools;
import dev.llmgateway.ir.codec.ClaudeCode;
import dev.llmgateway.ir.codec.FreeTextTools;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.OpenAiSchemas;
import dev.llmgateway.ir.codec.OpenAiToolChoice;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.StrictByDefault;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the tools of a request and how they may be used. */
final class ToolWriter {

    private static final String PARALLEL = "parallel_tool_calls";

    private final ModelTraits traits;
    private final Losses losses;
    private final JsonWriter out;
    private final CacheMarks marks;

    ToolWriter(ModelTraits traits, Losses losses, JsonWriter out) {
        this.traits = traits;
        this.losses = losses;
        this.out = out;
        this.marks = new CacheMarks(traits, losses);
    }

    /** Writes nothing when there is no tool: an empty list, and a choice without tools, are refused. */
    void write(ChatRequest request, @Nullable ToolChoice choice) {
        List<Tool> all = request.toolUse().tools().stream().map(this::known).toList();
        List<Tool> tools = new ArrayList<>(all);
        if (tools.removeIf(ClaudeCode::isPlaceholder)) {
            losses.add("tools." + ClaudeCode.PLACEHOLDER);
        }
        leaveOut(request.toolUse(), tools);
        CallerTools.requireNamesApart(request.toolUse());
        CallerTools.requireOffered(request.toolUse(), traits.acceptsOpenAiExtras(), losses);
        ToolChoice written = CallerTools.choice(request.toolUse(), tools, choice, losses);
        if (choice != null && choice.isSubset() && !traits.acceptsOpenAiExtras()) {
            tools.removeIf(tool -> !choice.names().contains(tool.name()));
            written = choice.mode() == Mode.ALLOWED_AUTO ? ToolChoice.AUTO : ToolChoice.REQUIRED;
        }
        if (tools.isEmpty()) {
            return;
        }
        out.array("tools");
        for (Tool tool : tools) {
            int index = all.indexOf(tool);
            String position = CallerTools.position(all, index);
            if (tool instanceof Tool.Function && request.toolUse().tools().get(index) instanceof Tool.Custom custom) {
                FreeTextTools.nameFormat(custom, position, losses);
            }
            nameUnenforced(request.toolUse().tools().get(index), position);
            tool(tool, position);
        }
        out.endArray();
        if (written != null) {
            out.node("tool_choice", choice(written, tools));
        }
        out.optional(PARALLEL, parallel(request, traits, losses));
    }

    /** Whether several tools may be called at a time, as far as the model takes to be told; that it is not told is noted. */
    static @Nullable Boolean parallel(ChatRequest request, ModelTraits traits, Losses losses) {
        Boolean parallel = request.toolUse().parallel();
        if (parallel == null || !traits.refuses(PARALLEL)) {
            return parallel;
        }
        if (!parallel) {
            losses.add(Lost.PARALLEL_TOOLS);
        }
        return null;
    }

    /** A free-text tool is a function for those who only know functions. */
    private Tool known(Tool tool) {
        return tool instanceof Tool.Custom custom && !traits.acceptsOpenAiExtras()
                ? FreeTextTools.asFunction(custom)
                : tool;
    }

    /** What OpenAI runs itself behind its other format is an offer that others cannot make, but no command. */
    private void leaveOut(ToolUse use, List<Tool> tools) {
        for (Tool tool : use.tools()) {
            if (tool instanceof Tool.Vendor vendor && vendor.dialect() == OPENAI_RESPONSES) {
                ResponsesMembers.requireNotForced(vendor, use);
                losses.add(CallerTools.position(use.tools(), use.tools().indexOf(tool)));
                tools.remove(tool);
            }
        }
    }

    private void tool(Tool tool, String position) {
        switch (tool) {
            case Tool.Function function -> {
                note(function.extras(), position);
                function(enforced(function));
            }
            case Tool.Custom custom -> {
                note(custom.extras(), position);
                custom(custom);
            }
            case Tool.Vendor vendor -> vendor(vendor, position);
        }
    }

    private void note(Extras extras, String position) {
        losses.addForeign(position + ".", extras);
        marks.nameUnlessPassed(position + ".", extras);
    }

    /** As it goes to OpenAI, whose copies enforce no schema. */
    private Tool.Function enforced(Tool.Function function) {
        return traits.acceptsOpenAiExtras() ? StrictByDefault.fitted(function, losses) : function;
    }

    /** That nothing holds calls of the tool to its schema, although its caller may rely on it. */
    private void nameUnenforced(Tool asked, String position) {
        if (asked instanceof Tool.Function function
                && (Boolean.TRUE.equals(function.strict()) || StrictByDefault.is(function, losses))
                && (!traits.acceptsOpenAiExtras() || OpenAiSchemas.strict(enforced(function), losses) == null)) {
            losses.addOfTool(position, "function", "strict");
        }
    }

    private void function(Tool.Function function) {
        out.object().text("type", "function").object("function");
        out.text("name", function.name());
        out.optional("description", function.description());
        out.node("parameters", parameters(function.parameters()));
        out.optional("strict", traits.acceptsOpenAiExtras() ? OpenAiSchemas.strict(function, losses) : null);
        NestedMembers.write(function.extras(), "function", out);
        out.endObject();
        NestedMembers.writeOuter(marks.own(function.extras()), "function", out);
        out.endObject();
    }

    private JsonNode parameters(@Nullable JsonNode schema) {
        JsonNode complete = OpenAiSchemas.complete(schema);
        if (traits.isGoogleCompatible() && complete.has("$schema") && complete instanceof ObjectNode object) {
            ObjectNode copy = object.deepCopy();
            copy.remove("$schema");
            return copy;
        }
        return complete;
    }

    private void custom(Tool.Custom custom) {
        out.object().text("type", "custom").object("custom");
        out.text("name", custom.name());
        out.optional("description", custom.description());
        out.optional("format", CustomFormat.nested(custom.format()));
        NestedMembers.write(custom.extras(), "custom", out);
        out.endObject();
        NestedMembers.writeOuter(marks.own(custom.extras()), "custom", out);
        out.endObject();
    }

    private void vendor(Tool.Vendor vendor, String position) {
        if (vendor.dialect() != OPENAI_CHAT) {
            throw new UntranslatableException(
                    position,
                    "the tool \"" + vendor.name()
                            + "\" is run by its own vendor; this model's provider does not have it");
        }
        out.node(marks.own(vendor, position));
    }

    /** The value of {@code tool_choice}. */
    static JsonNode choice(ToolChoice choice, List<Tool> tools) {
        return OpenAiToolChoice.toJson(choice, name -> reference(name, tools), true);
    }

    private static ObjectNode reference(String name, List<Tool> tools) {
        boolean custom = tools.stream()
                .anyMatch(tool -> tool instanceof Tool.Custom && tool.name().equals(name));
        String type = custom ? "custom" : "function";
        ObjectNode value = Json.mapper().createObjectNode().put("type", type);
        value.putObject(type).put("name", name);
        return value;
    }
}
