package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.AnswerIds;
import dev.llmgateway.ir.codec.CitedTexts;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.codec.UrlCitation;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonDocument;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.ir.tokens.UsageEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * Writes a complete answer for an Anthropic client. The format has room for one answer: of several choices the first is
 * shown. Images, sounds and other vendors' parts, which the format has no block for, are left out.
 */
final class ResponseEncoder {

    private ResponseEncoder() {}

    static byte[] encode(ChatResponse response, ChatRequest request) {
        WireForm form = response.wire().form();
        boolean isOwn = form != null && form.dialect() == Dialect.ANTHROPIC_MESSAGES && form.isWholeBody();
        if (form != null
                && isOwn
                && new ClientCalls(request).keepIds(response.first().content())) {
            return unchanged(form.bytes(), response, request);
        }
        return encodeAnew(response, ShownModel.name(request, response.origin(), response.model()), request);
    }

    /** The provider's body, with what is sealed in it labelled and the name of the model that the client knows. */
    private static byte[] unchanged(byte[] body, ChatResponse response, ChatRequest request) {
        String model = ShownModel.replacement(request, response.origin());
        String sealer = Seals.maker(response.first().content());
        if (model == null && sealer == null) {
            return body;
        }
        JsonDocument document = JsonDocument.parse(body).document();
        JsonDocument.Edit edit = document.edit();
        if (model != null) {
            edit.set("model", model);
        }
        if (sealer != null) {
            edit.set("content", Seals.labelled(document.value("content"), sealer));
        }
        return edit.toBytes();
    }

    private static byte[] encodeAnew(ChatResponse response, String model, ChatRequest request) {
        Choice choice = response.first();
        JsonWriter out = new JsonWriter(1024);
        out.object()
                .text("id", AnswerIds.unique(response.id(), response.created(), request, "msg_"))
                .text("type", "message")
                .text("role", "assistant")
                .text("model", model);
        out.array("content");
        BlockWriter blocks = new AnswerBlockWriter(out, new ClientCalls(request));
        cited(choice.content()).stream().filter(ResponseEncoder::isShown).forEach(blocks::write);
        out.endArray();
        end(out, choice);
        Usage usage = response.usage();
        AnswerEnd.writeUsage(
                out, usage == null ? UsageEstimate.usage(request, choice.content()) : usage, choice.extras());
        return out.endObject().toBytes();
    }

    /** The parts with the sources that another vendor's model names, each in the text that it is about. */
    private static List<Content> cited(List<Content> parts) {
        Map<Integer, List<UrlCitation>> cited = CitedTexts.of(parts);
        if (cited.isEmpty()) {
            return parts;
        }
        List<Content> all = new ArrayList<>(parts);
        cited.forEach((part, citations) -> {
            if (parts.get(part) instanceof Content.Text text) {
                ArrayNode list = Json.mapper().createArrayNode();
                citations.forEach(it -> list.add(it.toJson(Dialect.ANTHROPIC_MESSAGES)));
                Extras extras = text.extras().with(Dialect.ANTHROPIC_MESSAGES, UrlCitation.CITATIONS, list);
                all.set(part, new Content.Text(text.text(), extras));
            }
        });
        return all;
    }

    private static void end(JsonWriter out, Choice choice) {
        boolean calls = choice.content().stream().anyMatch(Content.ToolCall.class::isInstance);
        boolean refuses = choice.content().stream().anyMatch(Content.Refusal.class::isInstance);
        StopReason reason = refuses ? StopReason.REFUSAL : choice.stopReason();
        AnswerEnd.write(out, StopReasons.encode(reason, calls), choice.stopSequence(), choice.extras(), false);
    }

    /** Whether an Anthropic client can be shown this part; empty text would be refused when the client sends it back. */
    static boolean isShown(Content part) {
        return switch (part) {
            case Content.Text text -> !text.text().isEmpty();
            case Content.Refusal refusal -> !refusal.text().isEmpty();
            case Content.Reasoning reasoning -> isShown(reasoning.text(), reasoning.token());
            case Content.ToolCall ignored -> true;
            case Content.Vendor vendor -> vendor.dialect() == Dialect.ANTHROPIC_MESSAGES;
            case Content.Image ignored -> false;
            case Content.Document ignored -> false;
            case Content.Audio ignored -> false;
            case Content.ToolResult ignored -> false;
            case Content.Numbers ignored -> false;
        };
    }

    private static boolean isShown(@Nullable String text, @Nullable OpaqueToken token) {
        boolean kept = token != null && token.kind() != OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE;
        return kept || text != null && !text.isEmpty();
    }

    /** Writes the blocks of an answer; media never reach it. */
    static final class AnswerBlockWriter extends BlockWriter {

        private final ClientCalls calls;

        AnswerBlockWriter(JsonWriter out, ClientCalls calls) {
            super(out);
            this.calls = calls;
        }

        @Override
        String callId(Content.ToolCall call) {
            return calls.id(call.id(), call.token());
        }

        @Override
        String callName(Content.ToolCall call) {
            return calls.name(call.name());
        }

        @Override
        String sealed(OpaqueToken token) {
            return Seals.shown(token);
        }

        @Override
        boolean admits(CacheMark mark) {
            return false;
        }

        @Override
        void writeMedia(Content media) {
            throw new IllegalStateException("answers hold no media");
        }
    }
}
