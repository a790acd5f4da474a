package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.OutputDecoder.CUSTOM_CALL;
import static dev.llmgateway.ir.responses.OutputDecoder.FUNCTION_CALL;
import static dev.llmgateway.ir.responses.OutputDecoder.MESSAGE;
import static dev.llmgateway.ir.responses.OutputDecoder.REASONING;
import static dev.llmgateway.ir.responses.OutputDecoder.TEXT;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.FrameEvents;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.UrlCitation;
import dev.llmgateway.ir.json.Json;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One item of a stream. Every text comes up to four times: in deltas, when the text is done, when its part is, when the item is;
 * it is taken from the first of them that has it, for some providers leave out one or another. A part ends with the first frame
 * that repeats its text, so that whoever holds text back has let go of it by then; the sources that only a later frame names
 * come behind its end.
 */
final class ItemStream {

    private final OutputDecoder decoder;
    private final Logprobs logprobs;
    private final IntSupplier nextPart;
    private final Map<Integer, ToldPart> ofMessage = new TreeMap<>();
    private JsonNode item;
    private @Nullable ToldPart only;
    private @Nullable ReasoningStream thoughts;
    private boolean announced;
    private boolean done;

    /**
     * An item.
     *
     * @param item as it began
     * @param logprobs collects what is told of them
     */
    ItemStream(JsonNode item, OutputDecoder decoder, Logprobs logprobs, IntSupplier nextPart) {
        this.item = item;
        this.decoder = decoder;
        this.logprobs = logprobs;
        this.nextPart = nextPart;
    }

    boolean isDone() {
        return done;
    }

    /** Whether all of it was told; of a call, its arguments. */
    boolean isComplete() {
        return done || only != null && !only.isOpen();
    }

    /** A frame said that it begins. */
    void announce() {
        announced = true;
    }

    /** Whether what is announced in its place, and has no id either, must be another item. */
    boolean isAnnouncedAndTold() {
        boolean hasText = ofMessage.values().stream().anyMatch(ToldPart::hasText);
        return announced && (hasText || only != null && only.hasText());
    }

    String type() {
        return OutputDecoder.typeOf(item);
    }

    boolean isOf(String type) {
        return type().equals(type);
    }

    /** Whether another frame's item can be this one. */
    boolean mayBe(JsonNode other) {
        String call = item.path("call_id").stringValue("");
        String otherCall = other.path("call_id").stringValue("");
        return isOf(OutputDecoder.typeOf(other)) && (call.isEmpty() || otherCall.isEmpty() || call.equals(otherCall));
    }

    /** Whether another frame's item, when it is complete, begins with what was told of this one. */
    boolean agreesWith(JsonNode whole) {
        if (isCall()) {
            return mayHave(OutputDecoder.argumentsTold(whole));
        }
        JsonNode parts = whole.path("content");
        return ofMessage.entrySet().stream()
                .allMatch(told -> told.getValue().text().begins(OutputDecoder.textOf(parts.path(told.getKey()))));
    }

    /** Whether these can be all arguments of the call: they begin with what was told. */
    boolean mayHave(String arguments) {
        return only == null || only.text().begins(arguments);
    }

    /** Starts the part that the item is, unless it has several, or is told of as a whole when it is done. */
    void begin(FrameEvents out) {
        boolean nameless = item.path("name").stringValue("").isEmpty();
        if (isOf(REASONING) || isCall() && !nameless) {
            only(out);
        }
    }

    private boolean isCall() {
        return isOf(FUNCTION_CALL) || isOf(CUSTOM_CALL);
    }

    private ToldPart only(FrameEvents out) {
        ToldPart known = only;
        if (known == null) {
            known = start(isOf(REASONING) ? OutputDecoder.reasoning(item) : decoder.call(item), out);
            only = known;
            if (!decoder.isAsReceived()) {
                out.rewrite();
            }
        }
        return known;
    }

    private ToldPart start(Content initial, FrameEvents out) {
        ToldPart part = new ToldPart(nextPart.getAsInt(), initial);
        out.add(wire -> new ChatEvent.PartStarted(0, part.number(), initial, wire));
        return part;
    }

    /** A part of a message begins. */
    void partAdded(int index, JsonNode part, FrameEvents out) {
        if (announced) {
            // Else it may be of a reasoning.
            decoder.nameUnknown(part);
        }
        Content initial = OutputDecoder.part(item, part);
        if (initial != null && !ofMessage.containsKey(index)) {
            ofMessage.put(index, start(initial, out));
        }
    }

    /**
     * More of a text of a message; the part is begun if nobody said so.
     *
     * @param probabilities of the tokens of this piece, if any are told
     */
    void text(int index, String type, String text, JsonNode probabilities, FrameEvents out) {
        ToldPart part = part(index, type, out);
        if (part.isOpen()) {
            part.nextLogprobs(probabilities, logprobs);
        }
        if (part.isOpen() && (!text.isEmpty() || !part.hasText())) {
            part.say(type, text, out);
        }
    }

    private ToldPart part(int index, String type, FrameEvents out) {
        ToldPart known = ofMessage.get(index);
        if (known == null) {
            ObjectNode empty = Json.mapper().createObjectNode().put("type", type);
            partAdded(index, empty, out);
            known = ofMessage.get(index);
        }
        if (known == null) {
            throw new MalformedAnswerException("a text is of no kind");
        }
        return known;
    }

    /**
     * A text of a message is told once more, as a whole: what was not told yet of it, and of what belongs to it, is told now.
     *
     * @param whole the frame or the part that has the text
     */
    void textDone(int index, String type, JsonNode whole, FrameEvents out) {
        ToldPart part = part(index, type, out);
        part.sayRest(type, OutputDecoder.textOf(type, whole), out);
        beside(part, whole, out);
        part.end(out);
    }

    private void beside(ToldPart part, JsonNode whole, FrameEvents out) {
        decoder.nameLate(part.begun(), whole);
        part.annotateRest(whole.path(UrlCitation.ANNOTATIONS), out);
        part.allLogprobs(whole.path(Logprobs.NAME), logprobs);
    }

    void annotation(int index, JsonNode annotation, FrameEvents out) {
        if (annotation.isObject()) {
            part(index, TEXT, out).annotate(annotation, out);
        }
    }

    /** More of a reasoning's summary, or of its content. */
    void thought(ReasoningStream.Kind kind, int index, String text, FrameEvents out) {
        ToldPart part = only(out);
        if (part.isOpen()) {
            thoughts(part).delta(kind, index, text, out);
        }
    }

    /** A part of a reasoning's summary, or of its content, is complete. */
    void thoughtDone(ReasoningStream.Kind kind, int index, String whole, FrameEvents out) {
        ToldPart part = only(out);
        if (part.isOpen()) {
            thoughts(part).done(kind, index, whole, out);
        }
    }

    private ReasoningStream thoughts(ToldPart part) {
        ReasoningStream known = thoughts;
        if (known == null) {
            known = new ReasoningStream(part.number(), part.text());
            thoughts = known;
        }
        return known;
    }

    /** What of a reasoning was told and not shown; null when there is none. */
    ReasoningStream.@Nullable Kind unshown() {
        return thoughts == null ? null : thoughts.unshown();
    }

    void arguments(String text, FrameEvents out) {
        ToldPart part = only(out);
        if (part.isOpen() && !text.isEmpty()) {
            part.text().tell(text);
            out.add(wire -> new ChatEvent.ArgumentsDelta(0, part.number(), text, wire));
        }
    }

    /**
     * The arguments are complete.
     *
     * @param whole all of them
     */
    void argumentsDone(String whole, FrameEvents out) {
        if (only == null && item.path("name").stringValue("").isEmpty()) {
            // The name is told when the item is done.
            return;
        }
        ToldPart part = only(out);
        arguments(part.text().rest(whole), out);
        if (!part.hasText()) {
            // Some providers tell them only as the call begins.
            arguments(OutputDecoder.arguments(item), out);
        }
        part.end(out);
    }

    /** The item is complete. */
    void done(JsonNode whole, FrameEvents out) {
        decoder.nameLate(item, whole);
        if (done) {
            if (isCall()) {
                callDone(whole, out);
            } else if (isOf(MESSAGE)) {
                messageAgain(whole, out);
            }
            return;
        }
        done = true;
        if (only == null && ofMessage.isEmpty()) {
            item = whole;
        }
        switch (OutputDecoder.typeOf(item)) {
            case MESSAGE -> messageDone(whole, out);
            case REASONING -> reasoningDone(whole, out);
            case FUNCTION_CALL, CUSTOM_CALL -> {
                requireName();
                callDone(whole, out);
            }
            default -> {
                ToldPart part = start(decoder.vendor(whole), out);
                part.end(out);
            }
        }
    }

    /** Where nothing tells the arguments, the answer's end may still do so. */
    private void callDone(JsonNode whole, FrameEvents out) {
        ToldPart part = only(out);
        String arguments = OutputDecoder.argumentsTold(whole);
        boolean isTold = part.hasText()
                || !arguments.isEmpty()
                || !OutputDecoder.argumentsTold(item).isEmpty();
        if (isTold) {
            argumentsDone(arguments, out);
        }
    }

    private void requireName() {
        if (item.path("name").stringValue("").isEmpty()) {
            throw new MalformedAnswerException("a tool call has no name");
        }
    }

    private void messageDone(JsonNode whole, FrameEvents out) {
        JsonNode parts = whole.path("content");
        for (int i = 0; i < parts.size(); i++) {
            JsonNode part = parts.path(i);
            decoder.nameUnknown(part);
            if (OutputDecoder.part(item, part) != null) {
                partAdded(i, part, out);
                textDone(i, OutputDecoder.typeOf(part), part, out);
            }
        }
        ofMessage.values().forEach(part -> part.end(out));
    }

    /** Some providers tell sources only in the whole answer. Its texts are not looked at again: they may be spelled anew. */
    private void messageAgain(JsonNode whole, FrameEvents out) {
        whole.path("content").values().forEach(decoder::nameUnknown);
        ofMessage.forEach((index, part) -> beside(part, whole.path("content").path(index), out));
    }

    private void reasoningDone(JsonNode whole, FrameEvents out) {
        ToldPart part = only(out);
        thoughts(part).done(whole, out);
        OpaqueToken token = decoder.token(whole);
        if (token != null) {
            out.add(wire -> new ChatEvent.TokenAttached(0, part.number(), token, wire));
        }
        part.end(out);
    }

    /** The answer is over, whatever of this item was not told. */
    void close(FrameEvents out) {
        if (only != null) {
            if (isCall() && !only.hasText()) {
                arguments(OutputDecoder.arguments(item), out);
            }
            only.end(out);
        }
        ofMessage.values().forEach(part -> part.end(out));
    }
}
