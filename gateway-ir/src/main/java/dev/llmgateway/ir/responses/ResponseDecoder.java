package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads a provider's complete answer. */
final class ResponseDecoder {

    private ResponseDecoder() {}

    static ChatResponse decode(byte[] body, Target target) {
        return decode(body, target.provider());
    }

    private static ChatResponse decode(byte[] body, String provider) {
        JsonNode response = parse(body);
        OutputDecoder decoder = new OutputDecoder(provider);
        List<Content> content = new ArrayList<>();
        Logprobs logprobs = new Logprobs();
        ReasoningStream.Kind unshown = null;
        for (JsonNode item : response.path("output").values()) {
            content.addAll(decoder.item(item));
            if (OutputDecoder.typeOf(item).equals(OutputDecoder.REASONING) && unshown == null) {
                unshown = ReasoningTexts.unshown(item, ReasoningTexts.kind(item));
            }
            item.path("content").values().forEach(part -> logprobs.add(part.path(Logprobs.NAME)));
        }
        boolean calls = content.stream().anyMatch(Content.ToolCall.class::isInstance);
        boolean refuses = content.stream().anyMatch(Content.Refusal.class::isInstance);
        StopReason reason =
                AnswerEnd.isIncomplete(response) ? AnswerEnd.cut(response) : AnswerEnd.reason(calls, refuses);
        Extras extras = decoder.mark(ReasoningTexts.mark(unshown, AnswerEnd.extras(response, logprobs)));
        return new ChatResponse(
                response.path("id").stringValue(""),
                response.path("model").stringValue(""),
                AnswerEnd.created(response),
                List.of(new Choice(0, content, reason, null, extras)),
                UsageFields.read(response),
                null,
                decoder.isAsReceived()
                        ? Wire.of(WireForm.body(OPENAI_RESPONSES, body, again -> decode(again, provider)), 0)
                        : Wire.NONE);
    }

    private static JsonNode parse(byte[] body) {
        JsonNode response;
        try {
            response = Json.parse(body);
        } catch (InvalidJsonException e) {
            throw new MalformedAnswerException(e);
        }
        String status = response.path("status").stringValue("completed");
        if (AnswerEnd.isFailure(response)) {
            throw AnswerEnd.failure(response, null);
        }
        if (!response.path("output").isArray()) {
            throw new MalformedAnswerException("it has no output");
        }
        if (!status.equals("completed") && !status.equals("incomplete")) {
            throw new MalformedAnswerException("it is not complete: its status is \"" + status + "\"");
        }
        return response;
    }
}
