package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolChoice.Mode;
import dev.llmgateway.ir.codec.CallerTools;
import dev.llmgateway.ir.codec.ClaudeCode;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.OpenAiSchemas;
import dev.llmgateway.ir.codec.OpenAiToolChoice;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the tools of a request and how they may be used. */
final class ToolsWriter {

    private final ChatRequest request;
    private final ModelTraits traits;
    private final Losses losses;
    private final JsonWriter out;

    ToolsWriter(ChatRequest request, ModelTraits traits, Losses losses, JsonWriter out) {
        this.request = request;
        this.traits = traits;
        this.losses = losses;
        this.out = out;
    }

    /**
     * Writes nothing when there is no tool: a choice without tools is refused.
     *
     * @param own the client's own spelling of the choice, or null
     */
    void write(@Nullable ToolChoice choice, @Nullable JsonNode own) {
        if (members(choice, own) != Written.NOTHING) {
            out.optional("parallel_tool_calls", request.toolUse().parallel());
        }
    }

    /** Which of the two members were written. */
    enum Written {
        NOTHING,
        TOOLS,
        TOOLS_AND_CHOICE
    }

    /** Writes {@code tools} and {@code tool_choice} alone. */
    Written members(@Nullable ToolChoice choice, @Nullable JsonNode own) {
        CallerTools.requireOffered(request.toolUse(), traits.acceptsOpenAiExtras(), losses);
        List<Tool> tools = writable();
        ToolChoice written = CallerTools.choice(request.toolUse(), tools, choice, losses);
        if (choice != null && choice.isSubset() && !traits.acceptsOpenAiExtras()) {
            tools.removeIf(tool -> !choice.names().contains(tool.name()));
            written = choice.mode() == Mode.ALLOWED_AUTO ? ToolChoice.AUTO : ToolChoice.REQUIRED;
        }
        if (tools.isEmpty()) {
            return Written.NOTHING;
        }
        out.array("tools");
        Set<String> grouped = new HashSet<>();
        for (Tool tool : tools) {
            Namespaces.Place place = Namespaces.of(tool);
            if (place == null) {
                tool(tool, tool.name());
            } else if (grouped.add(place.namespace())) {
                namespace(place, tools);
            }
        }
        out.endArray();
        if (written == null) {
            return Written.TOOLS;
        }
        boolean isOwn = own != null && written.equals(request.toolUse().choice());
        out.node("tool_choice", isOwn && own != null ? own : choice(written, tools));
        return Written.TOOLS_AND_CHOICE;
    }

    /** The tools that the format has; what another vendor runs itself is left out, unless it must be called. */
    private List<Tool> writable() {
        List<Tool> tools = new ArrayList<>();
        for (int i = 0; i < request.toolUse().tools().size(); i++) {
            Tool tool = request.toolUse().tools().get(i);
            if (ClaudeCode.isPlaceholder(tool)) {
                losses.add("tools." + ClaudeCode.PLACEHOLDER);
            } else if (tool instanceof Tool.Vendor vendor && vendor.dialect() != OPENAI_RESPONSES) {
                ResponsesMembers.requireNotForced(vendor, request.toolUse());
                losses.add(CallerTools.position(request.toolUse().tools(), i));
            } else {
                note(tool, CallerTools.position(request.toolUse().tools(), i));
                tools.add(tool);
            }
        }
        return tools;
    }

    private void note(Tool tool, String position) {
        Extras extras = extras(tool);
        losses.addForeign(position + ".", extras);
        losses.addMark(Lost.CACHE_MARK, position + ".", extras);
        if (tool instanceof Tool.Function function
                && Boolean.TRUE.equals(function.strict())
                && OpenAiSchemas.strict(function, losses) == null) {
            losses.addOfTool(position, "function", "strict");
        }
    }

    private static Extras extras(Tool tool) {
        return switch (tool) {
            case Tool.Function function -> function.extras();
            case Tool.Custom custom -> custom.extras();
            case Tool.Vendor ignored -> Extras.NONE;
        };
    }

    private void namespace(Namespaces.Place place, List<Tool> tools) {
        out.object().text("type", Namespaces.MEMBER).text("name", place.namespace());
        out.optional("description", place.description()).array("tools");
        for (Tool tool : tools) {
            Namespaces.Place other = Namespaces.of(tool);
            if (other != null && other.namespace().equals(place.namespace())) {
                tool(tool, other.tool());
            }
        }
        out.endArray().endObject();
    }

    private void tool(Tool tool, String name) {
        switch (tool) {
            case Tool.Vendor vendor -> out.node(vendor.json());
            case Tool.Function function -> {
                out.object().text("type", "function").text("name", name);
                out.optional("description", function.description());
                parameters(function.parameters());
                strict(OpenAiSchemas.strict(function, losses));
                end(function.extras());
            }
            case Tool.Custom custom -> {
                out.object().text("type", "custom").text("name", name);
                out.optional("description", custom.description()).optional("format", custom.format());
                end(custom.extras());
            }
        }
    }

    private void parameters(@Nullable JsonNode schema) {
        if (!losses.isOwnCaller()) {
            out.node("parameters", OpenAiSchemas.complete(schema));
        } else if (schema != null) {
            out.node("parameters", schema);
        }
    }

    /** Unlike everywhere else, a function is strict here unless it says that it is not. */
    private void strict(@Nullable Boolean strict) {
        if (strict != null || !losses.isOwnCaller()) {
            out.bool("strict", Boolean.TRUE.equals(strict));
        }
    }

    private void end(Extras extras) {
        extras.of(OPENAI_RESPONSES).forEach((name, value) -> {
            if (!name.equals(Namespaces.MEMBER)) {
                out.node(name, value);
            }
        });
        out.endObject();
    }

    /** The value of {@code tool_choice}. */
    static JsonNode choice(ToolChoice choice, List<Tool> tools) {
        return OpenAiToolChoice.toJson(choice, name -> reference(name, tools), false);
    }

    private static ObjectNode reference(String name, List<Tool> tools) {
        ObjectNode value = Json.mapper().createObjectNode();
        Tool named = tools.stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElse(null);
        if (named instanceof Tool.Vendor vendor) {
            return value.put("type", vendor.name());
        }
        value.put("type", named instanceof Tool.Custom ? "custom" : "function");
        Namespaces.Place place = named == null ? null : Namespaces.of(named);
        if (place != null) {
            value.put(Namespaces.MEMBER, place.namespace());
        }
        return value.put("name", place == null ? name : place.tool());
    }
}
