package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.SummaryParts;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.AnswerIds;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.json.JsonDocument;
import dev.llmgateway.ir.json.JsonText;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.List;

/** Writes a complete answer for a client. The format has room for one choice, which is all that its clients can ask for. */
final class ResponseEncoder {

    private ResponseEncoder() {}

    static byte[] encode(ChatResponse response, ChatRequest request) {
        WireForm form = response.wire().form();
        if (form == null || form.dialect() != OPENAI_RESPONSES || !form.isWholeBody()) {
            return write(response, request);
        }
        String model = ShownModel.replacement(request, response.origin());
        byte[] bytes = Seals.label(
                form.bytes(),
                response.origin() == null ? null : response.origin().provider());
        return model == null
                ? bytes
                : JsonDocument.parse(bytes)
                        .document()
                        .edit()
                        .set("model", JsonText.wellFormed(model))
                        .toBytes();
    }

    private static byte[] write(ChatResponse response, ChatRequest request) {
        Choice choice = response.first();
        ShownAnswer answer = new ShownAnswer(new ClientCalls(request), Frames.toNowhere());
        List<Content> parts = choice.content();
        for (int i = 0; i < parts.size(); i++) {
            add(i, parts.get(i), answer);
        }
        answer.tellCitations();
        Outcome outcome = Outcome.of(choice.stopReason(), answer.refuses(), choice.extras());
        if (outcome.isCut()) {
            answer.cut();
        }
        answer.tellLogprobs(Logprobs.of(choice.extras()));
        JsonWriter out = new JsonWriter(1024);
        String id = AnswerIds.prefixed(response.id(), response.created(), request, AnswerObject.ID);
        new AnswerObject(request, id, response.created(), response.model(), response.origin())
                .write(out, outcome, answer.items(), response.usage(), choice.extras());
        return out.toBytes();
    }

    private static void add(int number, Content part, ShownAnswer answer) {
        answer.start(number, part);
        switch (part) {
            case Content.Text text -> answer.delta(number, text.text());
            case Content.Refusal refusal -> answer.delta(number, refusal.text());
            case Content.Reasoning reasoning -> answer.summaries(number, SummaryParts.of(reasoning));
            case Content.ToolCall call -> answer.delta(number, call.arguments());
            case Content.Image ignored -> {}
            case Content.Document ignored -> {}
            case Content.Audio ignored -> {}
            case Content.ToolResult ignored -> {}
            case Content.Numbers ignored -> {}
            case Content.Vendor ignored -> {}
        }
        answer.end(number);
    }
}
