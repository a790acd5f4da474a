package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.SummaryParts;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.AnswerIds;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.codec.UrlCitation;
import dev.llmgateway.ir.json.JsonDocument;
import dev.llmgateway.ir.json.JsonText;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes a complete answer for a client. */
final class ResponseEncoder {

    /** What the names of a choice's extras begin with that belong into its message. */
    static final String MESSAGE = "message";

    private ResponseEncoder() {}

    static byte[] encode(ChatResponse response, ChatRequest request) {
        WireForm form = response.wire().form();
        CallStyle style = CallStyle.of(request);
        boolean readable = response.choices().stream().allMatch(choice -> style.reads(choice.content()));
        if (form == null || form.dialect() != OPENAI_CHAT || !form.isWholeBody() || !readable) {
            return write(response, request, style);
        }
        String model = ShownModel.replacement(request, response.origin());
        return model == null
                ? form.bytes()
                : JsonDocument.parse(form.bytes())
                        .document()
                        .edit()
                        .set("model", JsonText.wellFormed(model))
                        .toBytes();
    }

    private static byte[] write(ChatResponse response, ChatRequest request, CallStyle style) {
        JsonWriter out = new JsonWriter(1024).object();
        out.text("id", AnswerIds.orNew(response.id(), "chatcmpl-"));
        out.text("object", "chat.completion").number("created", response.created());
        out.text("model", ShownModel.name(request, response.origin(), response.model()));
        out.array("choices");
        response.choices().forEach(choice -> choice(choice, style, out));
        out.endArray();
        BesideChoices.write(response.first().extras(), out);
        if (response.usage() != null) {
            UsageCodec.write(response.usage(), response.first().extras(), out);
        }
        return out.endObject().toBytes();
    }

    private static void choice(Choice choice, CallStyle style, JsonWriter out) {
        boolean refuses = choice.content().stream().anyMatch(Content.Refusal.class::isInstance);
        out.object().number("index", choice.index()).object(MESSAGE).text("role", "assistant");
        message(choice.content(), style, out);
        NestedMembers.write(choice.extras(), MESSAGE, out);
        out.endObject();
        if (choice.extras().member(OPENAI_CHAT, FinishReasons.NAME) == null) {
            out.text(FinishReasons.NAME, FinishReasons.word(choice.stopReason(), refuses, style.isLegacy()));
        }
        BesideChoices.writeOthers(choice.extras(), out);
        out.endObject();
    }

    /** All reasonings of a message are one text to its reader. */
    static void think(@Nullable String thought, StringBuilder all) {
        if (thought != null && !thought.isEmpty()) {
            all.append(all.isEmpty() ? "" : SummaryParts.BLANK_LINE).append(thought);
        }
    }

    /** The parts in their order as far as the format has one: texts are joined, tool calls come last. */
    private static void message(List<Content> content, CallStyle style, JsonWriter out) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        List<Content.ToolCall> calls = new ArrayList<>();
        for (Content part : content) {
            switch (part) {
                case Content.Text t -> text.append(t.text());
                case Content.Refusal r -> refusal.append(r.text());
                case Content.Reasoning r -> think(r.text(), reasoning);
                case Content.ToolCall call -> calls.add(style.shown(call));
                case Content.Image ignored -> {}
                case Content.Document ignored -> {}
                case Content.Audio ignored -> {}
                case Content.ToolResult ignored -> {}
                case Content.Vendor ignored -> {}
                case Content.Numbers ignored -> {}
            }
        }
        boolean silent = text.isEmpty() && (!calls.isEmpty() || !refusal.isEmpty());
        if (silent) {
            out.nothing("content");
        } else {
            out.text("content", text.toString());
        }
        if (!reasoning.isEmpty()) {
            out.text("reasoning_content", reasoning.toString());
        }
        ReasoningDetails.write(content, out);
        citations(content, out);
        if (refusal.isEmpty()) {
            out.nothing("refusal");
        } else {
            out.text("refusal", refusal.toString());
        }
        calls(calls, style, out);
    }

    private static void citations(List<Content> content, JsonWriter out) {
        List<JsonNode> citations = Citations.of(content);
        if (!citations.isEmpty()) {
            out.array(UrlCitation.ANNOTATIONS);
            citations.forEach(out::node);
            out.endArray();
        }
    }

    private static void calls(List<Content.ToolCall> calls, CallStyle style, JsonWriter out) {
        if (calls.isEmpty()) {
            return;
        }
        if (style.isLegacy()) {
            Content.ToolCall call = calls.getFirst();
            out.object("function_call").text("name", call.name());
            out.text("arguments", call.arguments().isEmpty() ? "{}" : call.arguments());
            NestedMembers.write(call.extras(), "function", out);
            out.endObject();
            return;
        }
        out.array("tool_calls");
        calls.forEach(call -> ToolCallWriter.write(call, ToolCallIds.forClient(call), null, out));
        out.endArray();
    }
}
