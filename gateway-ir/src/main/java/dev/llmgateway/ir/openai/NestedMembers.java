package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Unknown members of an object inside an object ({@code function} in a tool, {@code image_url} in a part) are kept among the
 * extras of the outer one as {@code function.member}.
 */
final class NestedMembers {

    private NestedMembers() {}

    static Extras add(Extras extras, String object, Map<String, JsonNode> members) {
        if (members.isEmpty()) {
            return extras;
        }
        Map<String, JsonNode> named = new LinkedHashMap<>();
        members.forEach((name, value) -> named.put(object + "." + name, value));
        return extras.and(Extras.of(OPENAI_CHAT, named));
    }

    /** Writes those that belong into {@code object}, which is open. */
    static void write(Extras extras, String object, JsonWriter out) {
        extras.of(OPENAI_CHAT).forEach((name, value) -> {
            if (belongs(name, object)) {
                out.node(name.substring(object.length() + 1), value);
            }
        });
    }

    /** Writes those that belong to the outer object. */
    static void writeOuter(Extras extras, String object, JsonWriter out) {
        extras.of(OPENAI_CHAT).forEach((name, value) -> {
            if (!belongs(name, object)) {
                out.node(name, value);
            }
        });
    }

    /** Whether an extra of this name belongs into {@code object}. */
    static boolean belongs(String name, String object) {
        return name.length() > object.length() + 1 && name.startsWith(object) && name.charAt(object.length()) == '.';
    }
}
