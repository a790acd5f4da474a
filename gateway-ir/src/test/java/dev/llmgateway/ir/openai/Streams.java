package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ResponseFolder;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Streams in and out, as the tests write them. */
final class Streams {

    static final OpenAiChatCodec CODEC = new OpenAiChatCodec();

    static final Target OPENAI = new Target("openai", "gpt-5", ModelTraits.openAi());

    static final Target GOOGLE = new Target(
            "google",
            "gemini-3-pro",
            ModelTraits.openAi().toBuilder()
                    .googleCompatible(true)
                    .acceptsOpenAiExtras(false)
                    .build());

    private Streams() {}

    /** What the stream of these frames decodes to; each is the data of one event. */
    static List<ChatEvent> decode(Target target, String... frames) {
        List<SseEvent> events = new ArrayList<>();
        for (String frame : frames) {
            events.add(SseEvent.of(null, frame));
        }
        return decode(target, events);
    }

    static List<ChatEvent> decode(Target target, List<SseEvent> events) {
        EventDecoder decoder = CODEC.eventDecoder(target);
        List<ChatEvent> out = new ArrayList<>();
        for (SseEvent event : events) {
            decoder.decode(event, out::add);
        }
        decoder.end(out::add);
        return out;
    }

    static List<ChatEvent> decodeFixture(Target target, String name) {
        return decode(target, Fixtures.events(name));
    }

    static ChatResponse fold(List<ChatEvent> events) {
        ResponseFolder folder = new ResponseFolder();
        events.forEach(folder::accept);
        return folder.toResponse();
    }

    /** What a client reads of these events, answered by {@code origin}. */
    static String encode(ChatRequest request, Origin origin, List<ChatEvent> events) {
        EventEncoder encoder = CODEC.eventEncoder(request);
        SseBuffer out = new SseBuffer();
        for (ChatEvent event : events) {
            encoder.encode(event instanceof ChatEvent.Started start ? start.answeredBy(origin, 0) : event, out);
        }
        encoder.finish(out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    static boolean hasReasoning(ChatRequest request) {
        return request.messages().stream()
                .flatMap(message -> message.content().stream())
                .anyMatch(Content.Reasoning.class::isInstance);
    }

    static ChatRequest request(String json) {
        return CODEC.decodeRequest(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    /** A chunk with one choice; single quotes stand for double ones. */
    static String chunk(String choice) {
        return ("{'id':'c1','object':'chat.completion.chunk','created':7,'model':'m','choices':[" + choice + "]}")
                .replace('\'', '"');
    }

    static String delta(String delta) {
        return chunk("{'index':0,'delta':" + delta + ",'finish_reason':null}");
    }

    static String finish(String reason) {
        return chunk("{'index':0,'delta':{},'finish_reason':'" + reason + "'}");
    }
}
