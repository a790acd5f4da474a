package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What OpenAI and its copies demand of the JSON Schema of a function's arguments, and others do not. */
public final class OpenAiSchemas {

    private static final String PROPERTIES = "properties";
    private static final String ITEMS = "items";

    private OpenAiSchemas() {}

    /**
     * The schema with what it must not leave unsaid: the properties of the arguments, if there are none, and the items of each
     * array, if they may be anything. Its meaning is the same; one that says all of it comes back as it is.
     *
     * @param schema null means no arguments
     */
    public static JsonNode complete(@Nullable JsonNode schema) {
        if (schema == null || schema.isEmpty()) {
            ObjectNode none = Json.mapper().createObjectNode().put("type", "object");
            none.putObject(PROPERTIES);
            return none;
        }
        return schema instanceof ObjectNode object && isIncomplete(object) ? completed(object.deepCopy()) : schema;
    }

    private static boolean isIncomplete(ObjectNode schema) {
        return lacksProperties(schema) || JsonSchemas.all(schema).stream().anyMatch(OpenAiSchemas::lacksItems);
    }

    private static ObjectNode completed(ObjectNode schema) {
        if (lacksProperties(schema)) {
            schema.putObject(PROPERTIES);
        }
        JsonSchemas.all(schema).stream().filter(OpenAiSchemas::lacksItems).forEach(array -> array.putObject(ITEMS));
        return schema;
    }

    private static boolean lacksProperties(ObjectNode schema) {
        return JsonSchemas.allows(schema, "object") && !schema.has(PROPERTIES);
    }

    private static boolean lacksItems(ObjectNode schema) {
        return JsonSchemas.allows(schema, "array") && !schema.has(ITEMS);
    }
}
