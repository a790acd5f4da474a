package dev.llmgateway.ir.golden;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.DialectCodec;
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
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * A provider's stream as a client is told it.
 *
 * @param frames the data of its events
 * @param lost what is named as lost
 */
record ToldStream(List<JsonNode> frames, List<String> lost) {

    /**
     * Tells a stream.
     *
     * @param stream the data of an event on each line
     */
    static ToldStream of(DialectCodec provider, String stream, DialectCodec client) {
        return of(provider, stream, client, event -> event);
    }

    /** The same, but somebody in between does something to the events. */
    static ToldStream of(DialectCodec provider, String stream, DialectCodec client, UnaryOperator<ChatEvent> between) {
        return of(provider, stream, client, between, client.decodeRequest("""
                {"model":"m","stream":true,"max_tokens":9,"messages":[{"role":"user","content":"hi"}],"input":"hi"}""".getBytes(StandardCharsets.UTF_8)));
    }

    /** The same for one who has asked so. */
    static ToldStream of(
            DialectCodec provider,
            String stream,
            DialectCodec client,
            UnaryOperator<ChatEvent> between,
            ChatRequest request) {
        EventDecoder decoder = provider.eventDecoder(new Target("p", "m", ModelTraits.openAi()));
        List<ChatEvent> events = new ArrayList<>();
        for (String data : stream.split("\n")) {
            decoder.decode(new SseEvent(null, data.getBytes(StandardCharsets.UTF_8)), events::add);
        }
        decoder.end(events::add);
        events.replaceAll(it ->
                it instanceof ChatEvent.Started start ? start.answeredBy(new Origin("p", "m", List.of()), 1) : it);
        events.replaceAll(between);
        EventEncoder encoder = client.eventEncoder(request);
        AnswerLosses losses = new AnswerLosses(request);
        SseBuffer out = new SseBuffer();
        for (ChatEvent event : events) {
            encoder.encode(event, out);
            losses.accept(event);
        }
        encoder.finish(out);
        List<JsonNode> frames = Fixtures.events(out.toByteArray()).stream()
                .filter(it -> !it.text().equals("[DONE]"))
                .map(it -> Json.parse(it.data()))
                .toList();
        return new ToldStream(frames, losses.names());
    }

    /** What stands in this place of the frames that have it. */
    List<JsonNode> all(String member) {
        return frames.stream()
                .map(it -> it.at(member))
                .filter(it -> !it.isMissingNode())
                .toList();
    }

    JsonNode last(String member) {
        return all(member).getLast();
    }
}
