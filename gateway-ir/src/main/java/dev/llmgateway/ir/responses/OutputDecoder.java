package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.SummaryParts;
import dev.llmgateway.ir.codec.AnswerCallIds;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.Untold;
import dev.llmgateway.ir.codec.UrlCitation;
import dev.llmgateway.ir.responses.Namespaces.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the items of a provider's answer, complete or as they begin. Whether an item is complete ({@code status}) is told by
 * the answer as a whole. For one answer.
 */
final class OutputDecoder {

    static final String MESSAGE = "message";
    static final String REASONING = "reasoning";
    static final String FUNCTION_CALL = "function_call";
    static final String CUSTOM_CALL = "custom_tool_call";
    static final String TEXT = "output_text";
    static final String REFUSAL = "refusal";

    private static final Set<String> OF_MESSAGE = Set.of("type", "role", "status", "content");
    /** Token probabilities spell the text out; they are kept with the answer as a whole, for both of OpenAI's formats. */
    private static final Set<String> OF_TEXT = Set.of("type", "text", "logprobs");

    private static final Set<String> OF_REFUSAL = Set.of("type", "refusal");
    private static final Set<String> OF_THOUGHT = Set.of("type", "text");
    private static final Set<String> OF_REASONING = Set.of("type", "status", "summary", "content", "encrypted_content");
    private static final Set<String> OF_CALL =
            Set.of("type", "status", "call_id", "name", "arguments", "input", Namespaces.MEMBER);

    /** What the names of all kinds of frames begin with; servers that imitate the format have some for themselves. */
    private static final String OF_ANSWER = "response.";

    private static final Set<String> OF_FRAME = Set.of(
            "type",
            "sequence_number",
            "obfuscation",
            "response",
            "item",
            "part",
            "annotation",
            "item_id",
            "output_index",
            "content_index",
            "summary_index",
            "annotation_index",
            "delta",
            "text",
            "refusal",
            "logprobs",
            "name",
            "arguments",
            "input");

    private final String provider;
    private final AnswerCallIds ids = new AnswerCallIds();
    private final Untold untold = new Untold(OPENAI_RESPONSES);
    private final BiConsumer<String, JsonNode> ofFrame = (name, value) -> {
        if (!OF_FRAME.contains(name)) {
            untold.add(name, value);
        }
    };
    private boolean asReceived = true;

    /**
     * Reads an answer.
     *
     * @param provider the configured provider's id
     */
    OutputDecoder(String provider) {
        this.provider = provider;
    }

    /** False when the provider's bytes must not reach a client as they are. */
    boolean isAsReceived() {
        return asReceived;
    }

    /** The parts that an item is to us. */
    List<Content> item(JsonNode item) {
        return switch (typeOf(item)) {
            case MESSAGE -> message(item);
            case REASONING -> {
                nameTexts(item);
                Content.Reasoning start = reasoning(item);
                List<String> texts = ReasoningTexts.shown(item);
                Extras extras = SummaryParts.list(texts, start.extras());
                yield List.of(new Content.Reasoning(String.join(SummaryParts.BLANK_LINE, texts), token(item), extras));
            }
            case FUNCTION_CALL, CUSTOM_CALL -> {
                Content.ToolCall start = call(item);
                yield List.of(new Content.ToolCall(start.id(), start.name(), arguments(item), null, start.extras()));
            }
            default -> List.of(vendor(item));
        };
    }

    /** An item that only OpenAI knows; some kinds have something sealed in them. */
    Content vendor(JsonNode item) {
        return new Content.Vendor(OPENAI_RESPONSES, Seals.label(item, provider));
    }

    static String typeOf(JsonNode object) {
        return object.path("type").stringValue("");
    }

    private List<Content> message(JsonNode item) {
        List<Content> parts = new ArrayList<>();
        for (JsonNode part : item.path("content").values()) {
            nameUnknown(part);
            switch (part(item, part)) {
                case Content.Text text -> parts.add(new Content.Text(textOf(part), text.extras()));
                case Content.Refusal refusal -> parts.add(new Content.Refusal(textOf(part), refusal.extras()));
                case null, default -> {}
            }
        }
        if (parts.isEmpty()) {
            nameLate(MissingNode.getInstance(), item);
        }
        return parts;
    }

    /**
     * A part of a message as it begins, without its text; null for a part of another kind, which no client could be shown.
     *
     * @param item the message
     */
    static @Nullable Content part(JsonNode item, JsonNode part) {
        return switch (typeOf(part)) {
            case TEXT -> new Content.Text("", ofMessage(extras(part, OF_TEXT), item));
            case REFUSAL -> new Content.Refusal("", ofMessage(extras(part, OF_REFUSAL), item));
            default -> null;
        };
    }

    /** Names a part of a message that is of another kind. */
    void nameUnknown(JsonNode part) {
        if (!isText(part)) {
            untold.add(part.path("type").stringValue("part"));
        }
    }

    private static boolean isText(JsonNode part) {
        return typeOf(part).equals(TEXT) || typeOf(part).equals(REFUSAL);
    }

    /**
     * Names what an item tells of itself only when it is complete.
     *
     * @param begun the item as it began
     */
    void nameLate(JsonNode begun, JsonNode whole) {
        switch (typeOf(whole)) {
            case MESSAGE -> nameLate(MESSAGE + ".", begun, others(whole, OF_MESSAGE));
            case REASONING -> {
                nameLate("", begun, others(whole, OF_REASONING));
                nameTexts(whole);
            }
            case FUNCTION_CALL, CUSTOM_CALL -> nameLate("", begun, others(whole, OF_CALL));
            default -> {}
        }
    }

    private void nameLate(String prefix, JsonNode begun, Map<String, JsonNode> members) {
        members.forEach((name, value) -> {
            if (!begun.has(name) && !name.equals("id")) {
                untold.add(prefix + name, value);
            }
        });
    }

    /**
     * Names what a text of a message tells of itself only when it is complete.
     *
     * @param begun the extras that it began with
     * @param whole the part, or a frame that tells its text
     */
    void nameLate(Extras begun, JsonNode whole) {
        if (isText(whole)) {
            others(whole, typeOf(whole).equals(TEXT) ? OF_TEXT : OF_REFUSAL).forEach((name, value) -> {
                if (begun.member(OPENAI_RESPONSES, name) == null && !name.equals(UrlCitation.ANNOTATIONS)) {
                    untold.add(name, value);
                }
            });
        }
    }

    /** Names what the texts of a reasoning say beside. */
    private void nameTexts(JsonNode reasoning) {
        for (ReasoningStream.Kind kind : ReasoningStream.Kind.values()) {
            reasoning.path(ReasoningTexts.memberOf(kind)).values().forEach(part -> nameText(kind, part));
        }
    }

    /** Names what a text of a reasoning says beside. */
    void nameText(ReasoningStream.Kind kind, JsonNode part) {
        others(part, OF_THOUGHT)
                .forEach((name, value) -> untold.add(ReasoningTexts.memberOf(kind) + "[]." + name, value));
    }

    /** Names what a frame tells that is of a known type. */
    void nameStrange(JsonNode frame) {
        frame.forEachEntry(ofFrame);
    }

    /** Names a frame of a kind that is not known, unless it is about an item, which is told or named as a whole. */
    void nameKind(String type, JsonNode frame) {
        if (type.startsWith(OF_ANSWER) && !frame.has("item_id") && !frame.has("output_index")) {
            untold.add(type);
        }
    }

    /** Names what an answer tells as it begins. */
    void nameEarly(JsonNode response) {
        AnswerEnd.nameEarly(response, untold);
    }

    /** The extras of the answer's end with what was named so far. */
    Extras mark(Extras extras) {
        return untold.mark(extras);
    }

    /** The text of a part of a message. */
    static String textOf(JsonNode part) {
        return textOf(typeOf(part), part);
    }

    /** The text of what tells a part of this type. */
    static String textOf(String type, JsonNode whole) {
        return whole.path(type.equals(REFUSAL) ? "refusal" : "text").stringValue("");
    }

    private static Extras ofMessage(Extras extras, JsonNode item) {
        return Members.add(extras, MESSAGE, others(item, OF_MESSAGE));
    }

    /** A reasoning as it begins. */
    static Content.Reasoning reasoning(JsonNode item) {
        return new Content.Reasoning("", null, extras(item, OF_REASONING));
    }

    /** What was sealed of a reasoning, or null. */
    @Nullable
    OpaqueToken token(JsonNode item) {
        String sealed = item.path("encrypted_content").stringValue("");
        return sealed.isEmpty() ? null : new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, sealed, provider);
    }

    /** A call as it begins, without its arguments. To be asked once for each. */
    Content.ToolCall call(JsonNode item) {
        String sent = item.path("call_id").stringValue("");
        String id = ids.choose(sent);
        asReceived = asReceived && id.equals(sent);
        String name = item.path("name").stringValue("");
        String namespace = item.path(Namespaces.MEMBER).stringValue("");
        Extras extras = extras(item, OF_CALL);
        if (isCustom(item)) {
            extras = FreeTextCalls.mark(extras);
        }
        if (namespace.isEmpty()) {
            return new Content.ToolCall(id, name, "", null, extras);
        }
        Place place = new Place(namespace, null, name);
        return new Content.ToolCall(id, place.flatName(), "", null, Namespaces.mark(extras, place));
    }

    static boolean isCustom(JsonNode call) {
        return typeOf(call).equals(CUSTOM_CALL);
    }

    /** The arguments of a complete call: no text means no arguments, unless it is free text. */
    static String arguments(JsonNode call) {
        String text = argumentsTold(call);
        return text.isEmpty() && !isCustom(call) ? "{}" : text;
    }

    /** What an item tells of a call's arguments. */
    static String argumentsTold(JsonNode call) {
        if (isCustom(call)) {
            return call.path("input").stringValue("");
        }
        JsonNode arguments = call.path("arguments");
        return arguments.isObject() ? arguments.toString() : arguments.stringValue("");
    }

    private static Extras extras(JsonNode object, Set<String> known) {
        return Extras.of(OPENAI_RESPONSES, others(object, known));
    }

    /** The members that are not among {@code known} and say something. */
    private static Map<String, JsonNode> others(JsonNode object, Set<String> known) {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        object.forEachEntry((name, value) -> {
            if (!known.contains(name) && !value.isNull() && !Members.isEmptyList(value)) {
                others.put(name, value);
            }
        });
        return others;
    }
}
