package dev.llmgateway.compliance.stage;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Treats what arrives whole: parts without deltas, and what only one dialect knows. What is not changed stays the same object. */
final class WholeTexts {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What names of an API's members look like; anything else could be data that was sent as a name. */
    private static final Pattern API_NAME = Pattern.compile("[A-Za-z_$]{1,48}");

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
            case Content.Numbers it -> it;
            case Content.ToolCall it -> {
                Extras extras = extras(place, it.extras());
                yield extras == it.extras()
                        ? it
                        : new Content.ToolCall(it.id(), it.name(), it.arguments(), it.token(), extras);
            }
            case Content.Reasoning it -> {
                Extras extras = extras(place, it.extras());
                yield extras == it.extras() ? it : new Content.Reasoning(it.text(), it.token(), extras);
            }
            case Content.Refusal it -> {
                Extras extras = extras(place, it.extras());
                yield extras == it.extras() ? it : new Content.Refusal(it.text(), extras);
            }
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
                String name = name(place, member.getKey());
                JsonNode json = json(under(place, member.getKey()), member.getValue());
                changed |= json != member.getValue() || !name.equals(member.getKey());
                members.put(name, json);
            }
            treated.put(dialect.getKey(), members);
        }
        return changed ? new Extras(extras.cacheMark(), treated) : extras;
    }

    /** Every string in it, and the names of members. */
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
            String name = name(place, member.getKey());
            JsonNode value = json(under(place, member.getKey()), member.getValue());
            changed |= value != member.getValue() || !name.equals(member.getKey());
            treated.set(name, value);
        }
        return changed ? treated : object;
    }

    /** Of members whose names become the same, the last one stays. */
    private String name(String place, String name) {
        return API_NAME.matcher(name).matches() ? name : treatment.whole(place, name);
    }

    /** Places are logged, so names that could be data are not told. */
    private static String under(String place, String name) {
        return place + "." + (API_NAME.matcher(name).matches() ? name : "*");
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
