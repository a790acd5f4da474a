package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.codec.ModelTraits.SchemaEnforcement;
import dev.llmgateway.ir.json.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What OpenAI and its copies demand of the JSON Schema of a function's arguments, and others do not. */
public final class OpenAiSchemas {

    private static final String OBJECT = "object";
    private static final String PROPERTIES = "properties";
    private static final String ITEMS = "items";

    private static final Set<String> STRICT_KEYWORDS = Set.of(
            "$schema",
            "$ref",
            "$defs",
            "definitions",
            "title",
            "description",
            "type",
            "enum",
            "const",
            "anyOf",
            PROPERTIES,
            "required",
            "additionalProperties",
            ITEMS,
            "minItems",
            "maxItems",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "pattern",
            "format");
    private static final Set<String> STRICT_FORMATS =
            Set.of("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid");

    private OpenAiSchemas() {}

    /**
     * The schema with what it must not leave unsaid: the properties of the arguments, if there are none, and the items of each
     * array, if they may be anything. Its meaning is the same; one that says all of it comes back as it is.
     *
     * @param schema null means no arguments
     */
    public static JsonNode complete(@Nullable JsonNode schema) {
        if (schema == null || schema.isEmpty()) {
            ObjectNode none = Json.mapper().createObjectNode().put("type", OBJECT);
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
        return JsonSchemas.allows(schema, OBJECT) && !schema.has(PROPERTIES);
    }

    private static boolean lacksItems(ObjectNode schema) {
        return JsonSchemas.allows(schema, "array") && !schema.has(ITEMS);
    }

    /**
     * Whether the target must enforce the schema of a function. What a caller of OpenAI's formats says goes on. Another one may ask
     * for it with a schema that OpenAI's strict mode refuses, above all one with optional properties; then it goes without.
     *
     * @return null for the vendor's default; also when {@code true} was asked for and is lost, which is for the caller to note
     */
    public static @Nullable Boolean strict(Tool.Function function, Losses losses) {
        boolean isBelieved = losses.caller() == Dialect.OPENAI_CHAT || losses.caller() == Dialect.OPENAI_RESPONSES;
        return isBelieved || !Boolean.TRUE.equals(function.strict()) || canBeStrict(complete(function.parameters()))
                ? function.strict()
                : null;
    }

    /**
     * Whether the target must hold an answer to a schema, which OpenAI's formats do only when told so, and Anthropic's always: for
     * its callers it is told so where the model can, and noted as lost where nothing holds it to the schema.
     *
     * @return null for the vendor's default
     */
    public static @Nullable Boolean strict(OutputFormat.JsonSchema format, ModelTraits traits, Losses losses) {
        boolean isHeldByDefault =
                losses.caller() == Dialect.ANTHROPIC_MESSAGES && traits.schemaEnforcement() != SchemaEnforcement.ALWAYS;
        if (!isHeldByDefault || format.strict() != null) {
            return format.strict();
        }
        boolean canBe = traits.schemaEnforcement() == SchemaEnforcement.WHEN_STRICT && canBeStrict(format.schema());
        if (!canBe) {
            losses.add(Lost.SCHEMA);
        }
        return canBe ? true : null;
    }

    static boolean canBeStrict(JsonNode parameters) {
        return parameters instanceof ObjectNode schema
                && JsonSchemas.allows(schema, OBJECT)
                && JsonSchemas.all(schema).stream().allMatch(OpenAiSchemas::isStrict);
    }

    /** {@code true} and {@code false} are schemas, but none that OpenAI enforces. */
    private static boolean hasBooleanSchema(ObjectNode schema) {
        return schema.path(ITEMS).isBoolean()
                || schema.path("anyOf").valueStream().anyMatch(JsonNode::isBoolean)
                || schema.path(PROPERTIES).values().stream().anyMatch(JsonNode::isBoolean);
    }

    private static boolean isStrict(ObjectNode schema) {
        boolean isPlain = schema.has("$ref") ? schema.size() == 1 || schema.has("$defs") : !hasBooleanSchema(schema);
        boolean isKnown = isPlain
                && !schema.path("pattern").stringValue("").contains("(?")
                && STRICT_KEYWORDS.containsAll(schema.propertyNames());
        boolean isTyped = schema.has("type") || schema.has("anyOf") || schema.has("$ref") && schema.size() == 1;
        boolean isFormatKnown = !schema.has("format")
                || STRICT_FORMATS.contains(schema.path("format").stringValue(""));
        boolean isClosed = !JsonSchemas.allows(schema, OBJECT)
                || schema.path("additionalProperties").isBoolean()
                        && !schema.path("additionalProperties").booleanValue()
                        && schema.path("required").isArray()
                        && JsonSchemas.optional(schema).isEmpty()
                        && schema.path("required").size()
                                == schema.path(PROPERTIES).size();
        return isKnown && isTyped && isFormatKnown && isClosed;
    }
}
