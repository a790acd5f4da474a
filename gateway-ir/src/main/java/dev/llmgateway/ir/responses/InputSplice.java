package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes, in the items of a client's own {@code input}, only what their provider would refuse. */
final class InputSplice {

    private static final String CALL_ID = "call_id";

    private InputSplice() {}

    /** Whether anything has to change. */
    static boolean isNeeded(ChatRequest request) {
        return request.messages().stream()
                .flatMap(message -> message.content().stream())
                .anyMatch(InputSplice::isChanged);
    }

    private static boolean isChanged(Content part) {
        return part instanceof Content.ToolCall call
                && !ToolCallIds.forResponses(call.id()).equals(call.id());
    }

    /** The value of {@code input}, changed. */
    static byte[] splice(JsonNode input) {
        ArrayNode items = Json.mapper().createArrayNode();
        input.values().forEach(item -> items.add(item(item)));
        return Json.write(items);
    }

    private static JsonNode item(JsonNode item) {
        String id = item.path(CALL_ID).stringValue("");
        String legal = ToolCallIds.forResponses(id);
        return item instanceof ObjectNode object && !legal.equals(id)
                ? object.deepCopy().put(CALL_ID, legal)
                : item;
    }
}
