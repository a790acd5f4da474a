package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Arguments of a tool call that are no JSON object, in a dialect that takes only objects: they travel as a text in an object
 * of its own, under {@value #MEMBER}. So does the input of a free-text tool where there are only functions.
 */
public final class RawArguments {

    /** The member that holds the text. */
    public static final String MEMBER = "raw_arguments";

    private RawArguments() {}

    /** The object around the text. */
    public static String wrap(String text) {
        return Json.writeString(Json.mapper().createObjectNode().put(MEMBER, text));
    }

    /** The text inside the object; anything else as it is. */
    public static String unwrap(String arguments) {
        try {
            JsonNode node = Json.parse(arguments);
            JsonNode text = node.path(MEMBER);
            return node.size() == 1 && text.isString() ? text.stringValue() : arguments;
        } catch (InvalidJsonException e) {
            return arguments;
        }
    }
}
