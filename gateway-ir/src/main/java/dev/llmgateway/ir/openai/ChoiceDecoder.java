package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.codec.AnswerCallIds;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.Untold;
import dev.llmgateway.ir.codec.UrlCitation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one choice of a complete answer. For one choice. */
final class ChoiceDecoder {

    private static final Set<String> CHOICE = Set.of("index", "message", "finish_reason", UsageCodec.NAME);
    static final Set<String> MESSAGE = Set.of(
            "role",
            "content",
            "refusal",
            "reasoning_content",
            "reasoning",
            "tool_calls",
            "function_call",
            "extra_content",
            "thought_signature");
    static final Set<String> PART = Set.of("type", "text", "refusal");
    static final Set<String> FUNCTION = Set.of("name", "arguments");
    static final Set<String> CUSTOM = Set.of("name", "input");
    static final Set<String> CALL = Set.of("id", "type", "function", "custom", "extra_content", "index");

    private final boolean google;
    private final List<Content> parts = new ArrayList<>();
    private final AnswerCallIds ids = new AnswerCallIds();
    private boolean asReceived = true;
    /** What stands deeper than the members of a message, which are kept. */
    private final Untold untold = new Untold(OPENAI_CHAT);

    private boolean cites;

    ChoiceDecoder(boolean google) {
        this.google = google;
    }

    /** False when the provider's bytes must not reach a client as they are. */
    boolean isAsReceived() {
        return asReceived;
    }

    Choice decode(JsonNode choice, int position) {
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw new MalformedAnswerException("a choice has no message");
        }
        message(message);
        boolean calls = parts.stream().anyMatch(Content.ToolCall.class::isInstance);
        boolean refuses = parts.stream().anyMatch(Content.Refusal.class::isInstance);
        String word = choice.path(FinishReasons.NAME).stringValue(null);
        StopReason reason = FinishReasons.of(word, calls, refuses);
        String stopText = choice.path("stop_reason").stringValue(null);
        if (reason == StopReason.END_TURN && stopText != null) {
            reason = StopReason.STOP_SEQUENCE;
        }
        asReceived = asReceived && FinishReasons.saysIt(word, reason);
        int index = choice.path("index").isInt() ? choice.path("index").intValue() : position;
        return new Choice(index, parts, reason, stopText, extras(choice, message, word));
    }

    private void message(JsonNode message) {
        String reasoning = firstText(message, "reasoning_content", "reasoning");
        if (reasoning != null) {
            parts.add(new Content.Reasoning(reasoning, null, Extras.NONE));
        }
        content(message.path("content"));
        cite(message.path(UrlCitation.ANNOTATIONS));
        String refusal = firstText(message, "refusal");
        if (refusal != null) {
            parts.add(new Content.Refusal(refusal));
        }
        OpaqueToken signature = ToolCallReader.signature(message.get("extra_content"));
        for (JsonNode call : message.path("tool_calls").values()) {
            parts.add(toolCall(call, signature));
            signature = null;
        }
        JsonNode legacy = message.path("function_call");
        if (legacy.isObject()) {
            asReceived = false;
            parts.add(new Content.ToolCall(
                    ids.choose(""),
                    legacy.path("name").stringValue(""),
                    arguments(legacy.path("arguments")),
                    null,
                    NestedMembers.add(Extras.NONE, "function", others(legacy, FUNCTION))));
        }
    }

    /** The format lists citations beside the text; here they belong to it. */
    private void cite(JsonNode annotations) {
        for (int i = 0; i < parts.size() && !annotations.isEmpty(); i++) {
            if (parts.get(i) instanceof Content.Text text) {
                Extras extras = text.extras().with(OPENAI_CHAT, UrlCitation.ANNOTATIONS, annotations);
                parts.set(i, new Content.Text(text.text(), extras));
                cites = true;
                return;
            }
        }
    }

    private static @Nullable String firstText(JsonNode message, String... names) {
        for (String name : names) {
            String text = message.path(name).stringValue("");
            if (!text.isEmpty()) {
                return text;
            }
        }
        return null;
    }

    private void content(JsonNode content) {
        if (content.isString()) {
            text(content.stringValue());
        }
        for (JsonNode part : content.isArray() ? content.values() : List.<JsonNode>of()) {
            switch (part.path("type").stringValue("")) {
                case "text" -> {
                    text(part.path("text").stringValue(""));
                    others(part, PART).forEach(untold::add);
                }
                case "refusal" -> {
                    parts.add(new Content.Refusal(part.path("refusal").stringValue("")));
                    others(part, PART).forEach(untold::add);
                }
                default -> parts.add(new Content.Vendor(OPENAI_CHAT, part));
            }
        }
    }

    private void text(String text) {
        if (!google || !text.startsWith(ThoughtTags.OPEN)) {
            if (!text.isEmpty()) {
                parts.add(new Content.Text(text));
            }
            return;
        }
        asReceived = false;
        int end = text.indexOf(ThoughtTags.CLOSE);
        String thought = text.substring(ThoughtTags.OPEN.length(), end < 0 ? text.length() : end);
        parts.add(new Content.Reasoning(thought, null, Extras.NONE));
        if (end >= 0 && end + ThoughtTags.CLOSE.length() < text.length()) {
            parts.add(new Content.Text(text.substring(end + ThoughtTags.CLOSE.length())));
        }
    }

    private Content.ToolCall toolCall(JsonNode call, @Nullable OpaqueToken ofMessage) {
        String sent = call.path("id").stringValue("");
        String id = ids.choose(sent);
        OpaqueToken own = ToolCallReader.signature(call.get("extra_content"));
        OpaqueToken token = own == null ? ofMessage : own;
        asReceived = asReceived && id.equals(sent) && token == null;
        Map<String, JsonNode> others = others(call, CALL);
        ExtraContent.name(call, untold);
        if (call.path("custom").isObject()) {
            JsonNode custom = call.get("custom");
            return new Content.ToolCall(
                    id,
                    custom.path("name").stringValue(""),
                    custom.path("input").stringValue(""),
                    token,
                    NestedMembers.add(
                            FreeTextCalls.mark(Extras.of(OPENAI_CHAT, others)), "custom", others(custom, CUSTOM)));
        }
        JsonNode function = call.path("function");
        return new Content.ToolCall(
                id,
                function.path("name").stringValue(""),
                arguments(function.path("arguments")),
                token,
                NestedMembers.add(Extras.of(OPENAI_CHAT, others), "function", others(function, FUNCTION)));
    }

    /** Arguments are text of JSON; one vendor or another sends the object itself. */
    private static String arguments(JsonNode arguments) {
        if (arguments.isObject()) {
            return arguments.toString();
        }
        String text = arguments.stringValue("");
        return text.isEmpty() ? "{}" : text;
    }

    private Extras extras(JsonNode choice, JsonNode message, @Nullable String word) {
        Extras extras = Extras.of(OPENAI_CHAT, others(choice, CHOICE));
        Map<String, JsonNode> ofMessage = others(message, MESSAGE);
        if (cites) {
            ofMessage.remove(UrlCitation.ANNOTATIONS);
        }
        extras = NestedMembers.add(extras, ResponseEncoder.MESSAGE, ofMessage);
        ExtraContent.name(message, untold);
        JsonNode unusual = FinishReasons.unusual(word);
        Extras all = unusual == null ? extras : extras.with(OPENAI_CHAT, FinishReasons.NAME, unusual);
        return untold.mark(all);
    }

    private static Map<String, JsonNode> others(JsonNode object, Set<String> known) {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        object.forEachEntry((name, value) -> {
            if (!known.contains(name) && !value.isNull()) {
                others.put(name, value);
            }
        });
        return others;
    }
}
