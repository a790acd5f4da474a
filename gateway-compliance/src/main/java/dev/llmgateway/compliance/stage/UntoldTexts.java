package dev.llmgateway.compliance.stage;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Looks at the texts of a provider's message that no event tells of, such as members that no codec knows. Streams of Responses tell
 * every text again when its part, its item and the answer end: what was told before is not looked at once more, for its pieces are.
 * For one answer.
 */
final class UntoldTexts {

    private static final String PLACE = "unknown member";
    private static final String VECTOR = "embedding";

    /**
     * Names, ids and the model come again in every chunk of a stream, and the request's settings in several. So many characters of
     * them are remembered.
     */
    private static final int MOST_KNOWN = 1 << 18;

    /** What a text costs beside its characters. */
    private static final int PER_TEXT = 32;

    /** Random, against guesses by the length of a message: never the same again. */
    private static final String PADDING = "obfuscation";

    /** What was read from one message, and the texts of that, which are looked at elsewhere. */
    private record Heard(List<ChatEvent> events, Set<String> texts) {}

    private final Treatment treatment;
    private final ToldParts parts = new ToldParts();
    private final Set<String> known = new HashSet<>();
    private int knownCharacters;

    UntoldTexts(Treatment treatment) {
        this.treatment = treatment;
    }

    /** An event came in one of the provider's own messages. */
    void hear(ChatEvent event) {
        parts.hear(event);
    }

    /**
     * Whether the bytes may be sent if no event changes.
     *
     * @param events all that was read from them; their own texts are not looked at here
     */
    boolean mayPass(WireForm form, List<ChatEvent> events) {
        Heard told = new Heard(events, new HashSet<>());
        events.forEach(event -> told(event, form.isWholeBody(), told.texts));
        String name = form.eventName();
        try {
            boolean clean = form.dialect() == Dialect.OPENAI_EMBEDDINGS
                    ? Json.read(form.bytes(), json -> besideVectorsMayPass(json, told))
                    : mayPass("", Json.parse(form.bytes()), told);
            return clean && (name == null || mayPass("", name, told));
        } catch (InvalidJsonException e) {
            return false;
        }
    }

    /** A vector is no text, however it is written, and no tree is made of its numbers. */
    private boolean besideVectorsMayPass(JsonParser json, Heard told) {
        boolean clean = true;
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (token == JsonToken.PROPERTY_NAME && json.currentName().equals(VECTOR)) {
                json.nextToken();
                json.skipChildren();
            } else if (token == JsonToken.PROPERTY_NAME) {
                clean &= mayPass("", json.currentName(), told);
            } else if (token == JsonToken.VALUE_STRING) {
                clean &= mayPass("", json.getString(), told);
            }
        }
        return clean;
    }

    private boolean mayPass(String under, JsonNode node, Heard told) {
        boolean clean = !node.isString() || mayPass(under, node.stringValue(), told);
        for (var member : node.properties()) {
            clean &= mayPass("", member.getKey(), told) & mayPass(member.getKey(), member.getValue(), told);
        }
        if (node.isArray()) {
            for (JsonNode element : node.values()) {
                clean &= mayPass(under, element, told);
            }
        }
        return clean;
    }

    private boolean mayPass(String under, String text, Heard told) {
        if (told.texts.contains(text) || isTold(text, told.events)) {
            return true;
        }
        boolean clean = treatment.whole(PLACE, text).equals(text);
        if (clean && !under.equals(PADDING)) {
            remember(text);
        }
        return clean;
    }

    private boolean isTold(String text, List<ChatEvent> events) {
        return text.isEmpty() || known.contains(text) || parts.have(text, events);
    }

    private void remember(String text) {
        int size = text.length() + PER_TEXT;
        if (knownCharacters + size <= MOST_KNOWN && known.add(text)) {
            knownCharacters += size;
        }
    }

    /** Whether a message of the vendor's own may be sent, which no event tells of and which cannot be changed. */
    boolean mayPass(WireForm form) {
        JsonNode rest;
        try {
            rest = new Rest(text -> isTold(text, List.of())).of(Json.parse(form.bytes()));
        } catch (InvalidJsonException e) {
            rest = StringNode.valueOf(new String(form.bytes(), StandardCharsets.UTF_8));
        }
        // As one text, in which a name tells what the value beside it is.
        String text = rest == null ? "" : rest.isString() ? rest.stringValue() : Json.writeString(rest);
        return text.isEmpty() || treatment.whole("event", text).equals(text);
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
            case ChatEvent.UsageReported report -> extras(report.extras(), told);
            case ChatEvent.PartEnded ignored -> {}
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

    /** Members of an object inside an object have its name before their own: {@code message.member}. */
    private static void extras(Extras extras, Set<String> told) {
        extras.members()
                .values()
                .forEach(named -> named.forEach((name, value) -> {
                    told.add(name);
                    told.add(name.substring(name.indexOf('.') + 1));
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
