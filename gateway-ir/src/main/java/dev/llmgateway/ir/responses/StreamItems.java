package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.codec.FrameEvents;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The items of a stream, and which of them a frame is about. An id decides before a place in the output: some providers give
 * every item the same place. Others give an item another id in each frame, so that an id nobody knows says nothing.
 */
final class StreamItems {

    private static final int MOST_ITEMS = 10_000;

    private final OutputDecoder decoder;
    private final Logprobs logprobs;
    private final List<ItemStream> all = new ArrayList<>();
    /** Mostly one for each place; the latest stands last. */
    private final Map<Integer, List<ItemStream>> byIndex = new HashMap<>();
    /** Ids of items, and of calls. */
    private final Map<String, ItemStream> byId = new HashMap<>();

    private int parts;

    /**
     * The items of one answer.
     *
     * @param logprobs collects what is told of them
     */
    StreamItems(OutputDecoder decoder, Logprobs logprobs) {
        this.decoder = decoder;
        this.logprobs = logprobs;
    }

    /** The item of this type that a frame tells more of, or null: of several that nobody named, the latest that lacks any. */
    @Nullable
    ItemStream about(JsonNode frame, String type) {
        ItemStream known = byId.get(frame.path("item_id").stringValue(""));
        if (known != null && known.isOf(type)) {
            return known;
        }
        List<ItemStream> there = at(index(frame));
        ItemStream latest = there.isEmpty() ? null : there.getLast();
        return there.reversed().stream()
                .filter(it -> it.isOf(type) && !it.isComplete())
                .findFirst()
                .orElse(latest != null && latest.isOf(type) ? latest : null);
    }

    /** The call of this type that has these arguments, or null: of several that nobody named, the first that may have them. */
    @Nullable
    ItemStream calledWith(String arguments, JsonNode frame, String type) {
        ItemStream known = about(frame, type);
        if (known == null || known == byId.get(frame.path("item_id").stringValue(""))) {
            return known;
        }
        return at(index(frame)).stream()
                .filter(it -> it.isOf(type) && !it.isComplete() && it.mayHave(arguments))
                .findFirst()
                .orElse(known);
    }

    /** The same, but one that nobody announced begins with the frame; null if what stands in its place is of another type. */
    @Nullable
    ItemStream begunBy(JsonNode frame, String type) {
        int index = index(frame);
        ItemStream known = about(frame, type);
        if (known == null && !byIndex.containsKey(index)) {
            known = begin(index, Json.mapper().createObjectNode().put("type", type));
            remember(frame.path("item_id"), known);
        }
        return known;
    }

    void added(JsonNode frame, FrameEvents out) {
        JsonNode item = frame.path("item");
        ItemStream before = named(item);
        for (ItemStream there : at(index(frame))) {
            boolean mayBe = !there.isDone() && !there.isAnnouncedAndTold() && there.mayBe(item);
            before = before == null && mayBe ? there : before;
        }
        if (before == null || before.isDone()) {
            before = begin(index(frame), item);
            before.begin(out);
        }
        before.announce();
    }

    void done(JsonNode frame, FrameEvents out) {
        JsonNode item = frame.path("item");
        ItemStream known = named(item);
        known = known == null ? open(index(frame), item) : known;
        (known == null ? begin(index(frame), item) : known).done(item, out);
    }

    /** The item at this place that is done now, or null: of several that nobody named, the one whose text begins like it. */
    private @Nullable ItemStream open(int index, JsonNode item) {
        List<ItemStream> mayBe = at(index).stream()
                .filter(there -> !there.isDone() && there.mayBe(item))
                .toList();
        ItemStream first = mayBe.isEmpty() ? null : mayBe.getFirst();
        return mayBe.stream()
                .filter(there -> there.agreesWith(item))
                .findFirst()
                .orElse(first);
    }

    private List<ItemStream> at(int index) {
        return byIndex.getOrDefault(index, List.of());
    }

    private @Nullable ItemStream named(JsonNode item) {
        for (String name : List.of("id", "call_id")) {
            ItemStream known = byId.get(item.path(name).stringValue(""));
            if (known != null && known.mayBe(item)) {
                return known;
            }
        }
        return null;
    }

    private ItemStream begin(int index, JsonNode item) {
        if (all.size() >= MOST_ITEMS) {
            throw new MalformedAnswerException("the stream has too many items");
        }
        ItemStream begun = new ItemStream(item, decoder, logprobs, () -> parts++);
        all.add(begun);
        byIndex.computeIfAbsent(index, unused -> new ArrayList<>(1)).add(begun);
        remember(item.path("id"), begun);
        remember(item.path("call_id"), begun);
        return begun;
    }

    private void remember(JsonNode id, ItemStream item) {
        if (!id.stringValue("").isEmpty()) {
            byId.put(id.stringValue(""), item);
        }
    }

    /**
     * The answer is over: what was not told of an item yet is told now, for some providers tell of it only here.
     *
     * @param output all items of the answer, or something else
     */
    void finish(JsonNode output, FrameEvents out) {
        List<@Nullable ItemStream> known = match(output);
        for (int i = 0; i < known.size(); i++) {
            JsonNode item = output.path(i);
            ItemStream stream = known.get(i);
            (stream == null ? begin(i, item) : stream).done(item, out);
        }
        all.forEach(item -> item.close(out));
    }

    /** Which texts of a reasoning were told and not shown; null when there are none. */
    ReasoningStream.@Nullable Kind unshown() {
        return all.stream()
                .map(ItemStream::unshown)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Which item each of the output is: by its ids; else by its place; else the first of its type that is no other. */
    private List<@Nullable ItemStream> match(JsonNode output) {
        Set<ItemStream> left = new LinkedHashSet<>(all);
        List<@Nullable ItemStream> known = new ArrayList<>();
        for (int i = 0; i < output.size(); i++) {
            known.add(take(named(output.path(i)), output.path(i), left));
        }
        for (int i = 0; i < output.size(); i++) {
            if (known.get(i) == null) {
                known.set(i, take(unmatchedAt(i, left), output.path(i), left));
            }
        }
        Map<String, Deque<ItemStream>> byType = new HashMap<>();
        left.forEach(item ->
                byType.computeIfAbsent(item.type(), type -> new ArrayDeque<>()).add(item));
        for (int i = 0; i < output.size(); i++) {
            Deque<ItemStream> rest = byType.get(OutputDecoder.typeOf(output.path(i)));
            if (known.get(i) == null && rest != null && take(rest.peek(), output.path(i), left) != null) {
                known.set(i, rest.poll());
            }
        }
        return known;
    }

    private @Nullable ItemStream unmatchedAt(int index, Set<ItemStream> left) {
        return at(index).stream().filter(left::contains).findFirst().orElse(null);
    }

    private static @Nullable ItemStream take(@Nullable ItemStream found, JsonNode item, Set<ItemStream> left) {
        return found != null && found.mayBe(item) && left.remove(found) ? found : null;
    }

    private static int index(JsonNode frame) {
        return Math.max(0, frame.path("output_index").asInt(0));
    }
}
