package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.json.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The namespaces that Responses groups tools in. No other dialect has them, so a tool inside one goes by a flat name, {@code
 * namespace__tool}, and its extras remember where it belongs. Immutable.
 */
final class Namespaces {

    /** The member of a tool's and of a call's extras that tells the namespace. */
    static final String MEMBER = "namespace";

    /**
     * Where a tool belongs.
     *
     * @param description of the namespace as a whole; null when it has none, or when a call tells the namespace
     * @param tool the name inside the namespace
     */
    record Place(String namespace, @Nullable String description, String tool) {

        /** The name that tells the tool from all others. */
        String flatName() {
            return flatten(namespace, tool);
        }
    }

    private final Map<String, Place> places = new HashMap<>();

    /** The namespaces of a request's tools. */
    Namespaces(ToolUse use) {
        for (Tool tool : use.tools()) {
            Place place = of(tool);
            if (place != null) {
                places.put(tool.name(), place);
            }
        }
    }

    /** The name of a tool outside its namespace, legal for all vendors. */
    static String flatten(String namespace, String tool) {
        return ToolCallIds.legalName(namespace + "__" + tool);
    }

    /** The extras of a tool or of a call with its place added. */
    static Extras mark(Extras extras, Place place) {
        ObjectNode node = Json.mapper().createObjectNode().put("name", place.namespace());
        if (place.description() != null) {
            node.put("description", place.description());
        }
        return extras.with(OPENAI_RESPONSES, MEMBER, node.put("tool", place.tool()));
    }

    /** Where extras say that a tool or a call belongs, or null. */
    static @Nullable Place of(Extras extras) {
        JsonNode node = extras.member(OPENAI_RESPONSES, MEMBER);
        return node == null || !node.isObject()
                ? null
                : new Place(
                        node.path("name").stringValue(""),
                        node.path("description").stringValue(null),
                        node.path("tool").stringValue(""));
    }

    /** Where a tool belongs, or null when it stands by itself. */
    static @Nullable Place of(Tool tool) {
        return switch (tool) {
            case Tool.Function function -> of(function.extras());
            case Tool.Custom custom -> of(custom.extras());
            case Tool.Vendor ignored -> null;
        };
    }

    /** Where the tool of this flat name belongs, or null. */
    @Nullable
    Place find(String flatName) {
        return places.get(flatName);
    }

    /** Where the tool that is called belongs, told by the call itself or else by the request's tools; or null. */
    @Nullable
    Place of(Content.ToolCall call) {
        Place own = of(call.extras());
        return own == null ? places.get(call.name()) : own;
    }
}
