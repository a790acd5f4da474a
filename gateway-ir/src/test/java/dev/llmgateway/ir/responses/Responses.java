package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.ResponseFolder;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Requests and streams of Responses, as the tests of its provider side write them. */
final class Responses {

    static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();

    /** A model that reasons and takes all that the format can say. */
    static final Target CAPABLE = new Target(
            "openai",
            "capable",
            ModelTraits.openAi().toBuilder()
                    .efforts(EnumSet.allOf(Effort.class))
                    .acceptsCacheBreakpoints(true)
                    .build());

    private Responses() {}

    /** Single quotes stand for double ones. */
    static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    /** What the stream of these frames decodes to; each is the data of one event, named as its type says. */
    static List<ChatEvent> decode(String... frames) {
        List<SseEvent> events = new ArrayList<>();
        for (String frame : frames) {
            events.add(SseEvent.of(null, frame.replace('\'', '"')));
        }
        return decode(events);
    }

    static List<ChatEvent> decode(List<SseEvent> events) {
        EventDecoder decoder = CODEC.eventDecoder(CAPABLE);
        List<ChatEvent> out = new ArrayList<>();
        for (SseEvent event : events) {
            decoder.decode(event, out::add);
        }
        decoder.end(out::add);
        return out;
    }

    static ChatResponse fold(List<ChatEvent> events) {
        ResponseFolder folder = new ResponseFolder();
        events.forEach(folder::accept);
        return folder.toResponse();
    }
}
