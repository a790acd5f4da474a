package dev.llmgateway.ir.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ResponseFolder;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ErrorExtras;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.BooleanNode;

/** Brings an answer back on one way, whole and as a stream, and looks whether the feature is in what the client reads. */
final class AnswerTrial {

    private static final Origin ORIGIN = new Origin("maker", "wire-model", List.of());

    private AnswerTrial() {}

    static Cell whole(AnswerFeature feature, Way way) {
        byte[] body = Samples.answer(feature, way.provider().dialect());
        if (body == null) {
            return Cell.CANNOT_BE_SAID;
        }
        ChatResponse told = way.provider().decodeResponse(body, way.target()).answeredBy(ORIGIN, 1);
        byte[] shown = way.client().encodeResponse(told, asked(way.client()));
        if (!feature.isIn(way.client().decodeResponse(shown, clientsTarget(way)), shown)) {
            return named(AnswerLosses.of(told, asked(way.client())));
        }
        return way.isSameDialect() ? Cell.KEPT : Cell.TRANSLATED;
    }

    static Cell streamed(AnswerFeature feature, Way way) {
        byte[] body = Samples.answer(feature, way.provider().dialect());
        if (body == null) {
            return Cell.CANNOT_BE_SAID;
        }
        ChatResponse told = way.provider().decodeResponse(body, way.target());
        byte[] stream = written(
                way.provider(), encoder -> out -> ResponseUnfolder.unfold(told).forEach(it -> encoder.encode(it, out)));
        EventDecoder decoder = way.provider().eventDecoder(way.target());
        List<ChatEvent> events = events(decoder, stream);
        byte[] shown = written(way.client(), encoder -> out -> events.forEach(it -> encoder.encode(it, out)));
        ResponseFolder folder = new ResponseFolder();
        events(way.client().eventDecoder(clientsTarget(way)), shown).forEach(folder::accept);
        if (!feature.isIn(folder.toResponse(), shown)) {
            AnswerLosses losses = new AnswerLosses(asked(way.client()));
            events.forEach(losses::accept);
            return named(losses.names());
        }
        return way.isSameDialect() ? Cell.KEPT : Cell.TRANSLATED;
    }

    private static Cell named(List<String> losses) {
        return losses.isEmpty() ? Cell.LOST : Cell.DROPPED;
    }

    /** An error in place of an answer: its kind is the same for the client. */
    static Cell error(WireError error, Way way) {
        WireError told =
                way.provider().decodeError(error.status(), way.provider().encodeError(error, "req_1"));
        WireError shown = way.client().decodeError(told.status(), way.client().encodeError(told, "req_1"));
        boolean same = shown.message().equals(error.message()) && shown.status() == error.status();
        return same ? way.isSameDialect() ? Cell.KEPT : Cell.TRANSLATED : Cell.LOST;
    }

    /** What only the vendor says of an error. */
    static Cell membersOfAnError(WireError error, Way way) {
        ErrorExtras extras = new ErrorExtras(way.provider().dialect(), Map.of("zap", BooleanNode.TRUE));
        WireError vendors =
                new WireError(error.status(), error.kind(), error.message(), error.code(), error.param(), extras);
        WireError told =
                way.provider().decodeError(error.status(), way.provider().encodeError(vendors, "req_1"));
        WireError shown = way.client().decodeError(told.status(), way.client().encodeError(told, "req_1"));
        if (!shown.extras().members().containsKey("zap")) {
            return named(told.lostFor(way.client().dialect()));
        }
        return way.isSameDialect() ? Cell.KEPT : Cell.TRANSLATED;
    }

    /** An error after the first words: the client's stream ends with an error too, never as a complete answer. */
    static Cell errorInTheStream(WireError error, Way way) {
        byte[] stream = broken(way.provider(), error);
        List<ChatEvent> events = new ArrayList<>();
        WireError told = failureOf(way.provider().eventDecoder(way.target()), stream, events::add);
        SseBuffer out = new SseBuffer();
        EventEncoder encoder = way.client().eventEncoder(asked(way.client()));
        events.forEach(it -> encoder.encode(it, out));
        encoder.fail(told, out);
        WireError shown = failureOf(way.client().eventDecoder(clientsTarget(way)), out.toByteArray(), event -> {});
        if (!shown.message().equals(error.message())) {
            return Cell.LOST;
        }
        return way.isSameDialect() ? Cell.KEPT : Cell.TRANSLATED;
    }

    private static byte[] broken(DialectCodec provider, WireError error) {
        EventEncoder encoder = provider.eventEncoder(asked(provider));
        SseBuffer out = new SseBuffer();
        ChatResponse half = new ChatResponse("id", "m", List.of(new Content.Text("hel")), StopReason.END_TURN, null);
        ResponseUnfolder.unfold(half).stream()
                .takeWhile(event -> !(event instanceof ChatEvent.PartEnded))
                .forEach(it -> encoder.encode(it, out));
        encoder.fail(error, out);
        return out.toByteArray();
    }

    private static WireError failureOf(EventDecoder decoder, byte[] stream, Consumer<ChatEvent> out) {
        try {
            for (SseEvent event : Fixtures.events(stream)) {
                if (!decoder.isComplete()) {
                    decoder.decode(event, out);
                }
            }
            decoder.end(out);
        } catch (ProviderStreamException e) {
            return e.error();
        } catch (MalformedAnswerException e) {
            throw new AssertionError("a cut stream in place of an error event", e);
        }
        throw new AssertionError("a broken stream ended as a complete answer");
    }

    private static List<ChatEvent> events(EventDecoder decoder, byte[] stream) {
        List<ChatEvent> events = new ArrayList<>();
        for (SseEvent event : Fixtures.events(stream)) {
            if (!decoder.isComplete()) {
                decoder.decode(event, events::add);
            }
        }
        decoder.end(events::add);
        assertThat(events.getFirst()).isInstanceOf(ChatEvent.Started.class);
        events.replaceAll(it -> it instanceof ChatEvent.Started start ? start.answeredBy(ORIGIN, 1) : it);
        return events;
    }

    private interface Writing {
        Consumer<SseBuffer> with(EventEncoder encoder);
    }

    private static byte[] written(DialectCodec codec, Writing writing) {
        EventEncoder encoder = codec.eventEncoder(asked(codec));
        SseBuffer out = new SseBuffer();
        writing.with(encoder).accept(out);
        encoder.finish(out);
        return out.toByteArray();
    }

    private static ChatRequest asked(DialectCodec client) {
        return client.decodeRequest(Samples.streamingRequest(client.dialect()));
    }

    private static Target clientsTarget(Way way) {
        return new Way(way.client(), way.client()).target();
    }
}
