package dev.llmgateway.compliance.stage;

import dev.llmgateway.ir.json.Json;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is left of JSON without what has been looked at already.
 *
 * @param isTold whether that is so of a text
 */
record Rest(Predicate<String> isTold) {

    /** What names of an API's members look like; anything else could be data that was sent as a name. */
    private static final Pattern API_NAME = Pattern.compile("[A-Za-z_.$]{1,48}");

    /** Shorter numbers hold nothing that anybody looks for. */
    private static final int SHORTEST_NUMBER = 7;

    /** The rest, or null when there is none. */
    @Nullable
    JsonNode of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return of(object);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode rest = Json.mapper().createArrayNode();
            for (JsonNode element : array) {
                JsonNode left = of(element);
                if (left != null) {
                    rest.add(left);
                }
            }
            return rest.isEmpty() ? null : rest;
        }
        if (node.isString()) {
            return isTold.test(node.stringValue()) ? null : node;
        }
        return node.isNumber() && node.asString().length() >= SHORTEST_NUMBER ? node : null;
    }

    private @Nullable JsonNode of(ObjectNode object) {
        ObjectNode rest = Json.mapper().createObjectNode();
        for (var member : object.properties()) {
            JsonNode left = of(member.getValue());
            boolean nameIsTold = API_NAME.matcher(member.getKey()).matches() || isTold.test(member.getKey());
            if (left != null || !nameIsTold) {
                rest.set(member.getKey(), left == null ? Json.mapper().nullNode() : left);
            }
        }
        return rest.isEmpty() ? null : rest;
    }
}
