package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.codec.JsonSchemas;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a JSON Schema one that Anthropic's structured outputs and strict tools accept: every object is closed ({@code
 * additionalProperties: false}), bounds on numbers, lengths and counts, which are refused, are left out, so are formats of strings that
 * it does not know, and of several schemas any may fit. For one schema.
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
    private static final String ONE_OF = "oneOf";
    private static final String ANY_OF = "anyOf";
    private static final String FORMAT = "format";
    private static final Set<String> FORMATS =
            Set.of("date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid");
    private static final String OPEN = "additionalProperties";

    private final Set<String> dropped = new LinkedHashSet<>();

    /** The keywords that were left out or changed so far. */
    Set<String> dropped() {
        return dropped;
    }

    /** The schema as it is accepted; an accepted one comes back equal. */
    JsonNode adapt(JsonNode schema) {
        JsonNode adapted = schema.deepCopy();
        if (adapted instanceof ObjectNode object) {
            JsonSchemas.all(object).forEach(this::adaptOne);
        }
        return adapted;
    }

    private void adaptOne(ObjectNode schema) {
        for (String keyword : schema.propertyNames().toArray(String[]::new)) {
            if (REFUSED.contains(keyword)
                    || keyword.equals("minItems") && schema.path(keyword).asInt(0) > 1
                    || keyword.equals(FORMAT)
                            && !FORMATS.contains(schema.path(FORMAT).stringValue(""))) {
                schema.remove(keyword);
                dropped.add(keyword);
            }
        }
        if (schema.has(ONE_OF)) {
            JsonNode several = schema.remove(ONE_OF);
            dropped.add(ONE_OF);
            if (!schema.has(ANY_OF)) {
                schema.set(ANY_OF, several);
            }
        }
        if (describesObject(schema)) {
            close(schema);
        }
    }

    private void close(ObjectNode schema) {
        JsonNode open = schema.get(OPEN);
        if (open != null && (!open.isBoolean() || open.booleanValue())) {
            dropped.add(OPEN);
        }
        schema.put(OPEN, false);
    }

    /**
     * Whether closing a schema leaves it any value to speak of: an object of which no property is told, a map for example, could have
     * none at all.
     */
    static boolean canClose(ObjectNode schema) {
        return JsonSchemas.all(schema).stream().noneMatch(SchemaAdapter::isOpen);
    }

    private static boolean isOpen(ObjectNode schema) {
        return describesObject(schema)
                && schema.path("properties").isEmpty()
                && schema.path(OPEN).booleanValue(true);
    }

    private static boolean describesObject(ObjectNode schema) {
        return schema.has("type") ? JsonSchemas.allows(schema, "object") : schema.has("properties");
    }
}
