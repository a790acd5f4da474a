package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Free-text tools where there are only functions: each becomes a function with one text, and its grammar is told in its
 * description, for nothing else would hold the model to it, and named.
 */
public final class FreeTextTools {

    private FreeTextTools() {}

    /** The function that stands for a free-text tool; {@link RawArguments} holds its text. */
    public static Tool.Function asFunction(Tool.Custom custom) {
        ObjectNode schema = Json.mapper().createObjectNode().put("type", "object");
        schema.putObject("properties").putObject(RawArguments.MEMBER).put("type", "string");
        schema.putArray("required").add(RawArguments.MEMBER);
        return new Tool.Function(custom.name(), description(custom), schema, null, custom.extras());
    }

    /**
     * Notes a format that the model is not held to.
     *
     * @param position where the tool stands in the caller's list
     */
    public static void nameFormat(Tool.Custom custom, String position, Losses losses) {
        JsonNode format = custom.format();
        if (format != null && !format.path("type").stringValue("").equals("text")) {
            losses.addOfTool(position, "custom", "format");
        }
    }

    private static @Nullable String description(Tool.Custom custom) {
        JsonNode format = custom.format();
        if (format == null || format.path("definition").isMissingNode()) {
            return custom.description();
        }
        String before = custom.description() == null ? "" : custom.description() + "\n\n";
        return before + "The input must match this " + format.path("syntax").stringValue("") + " grammar:\n"
                + format.path("definition").asString("");
    }
}
