package dev.llmgateway.compliance.stage;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Looks at the texts of a provider's message that no event tells of, such as members that no codec knows. For one answer. */
final class UntoldTexts {

    private static final String PLACE = "unknown member";

    /** Short texts come again in every chunk of a stream: names, ids, the model. So many are remembered. */
    private static final int MOST_KNOWN = 256;

    private static final int LONGEST_KNOWN = 256;

    private final Treatment treatment;
    private final Set<String> known = new HashSet<>();

    UntoldTexts(Treatment treatment) {
        this.treatment = treatment;
    }

    /**
     * Whether the bytes may be sent if no event changes.
     *
     * @param events all that was read from them; their own texts are not looked at here
     */
    boolean mayPass(WireForm form, List<ChatEvent> events) {
        JsonNode json;
        try {
            json = Json.parse(form.bytes());
        } catch (InvalidJsonException e) {
            return false;
        }
        Set<String> told = new HashSet<>();
        events.forEach(event -> told(event, form.isWholeBody(), told));
        String name = form.eventName();
        return mayPass(json, told) && (name == null || mayPass(name, told));
    }

    private boolean mayPass(JsonNode node, Set<String> told) {
        boolean clean = !node.isString() || mayPass(node.stringValue(), told);
        for (var member : node.properties()) {
            clean &= mayPass(member.getKey(), told) & mayPass(member.getValue(), told);
        }
        if (node.isArray()) {
            for (JsonNode element : node.values()) {
                clean &= mayPass(element, told);
            }
        }
        return clean;
    }

    private boolean mayPass(String text, Set<String> told) {
        if (text.isEmpty() || told.contains(text) || known.contains(text)) {
            return true;
        }
        boolean clean = treatment.whole(PLACE, text).equals(text);
        if (clean && text.length() <= LONGEST_KNOWN && known.size() < MOST_KNOWN) {
            known.add(text);
        }
        return clean;
    }

    private static void told(ChatEvent event, boolean isWhole, Set<String> told) {
        switch (event) {
            case ChatEvent.Delta delta -> {
                told.add(delta.text());
                if (isWhole && delta instanceof ChatEvent.ArgumentsDelta) {
                    arguments(delta.text(), told);
                }
            }
            case ChatEvent.Started start -> {
                told.add(start.id());
                told.add(start.model());
            }
            case ChatEvent.PartStarted start -> content(start.initial(), told);
            case ChatEvent.TokenAttached token -> told.add(token.token().value());
            case ChatEvent.VendorDelta delta -> json(delta.delta(), told);
            case ChatEvent.Finished end -> {
                told.add(end.stopSequence() == null ? "" : end.stopSequence());
                extras(end.extras(), told);
            }
            case ChatEvent.PartEnded ignored -> {}
            case ChatEvent.UsageReported ignored -> {}
            case ChatEvent.Ping ignored -> {}
            case ChatEvent.Vendor ignored -> {}
        }
    }

    /** A whole answer may have the arguments as an object. */
    private static void arguments(String text, Set<String> told) {
        try {
            json(Json.parse(text), told);
        } catch (InvalidJsonException e) {
            told.add(text);
        }
    }

    private static void content(Content content, Set<String> told) {
        extras(content.extras(), told);
        if (content instanceof Content.Vendor vendor) {
            json(vendor.json(), told);
        } else if (content instanceof Content.ToolCall call) {
            told.add(call.id());
            told.add(call.name());
        }
    }

    private static void extras(Extras extras, Set<String> told) {
        extras.members()
                .values()
                .forEach(named -> named.forEach((name, value) -> {
                    told.add(name);
                    json(value, told);
                }));
    }

    private static void json(JsonNode node, Set<String> told) {
        if (node.isString()) {
            told.add(node.stringValue());
        }
        node.properties().forEach(member -> {
            told.add(member.getKey());
            json(member.getValue(), told);
        });
        if (node.isArray()) {
            node.values().forEach(element -> json(element, told));
        }
    }
}
