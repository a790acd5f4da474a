package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.json.JsonDocument;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds parts of a conversation in its caller's bytes, to tell the caller where they stand. */
final class PartPlaces {

    private static final List<String> CONVERSATION = List.of("messages", "input", "system");
    private static final List<String> PARTS = List.of("content", "output");

    private PartPlaces() {}

    /**
     * The place of the first such part, as far as the bytes can still tell.
     *
     * @param isIt looks at parts, and at the messages and items around them
     */
    static String of(ChatRequest request, Predicate<JsonNode> isIt) {
        JsonDocument wire = request.wire();
        if (wire != null) {
            for (String name : CONVERSATION) {
                String found = placeIn(wire.value(name), name, isIt);
                if (found != null) {
                    return found;
                }
            }
        }
        return "messages[].content[]";
    }

    private static @Nullable String placeIn(JsonNode parts, String name, Predicate<JsonNode> isIt) {
        if (!parts.isArray()) {
            return null;
        }
        for (int i = 0; i < parts.size(); i++) {
            JsonNode one = parts.get(i);
            String here = name + "[" + i + "]";
            if (isIt.test(one)) {
                return here;
            }
            for (String inner : PARTS) {
                String found = placeIn(one.path(inner), here + "." + inner, isIt);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
