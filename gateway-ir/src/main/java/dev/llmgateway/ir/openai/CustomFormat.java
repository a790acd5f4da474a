package dev.llmgateway.ir.openai;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The format of a free-text tool. Chat Completions has what a grammar says in an object of its own inside it; ours, as in
 * Responses, is flat.
 */
final class CustomFormat {

    private static final String GRAMMAR = "grammar";

    private CustomFormat() {}

    /** As we have it. */
    static JsonNode flat(JsonNode format) {
        if (!(format instanceof ObjectNode object && format.path(GRAMMAR) instanceof ObjectNode grammar)) {
            return format;
        }
        ObjectNode flat = object.deepCopy();
        flat.remove(GRAMMAR);
        return flat.setAll(grammar);
    }

    /** As Chat Completions has it. */
    static @Nullable JsonNode nested(@Nullable JsonNode format) {
        if (!(format instanceof ObjectNode object)
                || !object.path("type").stringValue("").equals(GRAMMAR)) {
            return format;
        }
        ObjectNode grammar = object.deepCopy();
        grammar.remove("type");
        ObjectNode nested = object.objectNode().put("type", GRAMMAR);
        nested.set(GRAMMAR, grammar);
        return nested;
    }
}
