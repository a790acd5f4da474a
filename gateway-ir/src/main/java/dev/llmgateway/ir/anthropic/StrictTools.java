package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.codec.JsonSchemas;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.SchemaReferences;
import dev.llmgateway.ir.codec.StrictByDefault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fits the functions of other formats whose calls must match their schemas: what Anthropic's strict mode refuses in such a schema is
 * left out, and {@code strict} itself where the model has no such mode or the request as a whole would be refused for it. Both
 * are named. What is strict only because its caller's format has it so is not made strict, but named: Anthropic bounds strict
 * schemas and may refuse the whole request for them. For one request.
 */
final class StrictTools {

    /** Anthropic's bounds for all strict schemas of a request together. */
    private static final int TOOLS = 20;

    private static final Set<String> WITHOUT_ARGUMENTS =
            Set.of("$schema", "type", "title", "description", "properties", "required");

    private static final int OPTIONAL_PARAMETERS = 24;
    private static final int UNIONS = 16;

    private final Losses losses;
    private final boolean accepted;

    private StrictTools(Losses losses, boolean accepted) {
        this.losses = losses;
        this.accepted = accepted;
    }

    /**
     * For a request.
     *
     * @param offered what the model gets of its tools
     */
    static StrictTools of(List<Tool> offered, OutputFormat format, ModelTraits traits, Losses losses) {
        boolean exists = traits.jsonSchema() == ModelTraits.JsonSchemaMode.NATIVE;
        return new StrictTools(losses, exists && isWithinBounds(offered, format));
    }

    /**
     * The tool as the model takes it.
     *
     * @param position where it stands in the caller's list
     */
    Tool fitted(Tool tool, String position) {
        if (StrictByDefault.is(tool, losses)) {
            losses.addOfTool(position, "function", "strict");
        }
        if (losses.isOwnCaller() || !(tool instanceof Tool.Function function) || !isStrict(function)) {
            return tool;
        }
        if (!accepted || isRefused(function)) {
            losses.addOfTool(position, "function", "strict");
            return with(function, function.parameters(), null);
        }
        SchemaAdapter adapter = new SchemaAdapter();
        JsonNode schema = adapter.adapt(ToolsWriter.schema(function.parameters()));
        adapter.dropped().forEach(keyword -> losses.addOfTool(position, "function", "parameters." + keyword));
        return with(function, schema, true);
    }

    private static Tool with(Tool.Function function, @Nullable JsonNode schema, @Nullable Boolean strict) {
        return new Tool.Function(function.name(), function.description(), schema, strict, function.extras());
    }

    private static boolean isStrict(Tool.Function function) {
        return Boolean.TRUE.equals(function.strict());
    }

    private static boolean isRefused(Tool.Function function) {
        return function.parameters() instanceof ObjectNode schema
                && (SchemaReferences.areRecursive(schema) || !takesNone(schema) && !SchemaAdapter.canClose(schema));
    }

    /** A function without arguments; unlike an answer of any properties it is closed without loss. */
    private static boolean takesNone(ObjectNode schema) {
        return WITHOUT_ARGUMENTS.containsAll(schema.propertyNames())
                && schema.path("properties").isEmpty();
    }

    private static boolean isWithinBounds(List<Tool> offered, OutputFormat format) {
        int tools = 0;
        List<ObjectNode> schemas = new ArrayList<>();
        for (Tool tool : offered) {
            if (tool instanceof Tool.Function function && isStrict(function)) {
                tools++;
                addAll(function.parameters(), schemas);
            }
        }
        if (format instanceof OutputFormat.JsonSchema schema) {
            addAll(schema.schema(), schemas);
        }
        return tools <= TOOLS
                && schemas.stream().mapToInt(StrictTools::optional).sum() <= OPTIONAL_PARAMETERS
                && schemas.stream().filter(StrictTools::isUnion).count() <= UNIONS;
    }

    private static void addAll(@Nullable JsonNode schema, List<ObjectNode> schemas) {
        if (schema instanceof ObjectNode object) {
            schemas.addAll(JsonSchemas.all(object));
        }
    }

    private static boolean isUnion(ObjectNode schema) {
        return schema.path("type").isArray() || schema.has("anyOf");
    }

    private static int optional(ObjectNode schema) {
        return JsonSchemas.optional(schema).size();
    }
}
