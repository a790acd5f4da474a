package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.ir.sse.SseBuffer;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Writes the frames of one stream, each with its name and its number. Not thread safe. */
final class Frames {

    private SseBuffer to = new SseBuffer();
    private long next;
    private final boolean nowhere;
    private boolean silent;

    private Frames(boolean nowhere) {
        this.nowhere = nowhere;
    }

    /** The frames of a stream. */
    static Frames ofStream() {
        return new Frames(false);
    }

    /** Frames that are not written, for an answer that does not stream. */
    static Frames toNowhere() {
        return new Frames(true);
    }

    void writeTo(SseBuffer out) {
        to = out;
    }

    /** Nothing is written, because the client is shown the same in the provider's own bytes. */
    void silence() {
        silent = true;
    }

    /** Frames are written again, beginning with this number. */
    void speak(long number) {
        silent = false;
        next = number;
    }

    boolean isSilent() {
        return silent;
    }

    void response(String type, Consumer<JsonWriter> response) {
        frame(type, 1024, out -> {
            out.name("response");
            response.accept(out);
        });
    }

    /** A response that has failed, and what else the provider says of that. */
    void failed(Consumer<JsonWriter> response, Map<String, JsonNode> beside) {
        frame("response.failed", 1024, out -> {
            out.name("response");
            response.accept(out);
            out.members(beside);
        });
    }

    void itemAdded(ShownItem item) {
        frame("response.output_item.added", 256, out -> {
            out.number("output_index", item.index()).name("item");
            item.writeStart(out);
        });
    }

    /** An item of the vendor's own begins. */
    void itemAdded(int index, JsonNode item) {
        frame(
                "response.output_item.added",
                256,
                out -> out.number("output_index", index).node("item", item));
    }

    /** A frame of the provider's about an item that has this place here. */
    void again(JsonNode frame, int index) {
        frame(
                frame.path("type").stringValue(""),
                256,
                out -> frame.forEachEntry((name, value) -> {
                    if (name.equals("output_index")) {
                        out.number(name, index);
                    } else if (!name.equals("type") && !name.equals("sequence_number")) {
                        out.node(name, value);
                    }
                }));
    }

    void itemDone(ShownItem item) {
        frame("response.output_item.done", 512, out -> {
            out.number("output_index", item.index()).name("item");
            item.write(out);
        });
    }

    void partAdded(ShownItem item, ShownPart part) {
        part("response.content_part.added", item, part);
    }

    void partDone(ShownItem item, ShownPart part) {
        part("response.content_part.done", item, part);
    }

    private void part(String type, ShownItem item, ShownPart part) {
        frame(type, 256, out -> {
            ofPart(out, item, part).name("part");
            part.write(out);
        });
    }

    void summaryAdded(ShownItem item, ShownPart part) {
        summary("response.reasoning_summary_part.added", item, part, "");
    }

    void summaryDone(ShownItem item, ShownPart part) {
        summary("response.reasoning_summary_part.done", item, part, part.text());
    }

    private void summary(String type, ShownItem item, ShownPart part, String text) {
        frame(
                type,
                160 + text.length(),
                out -> ofItem(out, item)
                        .number("summary_index", part.summaryIndex())
                        .object("part")
                        .text("type", "summary_text")
                        .text("text", text)
                        .endObject());
    }

    void delta(ShownItem item, ShownPart part, String text) {
        if (isUnwritten()) {
            return;
        }
        frame(part.kind().deltaEvent(), 192 + text.length(), out -> {
            place(out, item, part).text("delta", text);
            noProbabilities(out, part);
        });
    }

    void textDone(ShownItem item, ShownPart part) {
        String text = part.text();
        frame(part.kind().doneEvent(), 192 + text.length(), out -> {
            place(out, item, part).text(part.kind().member(), text);
            noProbabilities(out, part);
        });
    }

    void annotation(ShownItem item, ShownPart part, int number, JsonNode annotation) {
        frame(
                "response.output_text.annotation.added",
                256,
                out -> ofPart(out, item, part)
                        .number("annotation_index", number)
                        .node("annotation", annotation));
    }

    private static JsonWriter place(JsonWriter out, ShownItem item, ShownPart part) {
        if (part.kind().isInMessage()) {
            return ofPart(out, item, part);
        }
        ofItem(out, item);
        return part.kind() == PartKind.REASONING ? out.number("summary_index", part.summaryIndex()) : out;
    }

    private static JsonWriter ofPart(JsonWriter out, ShownItem item, ShownPart part) {
        return ofItem(out, item).number("content_index", part.index());
    }

    private static JsonWriter ofItem(JsonWriter out, ShownItem item) {
        return out.text("item_id", item.id()).number("output_index", item.index());
    }

    /** Client libraries require the list, which is mostly empty. */
    private static void noProbabilities(JsonWriter out, ShownPart part) {
        if (part.kind() == PartKind.TEXT) {
            out.array("logprobs").endArray();
        }
    }

    private void frame(String type, int size, Consumer<JsonWriter> members) {
        if (isUnwritten()) {
            return;
        }
        JsonWriter out = new JsonWriter(size).object().text("type", type).number("sequence_number", next++);
        members.accept(out);
        to.event(type, out.endObject().toBytes());
    }

    private boolean isUnwritten() {
        return silent || nowhere;
    }
}
