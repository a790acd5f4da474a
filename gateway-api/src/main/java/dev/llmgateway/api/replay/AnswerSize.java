package dev.llmgateway.api.replay;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.WireForm;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How much memory the events of one answer take, added up event by event. Texts count two bytes for each character, and JSON
 * its texts and the objects of its tree, which is more than they take mostly; the bytes of a wire form, which its events
 * share, count once. Not thread safe.
 */
final class AnswerSize {

    /** An event's own object, its wire and its place in a list. */
    private static final int EVENT = 96;

    private static final int FORM = 64;
    private static final int CHARACTER = 2;
    private static final int NODE = 64;

    private long bytes;
    private @Nullable WireForm last;

    /** Counts one event more, the next of its answer. */
    void add(ChatEvent event) {
        bytes += EVENT + content(event);
        WireForm form = event.wire().form();
        if (form != null && form != last) {
            bytes += FORM + form.bytes().length;
            last = form;
        }
    }

    long bytes() {
        return bytes;
    }

    /** How much memory a body takes that stands for its events, with who answered. */
    static long ofBody(WireForm form, Origin origin) {
        return 2 * EVENT + FORM + form.bytes().length + text(origin.provider()) + text(origin.model());
    }

    private static long content(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Started start -> EVENT + text(start.id()) + text(start.model());
            case ChatEvent.PartStarted part -> content(part.initial());
            case ChatEvent.Delta delta -> text(delta.text());
            case ChatEvent.TokenAttached attached -> token(attached.token());
            case ChatEvent.VendorDelta vendor -> json(vendor.delta());
            case ChatEvent.Finished finish -> text(finish.stopSequence()) + extras(finish.extras());
            case ChatEvent.UsageReported report -> EVENT + extras(report.extras());
            case ChatEvent.PartEnded ignored -> 0;
            case ChatEvent.Ping ignored -> 0;
            case ChatEvent.Vendor ignored -> 0;
        };
    }

    private static long content(Content content) {
        return EVENT
                + extras(content.extras())
                + switch (content) {
                    case Content.Text text -> text(text.text());
                    case Content.Refusal refusal -> text(refusal.text());
                    case Content.Reasoning reasoning -> text(reasoning.text()) + token(reasoning.token());
                    case Content.ToolCall call ->
                        text(call.id()) + text(call.name()) + text(call.arguments()) + token(call.token());
                    case Content.Vendor vendor -> json(vendor.json());
                    case Content.Image image -> text(image.source().toString());
                    case Content.Document document -> text(document.source().toString());
                    case Content.Audio audio -> text(audio.source().toString());
                    case Content.Tokens tokens ->
                        (long) Integer.BYTES * tokens.ids().size();
                    case Content.Embedding embedding ->
                        (long) Float.BYTES * embedding.vector().dimensions();
                    case Content.ToolResult result ->
                        result.content().stream().mapToLong(AnswerSize::content).sum();
                };
    }

    private static long extras(Extras extras) {
        if (extras.members().isEmpty()) {
            return 0;
        }
        long bytes = 0;
        for (Map<String, JsonNode> members : extras.members().values()) {
            bytes += EVENT + json(members.entrySet());
        }
        return bytes;
    }

    private static long token(@Nullable OpaqueToken token) {
        return token == null ? 0 : EVENT + text(token.value());
    }

    private static long json(JsonNode node) {
        if (node.isString()) {
            return NODE + text(node.stringValue());
        }
        if (node.isObject()) {
            return NODE + json(node.properties());
        }
        long bytes = NODE;
        for (JsonNode element : node) {
            bytes += json(element);
        }
        return bytes;
    }

    private static long json(Set<Map.Entry<String, JsonNode>> members) {
        long bytes = 0;
        for (Map.Entry<String, JsonNode> member : members) {
            bytes += NODE + text(member.getKey()) + json(member.getValue());
        }
        return bytes;
    }

    private static long text(@Nullable String text) {
        return text == null ? 0 : (long) CHARACTER * text.length();
    }
}
