package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.ir.sse.SseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes single events of a stream, each with its name: Anthropic's client libraries skip events without one.
 */
final class Frames {

    /** The name of the event that ends a stream. */
    static final String LAST = "message_stop";

    private static final byte[] PING = "{\"type\":\"ping\"}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STOP = "{\"type\":\"message_stop\"}".getBytes(StandardCharsets.US_ASCII);

    private Frames() {}

    static void messageStart(SseBuffer to, ChatEvent.Started start, String id, String model, Usage usage) {
        JsonWriter out = event("message_start", 256).object("message");
        out.text("id", id)
                .text("type", "message")
                .text("role", "assistant")
                .text("model", model)
                .array("content")
                .endArray()
                .nothing("stop_reason")
                .nothing("stop_sequence")
                .nothing("stop_details");
        AnswerEnd.writeUsage(out, usage, Extras.NONE);
        end(to, "message_start", out.endObject());
    }

    /** A vendor's own start with another model name. */
    static void messageStart(SseBuffer to, JsonNode original, String model) {
        if (original.path("message") instanceof ObjectNode message) {
            message.put("model", model);
        }
        to.event("message_start", new JsonWriter(512).node(original).toBytes());
    }

    static void blockStart(SseBuffer to, int index, Consumer<JsonWriter> block) {
        JsonWriter out =
                event("content_block_start", 128).number("index", index).object("content_block");
        block.accept(out);
        end(to, "content_block_start", out.endObject());
    }

    static void vendorStart(SseBuffer to, int index, JsonNode block) {
        JsonWriter out =
                event("content_block_start", 256).number("index", index).node("content_block", block);
        end(to, "content_block_start", out);
    }

    static void delta(SseBuffer to, int index, String type, String member, String text) {
        JsonWriter out = event("content_block_delta", 96 + text.length()).number("index", index);
        out.object("delta").text("type", type).text(member, text).endObject();
        end(to, "content_block_delta", out);
    }

    static void vendorDelta(SseBuffer to, int index, JsonNode delta) {
        JsonWriter out =
                event("content_block_delta", 256).number("index", index).node("delta", delta);
        end(to, "content_block_delta", out);
    }

    static void blockStop(SseBuffer to, int index) {
        end(to, "content_block_stop", event("content_block_stop", 64).number("index", index));
    }

    static void messageDelta(
            SseBuffer to, String stopReason, @Nullable String stopSequence, Usage usage, Extras extras) {
        JsonWriter out = event("message_delta", 256).object("delta");
        AnswerEnd.write(out, stopReason, stopSequence, extras, true);
        out.endObject();
        AnswerEnd.writeUsage(out, usage, extras);
        AnswerEnd.writeBesideDelta(out, extras);
        end(to, "message_delta", out);
    }

    static void messageStop(SseBuffer to) {
        to.event(LAST, STOP);
    }

    static void ping(SseBuffer to) {
        to.event("ping", PING);
    }

    /** The reason as a stream or an answer says it. */
    static String stopReason(@Nullable StopReason reason, boolean refuses, boolean calls) {
        return StopReasons.encode(refuses ? StopReason.REFUSAL : reason == null ? StopReason.OTHER : reason, calls);
    }

    private static JsonWriter event(String type, int size) {
        return new JsonWriter(size).object().text("type", type);
    }

    private static void end(SseBuffer to, String name, JsonWriter out) {
        to.event(name, out.endObject().toBytes());
    }
}
