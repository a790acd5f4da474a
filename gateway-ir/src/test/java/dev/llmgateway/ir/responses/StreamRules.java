package dev.llmgateway.ir.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every stream of this format keeps to: frames are numbered without a gap, begin with {@code response.created} and end with
 * one terminator; an item and a part that were added are done, once; and what is told again at the end is what was told before.
 */
public final class StreamRules {

    private static final Set<String> TERMINATORS =
            Set.of("response.completed", "response.incomplete", "response.failed");

    private final Map<Integer, JsonNode> added = new TreeMap<>();
    private final Map<Integer, JsonNode> done = new TreeMap<>();
    private final Map<String, StringBuilder> texts = new HashMap<>();
    private final Map<String, JsonNode> partsAdded = new HashMap<>();
    private final Map<String, JsonNode> partsDone = new HashMap<>();

    private StreamRules() {}

    /** The frames of a stream. */
    public static List<JsonNode> frames(byte[] stream) {
        List<JsonNode> frames = new ArrayList<>();
        for (SseEvent event : Fixtures.events(stream)) {
            JsonNode frame = Json.parse(event.data());
            assertThat(event.name()).isEqualTo(frame.path("type").asString());
            frames.add(frame);
        }
        return frames;
    }

    /** Checks a whole stream; returns its last response object. */
    public static JsonNode check(byte[] stream) {
        return new StreamRules().check(frames(stream));
    }

    private JsonNode check(List<JsonNode> frames) {
        assertThat(frames).isNotEmpty();
        assertThat(type(frames.getFirst())).isIn("response.created", "response.failed");
        for (int i = 0; i < frames.size(); i++) {
            JsonNode frame = frames.get(i);
            if (frame.has("sequence_number")) {
                assertThat(frame.path("sequence_number").asInt(-1)).isEqualTo(i);
            }
            boolean isLast = i == frames.size() - 1;
            assertThat(TERMINATORS.contains(type(frame))).as(type(frame)).isEqualTo(isLast);
            frame(frame);
        }
        JsonNode last = frames.getLast().path("response");
        assertThat(type(frames.getLast()))
                .isEqualTo("response." + last.path("status").asString());
        if (!type(frames.getLast()).equals("response.failed")) {
            complete(last);
        }
        return last;
    }

    private void complete(JsonNode last) {
        assertThat(done.keySet()).isEqualTo(added.keySet());
        assertThat(partsDone.keySet()).isEqualTo(partsAdded.keySet());
        assertThat(comparable(last.path("output").values())).isEqualTo(comparable(done.values()));
    }

    /** Items without the lists that older recordings do not have. */
    private static List<JsonNode> comparable(Collection<JsonNode> items) {
        return items.stream()
                .map(JsonNode::deepCopy)
                .peek(item -> item.path("content").forEach(part -> ((ObjectNode) part).remove("logprobs")))
                .toList();
    }

    private static String type(JsonNode frame) {
        return frame.path("type").asString();
    }

    private void frame(JsonNode frame) {
        String type = type(frame);
        int index = frame.path("output_index").asInt(-1);
        switch (type) {
            case "response.output_item.added" -> {
                assertThat(added.put(index, frame.path("item"))).isNull();
                assertThat(index).isEqualTo(added.size() - 1);
            }
            case "response.output_item.done" -> itemDone(index, frame.path("item"));
            case "response.content_part.added", "response.reasoning_summary_part.added" -> {
                knownItem(frame, index);
                assertThat(partsAdded.put(place(frame), frame)).isNull();
            }
            case "response.content_part.done", "response.reasoning_summary_part.done" -> partDone(frame, index);
            default -> {
                if (type.endsWith(".delta")) {
                    knownItem(frame, index);
                    texts.computeIfAbsent(place(frame), it -> new StringBuilder())
                            .append(frame.path("delta").asString());
                } else if (type.endsWith(".done")) {
                    textDone(frame, index);
                }
            }
        }
    }

    private void knownItem(JsonNode frame, int index) {
        assertThat(added).containsKey(index);
        assertThat(done).doesNotContainKey(index);
        assertThat(frame.path("item_id")).isEqualTo(added.get(index).path("id"));
    }

    private void textDone(JsonNode frame, int index) {
        knownItem(frame, index);
        assertThat(text(frame)).isEqualTo(told(place(frame)));
    }

    private void partDone(JsonNode frame, int index) {
        knownItem(frame, index);
        assertThat(partsAdded).containsKey(place(frame));
        assertThat(partsDone.put(place(frame), frame)).isNull();
        assertThat(text(frame.path("part"))).isEqualTo(told(place(frame)));
    }

    private void itemDone(int index, JsonNode item) {
        assertThat(added).containsKey(index);
        assertThat(done.put(index, item)).isNull();
        assertThat(item.path("id")).isEqualTo(added.get(index).path("id"));
        assertThat(item.path("type")).isEqualTo(added.get(index).path("type"));
        String type = item.path("type").asString();
        if (type.equals("message")) {
            for (int i = 0; i < item.path("content").size(); i++) {
                assertThat(text(item.path("content").get(i))).isEqualTo(told(index + "/" + i));
            }
        } else if (type.endsWith("_call") && texts.containsKey(index + "/0")) {
            assertThat(text(item)).isEqualTo(told(index + "/0"));
        } else if (type.equals("reasoning")) {
            for (int i = 0; i < item.path("summary").size(); i++) {
                assertThat(text(item.path("summary").get(i))).isEqualTo(told(index + "/" + i));
            }
        }
    }

    private String told(String place) {
        return texts.getOrDefault(place, new StringBuilder()).toString();
    }

    private static String place(JsonNode frame) {
        int part = frame.path("content_index").asInt(frame.path("summary_index").asInt(0));
        return frame.path("output_index").asInt(-1) + "/" + part;
    }

    private static String text(JsonNode node) {
        for (String member : List.of("text", "refusal", "arguments", "input")) {
            if (node.has(member)) {
                return node.path(member).asString();
            }
        }
        return "";
    }
}
