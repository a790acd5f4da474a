package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.SummaryParts;
import dev.llmgateway.ir.codec.FrameEvents;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The texts of a reasoning, of which ours is one with a blank line between them: of its summary or of its content, whichever
 * the stream tells first, for what was shown cannot be taken back. That is the content, as in a whole answer, wherever a summary is
 * made of it. Not thread safe.
 */
final class ReasoningStream {

    /** Which of the two members has the texts, by their names in frames. */
    enum Kind {
        SUMMARY,
        CONTENT
    }

    private final int number;
    private final ToldText all;
    private final Map<Integer, ToldText> parts = new TreeMap<>();
    private @Nullable Kind shown;
    private @Nullable Kind unshown;
    private int latest;

    /**
     * A reasoning that begins.
     *
     * @param number of the part that it is to us
     * @param all what is told of any of its texts
     */
    ReasoningStream(int number, ToldText all) {
        this.number = number;
        this.all = all;
    }

    /** What was told of it and not shown; null when there is none. */
    @Nullable
    Kind unshown() {
        return unshown;
    }

    /** More of one of the texts. */
    void delta(Kind kind, int index, String text, FrameEvents out) {
        if (shown != null && shown != kind) {
            unshown = text.isEmpty() ? unshown : kind;
            return;
        }
        boolean isNew = !parts.containsKey(index);
        if ((isNew || !text.isEmpty()) && shown != null && index != latest && all.hasText()) {
            breakSummary(out);
        }
        // A part of a summary that is announced says nothing yet: the content may come before it.
        shown = text.isEmpty() ? shown : kind;
        if (isNew || !text.isEmpty()) {
            latest = index;
        }
        parts.computeIfAbsent(index, unused -> new ToldText()).tell(text);
        all.tell(text);
        out.add(wire -> new ChatEvent.ReasoningDelta(0, number, text, wire));
    }

    /** One of the texts is complete. */
    void done(Kind kind, int index, String whole, FrameEvents out) {
        ToldText told = parts.get(index);
        delta(kind, index, told == null ? whole : told.rest(whole), out);
    }

    /** The item is complete: tells what was not told, unless its texts are others or in other places than those that were. */
    void done(JsonNode item, FrameEvents out) {
        Kind kind = shown == null ? ReasoningTexts.kind(item) : shown;
        List<String> texts = ReasoningTexts.texts(item, kind);
        if (item.path("summary").size() + item.path("content").size() > 0) {
            unshown = ReasoningTexts.unshown(item, kind);
        }
        boolean agrees = parts.entrySet().stream()
                .allMatch(it -> it.getValue().begins(it.getKey() < texts.size() ? texts.get(it.getKey()) : ""));
        for (int i = 0; agrees && i < texts.size(); i++) {
            ToldText told = parts.get(i);
            if (told == null || !told.rest(texts.get(i)).isEmpty()) {
                done(kind, i, texts.get(i), out);
            }
        }
    }

    private void breakSummary(FrameEvents out) {
        out.add(wire -> SummaryParts.breakIn(number, wire));
        out.add(wire -> new ChatEvent.ReasoningDelta(0, number, SummaryParts.BLANK_LINE, wire));
    }
}
