package dev.llmgateway.compliance.stage;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Treats what arrives whole: parts without deltas, and what only one dialect knows. What is not changed stays the same object. */
final class WholeTexts {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Treatment treatment;

    WholeTexts(Treatment treatment) {
        this.treatment = treatment;
    }

    /** A part as it begins; its text, if it has deltas, is not in it. */
    Content content(String place, Content content) {
        return switch (content) {
            case Content.Text it -> {
                Extras extras = extras(place, it.extras());
                yield extras == it.extras() ? it : new Content.Text(it.text(), extras);
            }
            case Content.Vendor it -> {
                JsonNode json = json(place, it.json());
                yield json == it.json() ? it : new Content.Vendor(it.dialect(), json);
            }
            case Content.ToolResult it -> toolResult(place, it);
            case Content.Image it -> it;
            case Content.Document it -> it;
            case Content.Audio it -> it;
            case Content.ToolCall it -> it;
            case Content.Reasoning it -> it;
            case Content.Refusal it -> it;
        };
    }

    private Content toolResult(String place, Content.ToolResult result) {
        var treated = result.content().stream()
                .map(it -> it instanceof Content.Text text
                        ? new Content.Text(treatment.whole(place, text.text()), extras(place, text.extras()))
                        : content(place, it))
                .toList();
        return treated.equals(result.content())
                ? result
                : new Content.ToolResult(result.callId(), treated, result.isError(), result.extras());
    }

    Extras extras(String place, Extras extras) {
        if (extras.members().isEmpty()) {
            return extras;
        }
        boolean changed = false;
        Map<Dialect, Map<String, JsonNode>> treated = new HashMap<>();
        for (var dialect : extras.members().entrySet()) {
            Map<String, JsonNode> members = new LinkedHashMap<>();
            for (var member : dialect.getValue().entrySet()) {
                JsonNode json = json(place + "." + member.getKey(), member.getValue());
                changed |= json != member.getValue();
                members.put(member.getKey(), json);
            }
            treated.put(dialect.getKey(), members);
        }
        return changed ? new Extras(extras.cacheMark(), treated) : extras;
    }

    /** Every string in it, but for the names of members. */
    JsonNode json(String place, JsonNode node) {
        if (node.isString()) {
            String text = node.stringValue();
            String treated = treatment.whole(place, text);
            return treated.equals(text) ? node : StringNode.valueOf(treated);
        }
        if (node instanceof ObjectNode object) {
            return object(place, object);
        }
        return node instanceof ArrayNode array ? array(place, array) : node;
    }

    private JsonNode object(String place, ObjectNode object) {
        ObjectNode treated = JSON.objectNode();
        boolean changed = false;
        for (var member : object.properties()) {
            JsonNode value = json(place + "." + member.getKey(), member.getValue());
            changed |= value != member.getValue();
            treated.set(member.getKey(), value);
        }
        return changed ? treated : object;
    }

    private JsonNode array(String place, ArrayNode array) {
        ArrayNode treated = JSON.arrayNode();
        boolean changed = false;
        for (JsonNode element : array) {
            JsonNode value = json(place, element);
            changed |= value != element;
            treated.add(value);
        }
        return changed ? treated : array;
    }
}
