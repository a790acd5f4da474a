package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.FrameEvents;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.Untold;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Reads a provider's stream of chunks. An answer is complete with a {@code finish_reason} and then {@code [DONE]} or the end
 * of the bytes. {@code [DONE]} after content but without a reason is complete too (OpenRouter sends Kimi's tool calls so);
 * the end of the bytes without a reason is not.
 */
final class ChatEventDecoder implements EventDecoder {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    /** Azure sends one; more than a few would be something else. */
    private static final int MOST_PRELUDES = 8;

    private static final int MOST_CHOICES = 128;

    private record Prelude(SseEvent frame, List<String> untold) {}

    private final boolean google;
    private final Map<Integer, ChoiceStream> choices = new TreeMap<>();
    private final List<Prelude> preludes = new ArrayList<>();
    private final Untold untold = new Untold(OPENAI_CHAT);
    private final UnknownMembers unknown = new UnknownMembers(untold);
    private boolean started;
    private boolean complete;

    ChatEventDecoder(boolean google) {
        this.google = google;
    }

    @Override
    public void decode(SseEvent event, Consumer<ChatEvent> out) {
        if (complete || event.data().length == 0) {
            return;
        }
        if (isDone(event.data())) {
            done(event, out);
            return;
        }
        JsonNode frame = parse(event);
        WireError error = "error".equals(event.name()) ? ErrorDecoder.decodeInStream(frame) : AnswerErrors.in(frame);
        if (error != null) {
            throw new ProviderStreamException(error);
        }
        if (!started && isPrelude(frame)) {
            unknown.chunk(frame);
            preludes.add(new Prelude(event, untold.endFrame()));
            return;
        }
        boolean first = !started;
        frame(frame, event, out);
        if (first) {
            preludes.forEach(it -> new FrameEvents(OPENAI_CHAT).emit(it.frame(), it.untold(), out));
            preludes.clear();
        }
    }

    private static boolean isDone(byte[] data) {
        int end = data.length;
        while (end > 0 && data[end - 1] == ' ') {
            end--;
        }
        return Arrays.equals(data, 0, end, DONE, 0, DONE.length);
    }

    private static JsonNode parse(SseEvent event) {
        try {
            JsonNode parsed = Json.parse(event.data());
            // Google wraps its errors in an array.
            JsonNode frame = parsed.path(0).hasNonNull("error") ? parsed.get(0) : parsed;
            if (frame.isObject() || "error".equals(event.name())) {
                return frame;
            }
            throw new MalformedAnswerException("it is not a JSON object");
        } catch (InvalidJsonException e) {
            if ("error".equals(event.name())) {
                return Json.mapper().createObjectNode().put("error", event.text());
            }
            throw new MalformedAnswerException(e);
        }
    }

    /** Azure starts with a frame that names neither answer nor model and only tells of its filters. */
    private boolean isPrelude(JsonNode frame) {
        return preludes.size() < MOST_PRELUDES
                && frame.path("choices").isEmpty()
                && frame.path("id").stringValue("").isEmpty()
                && frame.path("model").stringValue("").isEmpty();
    }

    private void frame(JsonNode frame, SseEvent event, Consumer<ChatEvent> out) {
        FrameEvents events = new FrameEvents(OPENAI_CHAT);
        if (!started) {
            started = true;
            String id = frame.path("id").stringValue("");
            String model = frame.path("model").stringValue("");
            long created = ResponseDecoder.created(frame);
            events.add(wire -> new ChatEvent.Started(id, model, created, null, null, wire));
        }
        JsonNode all = frame.path("choices");
        boolean ends = false;
        for (int i = 0; i < all.size(); i++) {
            JsonNode choice = all.get(i);
            ends |= choice(choice.path("index").isInt() ? choice.path("index").intValue() : i)
                    .accept(choice, frame, events);
        }
        if (!ends) {
            unknown.chunk(frame);
        }
        if (!all.isEmpty() && frame.path("usage").isObject()) {
            // Google and DeepInfra do this. OpenAI's clients take any usage for the chunk that has no choices.
            events.rewrite();
        }
        Usage usage = UsageCodec.read(frame, google);
        Extras others = UsageCodec.others(frame);
        if (usage != null) {
            events.add(wire -> new ChatEvent.UsageReported(usage, others, wire));
        } else if (!others.isEmpty()) {
            events.add(wire -> new ChatEvent.Vendor(others, wire));
        }
        events.emit(event, untold.endFrame(), out);
    }

    private ChoiceStream choice(int index) {
        ChoiceStream known = choices.get(index);
        if (known != null) {
            return known;
        }
        if (index < 0 || choices.size() >= MOST_CHOICES) {
            throw new MalformedAnswerException("it has a choice with index " + index);
        }
        ChoiceStream begun = new ChoiceStream(index, google, untold, unknown);
        choices.put(index, begun);
        return begun;
    }

    private void done(SseEvent event, Consumer<ChatEvent> out) {
        if (choices.values().stream().noneMatch(ChoiceStream::hasAnswer)) {
            throw new MalformedAnswerException("it ends a stream without an answer");
        }
        FrameEvents events = new FrameEvents(OPENAI_CHAT);
        events.rewrite();
        for (ChoiceStream choice : choices.values()) {
            choice.finishWithoutReason(events);
        }
        if (!untold.isEmpty()) {
            events.add(wire -> new ChatEvent.Vendor(untold.mark(Extras.NONE), wire));
        }
        events.emit(event, out);
        complete = true;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        if (complete) {
            return;
        }
        if (choices.isEmpty() || !choices.values().stream().allMatch(ChoiceStream::isFinished)) {
            throw new MalformedAnswerException("the stream ended without a finish_reason");
        }
        if (!untold.isEmpty()) {
            out.accept(new ChatEvent.Vendor(untold.mark(Extras.NONE), Wire.NONE));
        }
        complete = true;
    }
}
