package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;
import static dev.llmgateway.ir.responses.OutputDecoder.CUSTOM_CALL;
import static dev.llmgateway.ir.responses.OutputDecoder.FUNCTION_CALL;
import static dev.llmgateway.ir.responses.OutputDecoder.MESSAGE;
import static dev.llmgateway.ir.responses.OutputDecoder.REASONING;
import static dev.llmgateway.ir.responses.OutputDecoder.REFUSAL;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.FrameEvents;
import dev.llmgateway.ir.codec.MalformedAnswerException;
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
 * that repeats its text, so that whoever holds text back has let go of it by then.
 */
final class ItemStream {

    /** A part of ours. */
    private static final class Part {
        private final int number;
        private final ToldText text = new ToldText();
        private boolean open = true;

        private Part(int number) {
            this.number = number;
        }

        private boolean hasText() {
            return text.hasText();
        }
    }

    private final OutputDecoder decoder;
    private final IntSupplier nextPart;
    private final Map<Integer, Part> ofMessage = new TreeMap<>();
    private JsonNode item;
    private @Nullable Part only;
    private @Nullable ReasoningStream thoughts;
    private boolean announced;
    private boolean done;

    /**
     * An item.
     *
     * @param item as it began
     */
    ItemStream(JsonNode item, OutputDecoder decoder, IntSupplier nextPart) {
        this.item = item;
        this.decoder = decoder;
        this.nextPart = nextPart;
    }

    boolean isDone() {
        return done;
    }

    /** Whether all of it was told; of a call, its arguments. */
    boolean isComplete() {
        return done || only != null && !only.open;
    }

    /** A frame said that it begins. */
    void announce() {
        announced = true;
    }

    /** Whether what is announced in its place, and has no id either, must be another item. */
    boolean isAnnouncedAndTold() {
        boolean hasText = ofMessage.values().stream().anyMatch(Part::hasText);
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
                .allMatch(told -> told.getValue().text.begins(OutputDecoder.textOf(parts.path(told.getKey()))));
    }

    /** Whether these can be all arguments of the call: they begin with what was told. */
    boolean mayHave(String arguments) {
        return only == null || only.text.begins(arguments);
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

    private Part only(FrameEvents out) {
        Part known = only;
        if (known == null) {
            known = start(isOf(REASONING) ? OutputDecoder.reasoning(item) : decoder.call(item), out);
            only = known;
            if (!decoder.isAsReceived()) {
                out.rewrite();
            }
        }
        return known;
    }

    private Part start(Content initial, FrameEvents out) {
        Part part = new Part(nextPart.getAsInt());
        out.add(wire -> new ChatEvent.PartStarted(0, part.number, initial, wire));
        return part;
    }

    /** A part of a message begins. */
    void partAdded(int index, JsonNode part, FrameEvents out) {
        Content initial = OutputDecoder.part(item, part);
        if (initial != null && !ofMessage.containsKey(index)) {
            ofMessage.put(index, start(initial, out));
        }
    }

    /** More of a text of a message; the part is begun if nobody said so. */
    void text(int index, String type, String text, FrameEvents out) {
        Part part = part(index, type, out);
        if (part.open && (!text.isEmpty() || !part.hasText())) {
            say(part, type, text, out);
        }
    }

    private Part part(int index, String type, FrameEvents out) {
        Part known = ofMessage.get(index);
        if (known == null) {
            ObjectNode empty = Json.mapper().createObjectNode().put("type", type);
            partAdded(index, empty, out);
            known = ofMessage.get(index);
        }
        if (known == null) {
            throw new MalformedAnswerException("a text of the provider's stream is of no kind");
        }
        return known;
    }

    private static void say(Part part, String type, String text, FrameEvents out) {
        part.text.tell(text);
        out.add(wire -> type.equals(REFUSAL)
                ? new ChatEvent.RefusalDelta(0, part.number, text, wire)
                : new ChatEvent.TextDelta(0, part.number, text, wire));
    }

    /** A text of a message is complete. */
    void textDone(int index, String type, String whole, FrameEvents out) {
        Part part = part(index, type, out);
        if (!part.open) {
            return;
        }
        String rest = part.text.rest(whole);
        if (!rest.isEmpty()) {
            say(part, type, rest, out);
        }
        end(part, out);
    }

    private static void end(Part part, FrameEvents out) {
        if (part.open) {
            part.open = false;
            out.add(wire -> new ChatEvent.PartEnded(0, part.number, wire));
        }
    }

    void annotation(int index, JsonNode annotation, FrameEvents out) {
        Part part = ofMessage.get(index);
        if (part != null && part.open && annotation.isObject()) {
            out.add(wire -> new ChatEvent.VendorDelta(0, part.number, OPENAI_RESPONSES, annotation, wire));
        }
    }

    /** More of a reasoning's summary, or of its content. */
    void thought(ReasoningStream.Kind kind, int index, String text, FrameEvents out) {
        Part part = only(out);
        if (part.open) {
            thoughts(part).delta(kind, index, text, out);
        }
    }

    /** A part of a reasoning's summary, or of its content, is complete. */
    void thoughtDone(ReasoningStream.Kind kind, int index, String whole, FrameEvents out) {
        Part part = only(out);
        if (part.open) {
            thoughts(part).done(kind, index, whole, out);
        }
    }

    private ReasoningStream thoughts(Part part) {
        ReasoningStream known = thoughts;
        if (known == null) {
            known = new ReasoningStream(part.number, part.text);
            thoughts = known;
        }
        return known;
    }

    void arguments(String text, FrameEvents out) {
        Part part = only(out);
        if (part.open && !text.isEmpty()) {
            part.text.tell(text);
            out.add(wire -> new ChatEvent.ArgumentsDelta(0, part.number, text, wire));
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
        Part part = only(out);
        arguments(part.text.rest(whole), out);
        if (!part.hasText()) {
            // Some providers tell them only as the call begins.
            arguments(OutputDecoder.arguments(item), out);
        }
        end(part, out);
    }

    /** The item is complete. */
    void done(JsonNode whole, FrameEvents out) {
        if (done) {
            if (isCall()) {
                callDone(whole, out);
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
                Part part = start(decoder.vendor(whole), out);
                end(part, out);
            }
        }
    }

    /** Where nothing tells the arguments, the answer's end may still do so. */
    private void callDone(JsonNode whole, FrameEvents out) {
        Part part = only(out);
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
            throw new MalformedAnswerException("a tool call of the provider's stream has no name");
        }
    }

    private void messageDone(JsonNode whole, FrameEvents out) {
        JsonNode parts = whole.path("content");
        for (int i = 0; i < parts.size(); i++) {
            JsonNode part = parts.path(i);
            if (OutputDecoder.part(item, part) != null) {
                partAdded(i, part, out);
                textDone(i, OutputDecoder.typeOf(part), OutputDecoder.textOf(part), out);
            }
        }
        ofMessage.values().forEach(part -> end(part, out));
    }

    private void reasoningDone(JsonNode whole, FrameEvents out) {
        Part part = only(out);
        thoughts(part).done(whole, out);
        OpaqueToken token = decoder.token(whole);
        if (token != null) {
            out.add(wire -> new ChatEvent.TokenAttached(0, part.number, token, wire));
        }
        end(part, out);
    }

    /** The answer is over, whatever of this item was not told. */
    void close(FrameEvents out) {
        if (only != null) {
            if (isCall() && !only.hasText()) {
                arguments(OutputDecoder.arguments(item), out);
            }
            end(only, out);
        }
        ofMessage.values().forEach(part -> end(part, out));
    }
}
