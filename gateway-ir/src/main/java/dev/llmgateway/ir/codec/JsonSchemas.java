package dev.llmgateway.ir.codec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the schemas inside a JSON Schema; what only looks like one ({@code default}, {@code enum}) is none. */
public final class JsonSchemas {

    private static final Set<String> MAPS_OF_SCHEMAS =
            Set.of("properties", "patternProperties", "dependentSchemas", "$defs", "definitions");
    private static final Set<String> SCHEMAS = Set.of(
            "items",
            "prefixItems",
            "contains",
            "additionalProperties",
            "propertyNames",
            "anyOf",
            "allOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else");

    private JsonSchemas() {}

    /** The schema itself and all inside it, in the order in which they stand there. */
    public static List<ObjectNode> all(ObjectNode schema) {
        List<ObjectNode> found = new ArrayList<>();
        add(schema, found);
        return found;
    }

    private static void add(JsonNode schema, List<ObjectNode> found) {
        if (schema instanceof ArrayNode several) {
            several.forEach(one -> add(one, found));
        } else if (schema instanceof ObjectNode object) {
            found.add(object);
            object.properties().forEach(keyword -> {
                if (SCHEMAS.contains(keyword.getKey())) {
                    add(keyword.getValue(), found);
                } else if (MAPS_OF_SCHEMAS.contains(keyword.getKey())) {
                    keyword.getValue().values().forEach(one -> add(one, found));
                }
            });
        }
    }

    /** Whether the schema says that values of this type fit. */
    public static boolean allows(ObjectNode schema, String type) {
        JsonNode types = schema.path("type");
        return types.isArray()
                ? types.valueStream().anyMatch(one -> one.stringValue("").equals(type))
                : types.stringValue("").equals(type);
    }

    /** The names of the properties that a value need not have. */
    public static Set<String> optional(ObjectNode schema) {
        Set<String> names = new LinkedHashSet<>(schema.path("properties").propertyNames());
        schema.path("required").forEach(name -> names.remove(name.stringValue("")));
        return names;
    }
}
