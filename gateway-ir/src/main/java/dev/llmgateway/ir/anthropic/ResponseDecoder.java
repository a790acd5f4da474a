package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Reads a complete answer. */
final class ResponseDecoder {

    static final Set<String> KNOWN =
            Set.of("id", "type", "role", "model", "content", "stop_reason", "stop_sequence", "usage");

    private ResponseDecoder() {}

    /**
     * Reads a body.
     *
     * @param provider the configured provider's id, who alone can read again what is sealed
     */
    static ChatResponse decode(byte[] body, String provider) {
        Fields message = Fields.of(parse(body), null, Reading.ANSWER);
        if ("error".equals(message.optionalString("type")) || message.get("error") != null) {
            throw new ProviderStreamException(ErrorCodec.decodeEvent(message.object()));
        }
        ArrayNode array = message.optionalArray("content");
        if (array == null) {
            throw message.error("content", "is missing: this is no answer of the Messages API");
        }
        List<Content> blocks = BlockDecoder.ofAnswer(provider).blocks(array, message.at("content"));
        boolean structured = blocks.stream().anyMatch(ResponseDecoder::isStructuredAnswer);
        List<Content> content = structured ? withAnswerAsText(blocks) : blocks;
        String word = message.optionalString("stop_reason");
        StopReason reason = stopReason(word, content, structured);
        boolean corrected = structured || word != null && reason != StopReasons.decode(word, false);
        Wire wire = corrected
                ? Wire.NONE
                : Wire.of(WireForm.body(Dialect.ANTHROPIC_MESSAGES, body, again -> decode(again, provider)), 0);
        UsageFields usage = new UsageFields();
        usage.merge(message.optionalFields("usage"));
        Extras extras = AnswerEnd.extras(message.others(KNOWN), word, usage);
        Choice choice = new Choice(0, content, reason, message.optionalString("stop_sequence"), extras);
        return new ChatResponse(
                orEmpty(message, "id"), orEmpty(message, "model"), 0, List.of(choice), usage.toUsage(), null, wire);
    }

    static JsonNode parse(byte[] json) {
        try {
            return Json.parse(json);
        } catch (InvalidJsonException e) {
            throw new MalformedAnswerException(e);
        }
    }

    private static String orEmpty(Fields message, String name) {
        String value = message.optionalString(name);
        return value == null ? "" : value;
    }

    private static StopReason stopReason(@Nullable String word, List<Content> content, boolean structured) {
        boolean calls = content.stream().anyMatch(Content.ToolCall.class::isInstance);
        StopReason reason = StopReasons.decode(word, calls);
        return structured && !calls && reason == StopReason.TOOL_USE ? StopReason.END_TURN : reason;
    }

    private static boolean isStructuredAnswer(Content part) {
        return part instanceof Content.ToolCall call && call.name().equals(StructuredAnswer.TOOL_NAME);
    }

    private static List<Content> withAnswerAsText(List<Content> blocks) {
        List<Content> content = new ArrayList<>(blocks.size());
        for (Content part : blocks) {
            content.add(
                    part instanceof Content.ToolCall call && isStructuredAnswer(part)
                            ? new Content.Text(call.arguments())
                            : part);
        }
        return content;
    }
}
