package dev.llmgateway.providers.simulated;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Collects the events of one stream of OpenAI's Responses and numbers them. For one thread. */
final class ResponsesEvents {
    private final List<String> events = new ArrayList<>();

    /** An event about the whole answer. */
    void ofResponse(String type, ObjectNode response) {
        ObjectNode event = begin(type);
        event.set("response", response);
        end(event);
    }

    /** An event about an item as a whole. */
    void ofItem(String type, int outputIndex, ObjectNode item) {
        ObjectNode event = begin(type).put("output_index", outputIndex);
        event.set("item", item);
        end(event);
    }

    /**
     * An event about what is inside an item.
     *
     * @param position where inside of it ({@code content_index}, say), or empty for nowhere special
     * @param member what the event tells: the name of the member and its value
     */
    void inside(String type, int outputIndex, String itemId, String position, String member, JsonNode value) {
        ObjectNode event = begin(type).put("item_id", itemId).put("output_index", outputIndex);
        if (!position.isEmpty()) {
            event.put(position, 0);
        }
        event.set(member, value);
        if (type.startsWith("response.output_text")) {
            event.putArray("logprobs");
        }
        end(event);
    }

    private ObjectNode begin(String type) {
        return Json.object().put("type", type).put("sequence_number", events.size());
    }

    private void end(ObjectNode event) {
        events.add(text(event));
    }

    static String text(ObjectNode event) {
        return "event: " + event.path("type").asString("") + "\ndata: " + Json.write(event) + "\n\n";
    }

    List<String> all() {
        return List.copyOf(events);
    }
}
