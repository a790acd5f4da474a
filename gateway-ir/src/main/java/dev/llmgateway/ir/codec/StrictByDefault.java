package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Tool;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The functions of Responses callers who say nothing of {@code strict}. OpenAI closes their schemas there and enforces them where it
 * can; in all other formats nobody does unless told so.
 */
public final class StrictByDefault {

    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";
    private static final String CLOSED = "additionalProperties";

    private StrictByDefault() {}

    /** Whether the caller may rely on it that calls of this tool match its schema, without having asked for it. */
    public static boolean is(Tool tool, Losses losses) {
        return losses.caller() == Dialect.OPENAI_RESPONSES
                && !losses.isOwnCaller()
                && tool instanceof Tool.Function function
                && function.strict() == null;
    }

    /**
     * The function as OpenAI enforces it in Chat Completions: closed and strict. One that is not strict by default comes back as it
     * is, and so does one that would need more than to be closed: that its optional properties become required, which OpenAI does
     * in Responses, is not ours to decide.
     */
    public static Tool.Function fitted(Tool.Function function, Losses losses) {
        if (!is(function, losses)) {
            return function;
        }
        JsonNode closed = closed(OpenAiSchemas.complete(function.parameters()));
        return OpenAiSchemas.canBeStrict(closed)
                ? new Tool.Function(function.name(), function.description(), closed, true, function.extras())
                : function;
    }

    private static JsonNode closed(JsonNode complete) {
        JsonNode copy = complete.deepCopy();
        if (copy instanceof ObjectNode schema) {
            JsonSchemas.all(schema).stream()
                    .filter(one -> JsonSchemas.allows(one, "object"))
                    .filter(one -> one == schema || !one.path(PROPERTIES).isEmpty())
                    .forEach(StrictByDefault::close);
        }
        return copy;
    }

    /** Not for an object inside of which no property is told: it may have any. */
    private static void close(ObjectNode object) {
        if (!object.has(CLOSED)) {
            object.put(CLOSED, false);
        }
        if (!object.has(REQUIRED) && object.path(PROPERTIES).isEmpty()) {
            object.putArray(REQUIRED);
        }
    }
}
