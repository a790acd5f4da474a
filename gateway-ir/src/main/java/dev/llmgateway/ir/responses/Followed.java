package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client has seen of a provider's own frames. They are only read when the rest of the stream has to be written anew, which
 * then goes on with the same ids and numbers. Not thread safe.
 */
final class Followed {

    private record Start(ShownPart part, WireForm frame) {}

    private final List<Start> starts = new ArrayList<>();
    private final List<WireForm> others = new ArrayList<>();
    private @Nullable WireForm last;
    private long count;

    /** A frame went out as it came. */
    void frame(WireForm frame) {
        last = frame;
        count++;
    }

    /** A part was shown for the first time by this frame. */
    void started(ShownPart part, WireForm frame) {
        starts.add(new Start(part, frame));
    }

    /** This frame may have told of an item of which nothing else has come, or that something is complete. */
    void mayTellMore(WireForm frame) {
        others.add(frame);
    }

    /** The number of the next frame; providers that number none are taken to have begun with 0. */
    long nextNumber() {
        JsonNode number = last == null ? null : read(last).get("sequence_number");
        return number != null && number.isIntegralNumber() && number.canConvertToLong() ? number.asLong() + 1 : count;
    }

    /** Gives the items the ids that the client knows, and tells which it knows beside them, and to be complete. */
    void tell(ShownAnswer answer) {
        for (Start start : starts) {
            JsonNode frame = read(start.frame);
            ShownItem item = start.part.item();
            JsonNode index = frame.path("output_index");
            String id = frame.path("item_id")
                    .stringValue(frame.path("item").path("id").stringValue(""));
            if (item != null && index.isIntegralNumber() && index.canConvertToInt() && !id.isEmpty()) {
                item.knownAs(index.asInt(), id);
            }
        }
        others.forEach(other -> told(read(other), answer));
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

    private static JsonNode read(WireForm frame) {
        try {
            return Json.parse(frame.bytes());
        } catch (InvalidJsonException e) {
            throw new IllegalStateException("a frame that was decoded is JSON", e);
        }
    }
}
