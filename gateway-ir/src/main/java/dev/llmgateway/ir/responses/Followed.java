package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client has seen of a provider's own frames. They are only read when the rest of the stream has to be written anew, which
 * then goes on with the same ids and numbers. Not thread safe.
 */
final class Followed {

    /** What tells of items as a whole; the other frames tell of texts, which the client has been shown, or of nothing that lasts. */
    private static final Set<String> OF_ITEMS = Set.of(
            "response.output_item.added",
            "response.output_item.done",
            "response.content_part.done",
            "response.reasoning_summary_part.added",
            "response.reasoning_summary_part.done");

    /** Images are longer; of a longer frame only its outline is kept. */
    private static final int MOST_BYTES = 16 * 1024;

    private static final int LONGEST = 1_024;

    private record Start(ShownPart part, Seen frame) {}

    /** A frame that was seen: its bytes, which are only read if need be, or what was read of it. */
    private record Seen(byte @Nullable [] bytes, @Nullable JsonNode outline) {

        static Seen of(WireForm frame) {
            byte[] bytes = frame.bytes();
            return bytes.length <= MOST_BYTES ? new Seen(bytes, null) : new Seen(null, outlineOf(bytes));
        }

        JsonNode read() {
            return outline == null ? Followed.read(Objects.requireNonNull(bytes)) : outline;
        }

        private static JsonNode outlineOf(byte[] bytes) {
            JsonNode frame = Followed.read(bytes);
            ObjectNode outline = shortMembers(frame);
            JsonNode item = frame.path("item");
            return item.isObject() ? outline.set("item", shortMembers(item)) : outline;
        }

        private static ObjectNode shortMembers(JsonNode object) {
            ObjectNode members = Json.mapper().createObjectNode();
            object.forEachEntry((name, value) -> {
                if (value.isValueNode() && value.asString().length() <= LONGEST) {
                    members.set(name, value);
                }
            });
            return members;
        }
    }

    private final List<Start> starts = new ArrayList<>();
    private final List<Seen> others = new ArrayList<>();
    private @Nullable WireForm last;
    private long count;

    /** A frame went out as it came. */
    void frame(WireForm frame) {
        last = frame;
        count++;
    }

    /** A part was shown for the first time by this frame. */
    void started(ShownPart part, WireForm frame) {
        starts.add(new Start(part, Seen.of(frame)));
    }

    /** This frame may have told of an item of which nothing else has come, or that something is complete. */
    void mayTellMore(WireForm frame) {
        String name = frame.eventName();
        if (name == null || OF_ITEMS.contains(name)) {
            others.add(Seen.of(frame));
        }
    }

    /** The number of the next frame; providers that number none are taken to have begun with 0. */
    long nextNumber() {
        JsonNode number = last == null ? null : read(last.bytes()).get("sequence_number");
        return number != null && number.isIntegralNumber() && number.canConvertToLong() ? number.asLong() + 1 : count;
    }

    /** Gives the items the ids that the client knows, and tells which it knows beside them, and to be complete. */
    void tell(ShownAnswer answer) {
        for (Start start : starts) {
            JsonNode frame = start.frame.read();
            ShownItem item = start.part.item();
            JsonNode index = frame.path("output_index");
            String id = frame.path("item_id")
                    .stringValue(frame.path("item").path("id").stringValue(""));
            if (item != null && index.isIntegralNumber() && index.canConvertToInt() && !id.isEmpty()) {
                item.knownAs(index.asInt(), id);
            }
        }
        others.forEach(other -> told(other.read(), answer));
    }

    private static void told(JsonNode frame, ShownAnswer answer) {
        String type = frame.path("type").stringValue("");
        int index = frame.path("output_index").asInt(-1);
        if (type.equals("response.output_item.added")
                && answer.items().stream().noneMatch(item -> item.index() == index)) {
            answer.announced(index, frame.path("item"));
        }
        for (ShownItem item : answer.items()) {
            if (item.index() == index) {
                told(type, frame, item);
            }
        }
    }

    private static void told(String type, JsonNode frame, ShownItem item) {
        switch (type) {
            case "response.output_item.done" -> {
                item.parts().forEach(ShownPart::close);
                item.done();
                if (frame.path("item").path("status").stringValue("").equals("incomplete")) {
                    item.cut();
                }
            }
            case "response.content_part.done" -> {
                int index = frame.path("content_index").asInt(-1);
                item.parts().stream().filter(part -> part.index() == index).forEach(ShownPart::close);
            }
            case "response.reasoning_summary_part.added" ->
                ofSummary(frame, item).forEach(ShownPart::summarize);
            case "response.reasoning_summary_part.done" ->
                ofSummary(frame, item).forEach(ShownPart::close);
            default -> {}
        }
    }

    /** The part whose text stands in that part of a summary now: of those before, all has been told. */
    private static Stream<ShownPart> ofSummary(JsonNode frame, ShownItem item) {
        int index = frame.path("summary_index").asInt(0);
        return item.parts().stream().filter(part -> part.summaryIndex() == index);
    }

    private static JsonNode read(byte[] frame) {
        try {
            return Json.parse(frame);
        } catch (InvalidJsonException e) {
            throw new IllegalStateException("a frame that was decoded is JSON", e);
        }
    }
}
