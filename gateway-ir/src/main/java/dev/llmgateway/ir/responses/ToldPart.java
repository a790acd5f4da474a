package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.FrameEvents;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.UrlCitation;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A part of ours as far as a provider's stream has told it, so that nothing is told twice. Not thread safe. */
final class ToldPart {

    private final int number;
    private final Extras begun;
    private final ToldText text = new ToldText();
    private final List<JsonNode> annotations = new ArrayList<>(0);
    /** Of so many of its tokens the log probabilities were told. */
    private int logprobs;

    private boolean open = true;

    /**
     * A part that begins.
     *
     * @param initial what is told of it by its start
     */
    ToldPart(int number, Content initial) {
        this.number = number;
        this.begun = initial.extras();
        JsonNode known = begun.member(OPENAI_RESPONSES, UrlCitation.ANNOTATIONS);
        if (known != null) {
            known.values().forEach(annotations::add);
        }
    }

    int number() {
        return number;
    }

    /** What was told of it, beside its text, by its start. */
    Extras begun() {
        return begun;
    }

    ToldText text() {
        return text;
    }

    boolean hasText() {
        return text.hasText();
    }

    /** Whether more of its text may come. */
    boolean isOpen() {
        return open;
    }

    /** Tells more of the text of a message's part of this type. */
    void say(String type, String more, FrameEvents out) {
        text.tell(more);
        out.add(wire -> type.equals(OutputDecoder.REFUSAL)
                ? new ChatEvent.RefusalDelta(0, number, more, wire)
                : new ChatEvent.TextDelta(0, number, more, wire));
    }

    /** Tells what was not told of the whole text. */
    void sayRest(String type, String whole, FrameEvents out) {
        String rest = open ? text.rest(whole) : "";
        if (!rest.isEmpty()) {
            say(type, rest, out);
        }
    }

    /** Tells an annotation; behind the part's end, where all were told that were known by then, only a new one. */
    void annotate(JsonNode annotation, FrameEvents out) {
        if (open || !annotations.contains(annotation)) {
            annotations.add(annotation);
            out.add(wire -> new ChatEvent.VendorDelta(0, number, OPENAI_RESPONSES, annotation, wire));
        }
    }

    /** Tells those that were not told of all annotations: no more than are missing, for a provider may spell one anew. */
    void annotateRest(JsonNode all, FrameEvents out) {
        int missing = all.size() - annotations.size();
        if (missing <= 0) {
            return;
        }
        List<JsonNode> told = new ArrayList<>(annotations);
        List<JsonNode> untold = all.valueStream()
                .filter(it -> it.isObject() && !told.remove(it))
                .toList();
        for (JsonNode annotation : untold.subList(Math.max(0, untold.size() - missing), untold.size())) {
            annotations.add(annotation);
            out.add(wire -> new ChatEvent.VendorDelta(0, number, OPENAI_RESPONSES, annotation, wire));
        }
    }

    /** Takes the log probabilities of its next tokens. */
    void nextLogprobs(JsonNode next, Logprobs to) {
        logprobs += next.size();
        to.add(next);
    }

    /** Takes those that were not told of the log probabilities of all its tokens. */
    void allLogprobs(JsonNode all, Logprobs to) {
        to.add(all, logprobs);
        logprobs = Math.max(logprobs, all.size());
    }

    void end(FrameEvents out) {
        if (open) {
            open = false;
            out.add(wire -> new ChatEvent.PartEnded(0, number, wire));
        }
    }
}
