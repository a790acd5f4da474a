package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;
import static dev.llmgateway.ir.responses.OutputDecoder.MESSAGE;
import static dev.llmgateway.ir.responses.OutputDecoder.REASONING;
import static dev.llmgateway.ir.responses.OutputDecoder.REFUSAL;
import static dev.llmgateway.ir.responses.OutputDecoder.TEXT;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.FrameEvents;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.ErrorDecoder;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Reads a provider's stream. Frames that tell nothing new, or of what only OpenAI has, are passed on as its own; only {@code
 * response.completed} and {@code response.incomplete} make the answer complete.
 */
final class StreamDecoder implements EventDecoder {

    private final OutputDecoder decoder;
    private final StreamItems items;
    private final Logprobs logprobs = new Logprobs();
    private boolean calls;
    private boolean refuses;
    private boolean started;
    private boolean complete;

    StreamDecoder(Target target) {
        decoder = new OutputDecoder(target.provider());
        items = new StreamItems(decoder, logprobs);
    }

    @Override
    public void decode(SseEvent event, Consumer<ChatEvent> out) {
        if (complete || event.data().length == 0 || isDone(event)) {
            return;
        }
        JsonNode data = parse(event);
        String type = data.path("type").stringValue(event.name() == null ? "" : event.name());
        FrameEvents events = new FrameEvents(OPENAI_RESPONSES);
        if (type.equals("error") || type.isEmpty() && data.hasNonNull("error")) {
            throw new ProviderStreamException(ErrorDecoder.decodeInStream(data));
        }
        if (type.equals("response.failed")
                || type.equals("response.cancelled")
                || AnswerEnd.isFailure(data.path("response"))) {
            throw AnswerEnd.failure(data.path("response"), data);
        }
        if (type.isEmpty()) {
            throw new MalformedAnswerException("it has no type");
        }
        start(data, events);
        frame(type, data, events);
        events.emit(event, out);
    }

    /** The end of a stream of Chat Completions, which some copies send here too. */
    private static boolean isDone(SseEvent event) {
        return event.data().length < 10 && event.text().strip().equals("[DONE]");
    }

    private static JsonNode parse(SseEvent event) {
        try {
            JsonNode data = Json.parse(event.data());
            if (data.isObject()) {
                return data;
            }
            throw new MalformedAnswerException("it is not a JSON object");
        } catch (InvalidJsonException e) {
            throw new MalformedAnswerException(e);
        }
    }

    private void start(JsonNode data, FrameEvents events) {
        if (started) {
            return;
        }
        started = true;
        JsonNode response = data.path("response");
        String id = response.path("id").stringValue("");
        String model = response.path("model").stringValue("");
        long created = AnswerEnd.created(response);
        events.add(wire -> new ChatEvent.Started(id, model, created, null, null, wire));
    }

    private void frame(String type, JsonNode data, FrameEvents out) {
        switch (type) {
            case "response.output_item.added" -> added(data, out);
            case "response.output_item.done" -> done(data, out);
            case "response.content_part.added" -> {
                JsonNode part = data.path("part");
                note(part);
                ofMessage(data, it -> it.partAdded(index(data, "content_index"), part, out));
            }
            case "response.content_part.done" -> partDone(data, out);
            case "response.output_text.delta" -> text(data, TEXT, out);
            case "response.output_text.done" -> textDone(data, TEXT, data, out);
            case "response.refusal.delta" -> text(data, REFUSAL, out);
            case "response.refusal.done" -> textDone(data, REFUSAL, data, out);
            case "response.output_text.annotation.added" ->
                ofMessage(data, it -> it.annotation(index(data, "content_index"), data.path("annotation"), out));
            case "response.reasoning_summary_part.added",
                    "response.reasoning_summary_text.delta",
                    "response.reasoning_summary_text.done",
                    "response.reasoning_summary_part.done",
                    "response.reasoning_text.delta",
                    "response.reasoning_text.done" -> thought(type, data, out);
            case "response.function_call_arguments.delta" -> arguments(OutputDecoder.FUNCTION_CALL, data, out);
            case "response.custom_tool_call_input.delta" -> arguments(OutputDecoder.CUSTOM_CALL, data, out);
            case "response.function_call_arguments.done" -> argumentsDone(OutputDecoder.FUNCTION_CALL, data, out);
            case "response.custom_tool_call_input.done" -> argumentsDone(OutputDecoder.CUSTOM_CALL, data, out);
            case "response.completed", "response.incomplete" -> {
                // Before the end, which tells what was named.
                decoder.nameStrange(data);
                finish(type, data.path("response"), out);
            }
            case "response.created", "response.in_progress", "response.queued" ->
                decoder.nameEarly(data.path("response"));
            case "keepalive" -> out.add(ChatEvent.Ping::new);
            default -> {
                decoder.nameKind(type, data);
                return;
            }
        }
        decoder.nameStrange(data);
    }

    private void added(JsonNode data, FrameEvents out) {
        JsonNode item = data.path("item");
        note(item);
        items.added(data, out);
    }

    /** Remembers what the answer's end is told from. */
    private void note(JsonNode itemOrPart) {
        switch (OutputDecoder.typeOf(itemOrPart)) {
            case OutputDecoder.FUNCTION_CALL, OutputDecoder.CUSTOM_CALL -> calls = true;
            case REFUSAL -> refuses = true;
            default -> {}
        }
    }

    private void done(JsonNode data, FrameEvents out) {
        JsonNode item = data.path("item");
        note(item);
        item.path("content").values().forEach(this::note);
        items.done(data, out);
    }

    /** The message that a frame is about; one that nobody announced begins with it. */
    private void ofMessage(JsonNode data, Consumer<ItemStream> then) {
        ItemStream item = items.begunBy(data, MESSAGE);
        if (item != null) {
            then.accept(item);
        }
    }

    private void text(JsonNode data, String type, FrameEvents out) {
        refuses = refuses || type.equals(REFUSAL);
        String delta = data.path("delta").stringValue("");
        ofMessage(data, it -> it.text(index(data, "content_index"), type, delta, data.path(Logprobs.NAME), out));
    }

    private void textDone(JsonNode data, String type, JsonNode whole, FrameEvents out) {
        refuses = refuses || type.equals(REFUSAL);
        ofMessage(data, it -> it.textDone(index(data, "content_index"), type, whole, out));
    }

    private void partDone(JsonNode data, FrameEvents out) {
        JsonNode part = data.path("part");
        String type = OutputDecoder.typeOf(part);
        if (type.equals(TEXT) || type.equals(REFUSAL)) {
            textDone(data, type, part, out);
        }
    }

    /** A part of a summary, or of the content, is told by its index; of a text that is done only what was not told yet. */
    private void thought(String type, JsonNode data, FrameEvents out) {
        ItemStream item = items.begunBy(data, REASONING);
        if (item == null) {
            return;
        }
        boolean summary = type.startsWith("response.reasoning_summary");
        ReasoningStream.Kind kind = summary ? ReasoningStream.Kind.SUMMARY : ReasoningStream.Kind.CONTENT;
        int index = index(data, summary ? "summary_index" : "content_index");
        if (data.has("part")) {
            decoder.nameText(kind, data.path("part"));
        }
        if (type.endsWith(".done")) {
            item.thoughtDone(kind, index, data.path("text").stringValue(""), out);
        } else {
            item.thought(kind, index, data.path("delta").stringValue(""), out);
        }
    }

    private void arguments(String type, JsonNode data, FrameEvents out) {
        ItemStream item = items.about(data, type);
        if (item != null) {
            item.arguments(data.path("delta").stringValue(""), out);
        }
    }

    private void argumentsDone(String type, JsonNode data, FrameEvents out) {
        String name = type.equals(OutputDecoder.CUSTOM_CALL) ? "input" : "arguments";
        String whole = data.path(name).stringValue("");
        ItemStream item = items.calledWith(whole, data, type);
        if (item != null && !whole.isEmpty()) {
            item.argumentsDone(whole, out);
        }
    }

    private void finish(String type, JsonNode response, FrameEvents out) {
        JsonNode output = response.path("output");
        for (JsonNode item : output.values()) {
            note(item);
            item.path("content").values().forEach(this::note);
        }
        items.finish(output, out);
        boolean cut = type.equals("response.incomplete") || AnswerEnd.isIncomplete(response);
        StopReason reason = cut ? AnswerEnd.cut(response) : AnswerEnd.reason(calls, refuses);
        Extras extras = decoder.mark(ReasoningTexts.mark(items.unshown(), AnswerEnd.extras(response, logprobs)));
        out.add(wire -> new ChatEvent.Finished(0, reason, null, extras, wire));
        Usage usage = UsageFields.read(response);
        if (usage != null) {
            out.add(wire -> new ChatEvent.UsageReported(usage, wire));
        }
        complete = true;
    }

    private static int index(JsonNode data, String name) {
        return Math.max(0, data.path(name).asInt(0));
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        if (!complete) {
            throw new MalformedAnswerException(
                    started ? "the stream ended without response.completed" : "the stream ended before it began");
        }
    }
}
