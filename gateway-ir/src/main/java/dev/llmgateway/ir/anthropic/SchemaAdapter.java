package dev.llmgateway.ir.anthropic;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a JSON Schema one that Anthropic's structured outputs accept: every object is closed ({@code
 * additionalProperties: false}), and bounds on numbers, lengths and counts, which are refused, are left out. For one
 * schema.
 */
final class SchemaAdapter {

    private static final Set<String> REFUSED = Set.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties");
    private static final Set<String> MAPS_OF_SCHEMAS = Set.of("properties", "$defs", "definitions");
    private static final Set<String> SCHEMAS = Set.of("items", "anyOf", "allOf", "oneOf", "prefixItems", "not");
    private static final String OPEN = "additionalProperties";

    private final Set<String> dropped = new LinkedHashSet<>();

    /** The keywords that were left out or changed so far. */
    Set<String> dropped() {
        return dropped;
    }

    /** The schema as it is accepted; an accepted one comes back equal. */
    JsonNode adapt(JsonNode schema) {
        if (schema instanceof ArrayNode several) {
            ArrayNode adapted = several.arrayNode(several.size());
            several.forEach(one -> adapted.add(adapt(one)));
            return adapted;
        }
        return schema instanceof ObjectNode object ? adapt(object) : schema;
    }

    private ObjectNode adapt(ObjectNode schema) {
        ObjectNode adapted = schema.objectNode();
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            String name = keyword.getKey();
            JsonNode value = keyword.getValue();
            if (REFUSED.contains(name) || name.equals("minItems") && value.asInt(0) > 1) {
                dropped.add(name);
            } else if (MAPS_OF_SCHEMAS.contains(name) && value instanceof ObjectNode named) {
                ObjectNode map = schema.objectNode();
                named.properties().forEach(one -> map.set(one.getKey(), adapt(one.getValue())));
                adapted.set(name, map);
            } else {
                adapted.set(name, SCHEMAS.contains(name) ? adapt(value) : value);
            }
        }
        if (describesObject(schema)) {
            close(adapted);
        }
        return adapted;
    }

    private void close(ObjectNode adapted) {
        JsonNode open = adapted.get(OPEN);
        if (open == null) {
            adapted.put(OPEN, false);
        } else if (!open.isBoolean() || open.booleanValue()) {
            dropped.add(OPEN);
            adapted.put(OPEN, false);
        }
    }

    private static boolean describesObject(ObjectNode schema) {
        JsonNode type = schema.get("type");
        if (type instanceof ArrayNode several) {
            for (JsonNode one : several) {
                if (isObjectType(one)) {
                    return true;
                }
            }
        }
        return type == null ? schema.has("properties") : isObjectType(type);
    }

    private static boolean isObjectType(JsonNode type) {
        return type.isString() && type.stringValue().equals("object");
    }
}
