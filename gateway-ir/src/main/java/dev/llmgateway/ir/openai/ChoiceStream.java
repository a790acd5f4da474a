package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.codec.FrameEvents;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.Untold;
import dev.llmgateway.ir.codec.UrlCitation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The chunks of one choice, as parts that start, grow and end. Text, reasoning and refusal end when something else begins;
 * tool calls stay open until the choice ends, since a provider may come back to an earlier one.
 */
final class ChoiceStream implements ThoughtTags.Sink {

    private static final Set<String> KNOWN = Set.of("index", "delta", "finish_reason", "stop_reason", UsageCodec.NAME);

    private static final int NONE = -1;

    private enum Kind {
        TEXT,
        REASONING,
        REFUSAL
    }

    private final int index;
    private final ToolCallStreams calls;
    private final @Nullable ThoughtTags tags;
    private final Logprobs logprobs = new Logprobs();
    private final Untold untold;
    private final UnknownMembers unknown;
    private FrameEvents out = new FrameEvents(OPENAI_CHAT);
    private @Nullable Kind open;
    private int openPart;
    private int parts;
    private int lastText = NONE;
    /** Whether the last text has begun with its citations, while something else is open. */
    private boolean announced;

    private boolean refused;
    private boolean finished;

    /**
     * A choice that begins.
     *
     * @param untold takes what the other formats have no place for; the first choice tells it with its end
     * @param unknown looks for such members
     */
    ChoiceStream(int index, boolean google, Untold untold, UnknownMembers unknown) {
        this.index = index;
        this.untold = untold;
        this.unknown = unknown;
        this.tags = google ? new ThoughtTags() : null;
        this.calls = new ToolCallStreams(index, google, this::nextPart);
    }

    boolean isFinished() {
        return finished;
    }

    /** True when the choice has content, or ended on its own account. */
    boolean hasAnswer() {
        return finished || parts > 0;
    }

    /**
     * Takes the next chunk.
     *
     * @param chunk all of it
     * @return whether it is the last, whose other members are told with the end
     */
    boolean accept(JsonNode choice, JsonNode chunk, FrameEvents events) {
        JsonNode delta = choice.path("delta");
        if (finished) {
            unknown.late(choice);
            return false;
        }
        out = events;
        unknown.delta(delta);
        String reasoning = text(delta, "reasoning_content");
        grow(Kind.REASONING, reasoning.isEmpty() ? text(delta, "reasoning") : reasoning);
        content(delta);
        cite(delta.path(UrlCitation.ANNOTATIONS));
        logprobs.addChunk(choice);
        grow(Kind.REFUSAL, text(delta, "refusal"));
        calls.accept(delta, events);
        String reason = text(choice, FinishReasons.NAME);
        if (!reason.isEmpty()) {
            finish(reason, choice, chunk);
            return true;
        }
        unknown.choice(choice);
        if (calls.holdsBack()) {
            events.rewrite();
        }
        return false;
    }

    /** The stream is done, but the vendor never said why. */
    void finishWithoutReason(FrameEvents events) {
        if (!finished) {
            out = events;
            finish(null, null, null);
        }
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).stringValue("");
    }

    private void content(JsonNode delta) {
        JsonNode content = delta.path("content");
        if (content.isArray()) {
            content.values().forEach(this::contentPart);
            return;
        }
        String text = content.stringValue("");
        if (tags == null || text.isEmpty()) {
            grow(Kind.TEXT, text);
            return;
        }
        boolean flagged =
                delta.path("extra_content").path("google").path("thought").booleanValue(false);
        if (!tags.accept(text, flagged, this)) {
            out.rewrite();
        }
    }

    private void contentPart(JsonNode part) {
        unknown.part(part);
        switch (part.path("type").stringValue("text")) {
            case "text" -> grow(Kind.TEXT, text(part, "text"));
            case "refusal" -> grow(Kind.REFUSAL, text(part, "refusal"));
            default -> untold.add(text(part, "type"));
        }
    }

    @Override
    public void thought(String text) {
        grow(Kind.REASONING, text);
    }

    @Override
    public void text(String text) {
        grow(Kind.TEXT, text);
    }

    private void cite(JsonNode annotations) {
        for (JsonNode annotation : annotations.values()) {
            int part = cited();
            out.add(wire -> new ChatEvent.VendorDelta(index, part, OPENAI_CHAT, annotation, wire));
        }
    }

    /** The text that citations come with: the last, or one that begins with them. What is open beside it goes on. */
    private int cited() {
        if (lastText == NONE && open != null) {
            lastText = parts++;
            announced = true;
            start(Kind.TEXT, lastText);
        }
        return lastText == NONE ? open(Kind.TEXT) : lastText;
    }

    /** The part of this kind that is open now. */
    private int open(Kind kind) {
        if (open == kind) {
            return openPart;
        }
        if (kind == Kind.TEXT && announced) {
            announced = false;
            close();
            openPart = lastText;
        } else {
            openPart = nextPart();
            start(kind, openPart);
        }
        open = kind;
        lastText = kind == Kind.TEXT ? openPart : lastText;
        return openPart;
    }

    private void grow(Kind kind, String text) {
        if (text.isEmpty()) {
            return;
        }
        int part = open(kind);
        switch (kind) {
            case TEXT -> out.add(wire -> new ChatEvent.TextDelta(index, part, text, wire));
            case REASONING -> out.add(wire -> new ChatEvent.ReasoningDelta(index, part, text, wire));
            case REFUSAL -> {
                refused = true;
                out.add(wire -> new ChatEvent.RefusalDelta(index, part, text, wire));
            }
        }
    }

    private void start(Kind kind, int part) {
        Content initial = switch (kind) {
            case TEXT -> new Content.Text("");
            case REASONING -> new Content.Reasoning("", null, Extras.NONE);
            case REFUSAL -> new Content.Refusal("");
        };
        out.add(wire -> new ChatEvent.PartStarted(index, part, initial, wire));
    }

    /** The number of a part that starts now; what was being written ends with it. */
    private int nextPart() {
        close();
        return parts++;
    }

    private void close() {
        if (open != null) {
            open = null;
            int part = openPart;
            out.add(wire -> new ChatEvent.PartEnded(index, part, wire));
        }
        if (announced) {
            announced = false;
            int part = lastText;
            out.add(wire -> new ChatEvent.PartEnded(index, part, wire));
        }
    }

    private void finish(@Nullable String word, @Nullable JsonNode choice, @Nullable JsonNode chunk) {
        if (tags != null) {
            if (tags.holdsBack()) {
                out.rewrite();
            }
            tags.end(this);
        }
        close();
        calls.end(out);
        finished = true;
        StopReason reason = FinishReasons.of(word, !calls.isEmpty(), refused);
        String stopText = choice == null ? null : choice.path("stop_reason").stringValue(null);
        if (reason == StopReason.END_TURN && stopText != null) {
            reason = StopReason.STOP_SEQUENCE;
        }
        if (!FinishReasons.saysIt(word, reason)) {
            out.rewrite();
        }
        StopReason why = reason;
        Extras told = extras(word, choice);
        Extras all = unknown.withTier(chunk == null ? told : BesideChoices.add(told, chunk));
        Extras beside = logprobs.inWordsOfResponses(all);
        Extras extras = index == 0 ? untold.mark(beside) : beside;
        out.add(wire -> new ChatEvent.Finished(index, why, stopText, extras, wire));
    }

    private static Extras extras(@Nullable String word, @Nullable JsonNode choice) {
        if (choice == null) {
            return Extras.NONE;
        }
        Map<String, JsonNode> others = new LinkedHashMap<>();
        choice.forEachEntry((name, value) -> {
            if (!KNOWN.contains(name) && !value.isNull()) {
                others.put(name, value);
            }
        });
        JsonNode unusual = FinishReasons.unusual(word);
        if (unusual != null) {
            others.put(FinishReasons.NAME, unusual);
        }
        return Extras.of(OPENAI_CHAT, others);
    }
}
