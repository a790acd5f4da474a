package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.codec.RawArguments;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import tools.jackson.databind.JsonNode;

/**
 * The arguments of a tool call, which are any text to us and must be an object to Anthropic. Nothing becomes {@code {}};
 * an object stays as it was written, so that the order of its keys keeps prompt caches warm; anything else, such as the
 * broken JSON of a model, is carried as a text in an object of its own, under {@value RawArguments#MEMBER}.
 */
final class ToolInput {

    private ToolInput() {}

    /** Writes the arguments as the member {@code input}. */
    static void write(JsonWriter out, String arguments) {
        if (arguments.isBlank()) {
            out.object("input").endObject();
        } else if (isObject(arguments)) {
            out.raw("input", arguments.strip());
        } else {
            out.object("input").text(RawArguments.MEMBER, arguments).endObject();
        }
    }

    private static boolean isObject(String text) {
        try {
            JsonNode node = Json.parse(text);
            return node.isObject();
        } catch (InvalidJsonException e) {
            return false;
        }
    }
}
