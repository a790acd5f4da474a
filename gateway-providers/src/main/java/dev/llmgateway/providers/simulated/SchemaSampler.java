package dev.llmgateway.providers.simulated;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes up a value that fits a JSON schema roughly: types, enumerations, required properties, references inside the
 * schema, lower bounds. Patterns and conditions are not looked at. The same schema and words give the same value.
 */
final class SchemaSampler {
    private static final int MAX_DEPTH = 12;

    private final JsonNode root;
    private final List<String> words;
    private int used;

    /** @param words what to fill texts with, in turn; not empty */
    SchemaSampler(JsonNode root, List<String> words) {
        this.root = root;
        this.words = words;
    }

    JsonNode sample() {
        return sample(root, 0);
    }

    private JsonNode sample(JsonNode schema, int depth) {
        if (schema.has("$ref") && depth < MAX_DEPTH) {
            String pointer = schema.path("$ref").asString("");
            return sample(pointer.startsWith("#/") ? root.at(pointer.substring(1)) : Json.object(), depth + 1);
        }
        for (String given : List.of("const", "default")) {
            if (schema.has(given)) {
                return schema.path(given);
            }
        }
        for (String list : List.of("enum", "examples")) {
            if (!schema.path(list).isEmpty()) {
                return schema.path(list).path(0);
            }
        }
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            if (!schema.path(choice).isEmpty() && depth < MAX_DEPTH) {
                return sample(firstNotNull(schema.path(choice)), depth + 1);
            }
        }
        return ofType(type(schema), schema, depth);
    }

    private JsonNode ofType(String type, JsonNode schema, int depth) {
        return switch (type) {
            case "array" -> array(schema, depth);
            case "string" -> Json.MAPPER.getNodeFactory().stringNode(string(schema));
            case "integer" -> Json.MAPPER.getNodeFactory().numberNode(number(schema));
            case "number" -> Json.MAPPER.getNodeFactory().numberNode((double) number(schema));
            case "boolean" -> Json.MAPPER.getNodeFactory().booleanNode(true);
            case "null" -> Json.MAPPER.getNodeFactory().nullNode();
            default -> object(schema, depth);
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = Json.object();
        List<String> required = Prompts.strings(schema.path("required"));
        schema.path("properties").forEachEntry((name, property) -> {
            if (depth < MAX_DEPTH && (required.isEmpty() || required.contains(name))) {
                object.set(name, sample(property, depth + 1));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = Json.array();
        int count = Math.clamp(schema.path("minItems").asInt(1), depth < MAX_DEPTH ? 1 : 0, 16);
        for (int i = 0; i < count && depth < MAX_DEPTH; i++) {
            array.add(schema.has("items") ? sample(schema.path("items"), depth + 1) : Json.object());
        }
        return array;
    }

    private String string(JsonNode schema) {
        String text = switch (schema.path("format").asString("")) {
            case "date" -> "2026-01-01";
            case "date-time" -> "2026-01-01T00:00:00Z";
            case "time" -> "00:00:00Z";
            case "email" -> "someone@example.com";
            case "uri" -> "https://example.com/";
            case "uuid" -> "00000000-0000-4000-8000-000000000000";
            default -> words.get(used++ % words.size());
        };
        int min = Math.min(schema.path("minLength").asInt(0), 1000);
        int max = Math.max(0, schema.path("maxLength").asInt(Integer.MAX_VALUE));
        String padded = text + "x".repeat(Math.max(0, min - text.length()));
        return padded.substring(0, Math.min(padded.length(), max));
    }

    private static long number(JsonNode schema) {
        int least = schema.path("minimum").asInt(schema.path("exclusiveMinimum").asInt(0) + 1);
        return Math.min(least, schema.path("maximum").asInt(Integer.MAX_VALUE));
    }

    private static JsonNode firstNotNull(JsonNode choices) {
        for (JsonNode choice : choices.values()) {
            if (!choice.path("type").asString("").equals("null")) {
                return choice;
            }
        }
        return choices.path(0);
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (!type.isArray()) {
            return type.asString("");
        }
        return Prompts.strings(type).stream()
                .filter(name -> !name.equals("null"))
                .findFirst()
                .orElse("null");
    }
}
