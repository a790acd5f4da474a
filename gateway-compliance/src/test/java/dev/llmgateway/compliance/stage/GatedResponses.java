package dev.llmgateway.compliance.stage;

import static dev.llmgateway.compliance.stage.ResponsesFrames.events;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.sse.SseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A gateway's gate between a provider, which speaks Responses unless told otherwise, and a client. */
final class GatedResponses {

    static final String TOKEN = "gh" + "p_" + "a1B2c3D4".repeat(5);
    static final Scanner SCANNER = Scanner.defaults();
    static final Map<Action, GateStage> GATES = Map.of(
            Action.REDACT, GateStage.of(SCANNER, Actions.all(Action.REDACT)),
            Action.BLOCK, GateStage.of(SCANNER, Actions.all(Action.BLOCK)),
            Action.LOG_ONLY, GateStage.of(SCANNER, Actions.all(Action.LOG_ONLY)));
    static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();
    static final ChatRequest REQUEST = request(CODEC);

    private static ChatRequest request(DialectCodec client) {
        return request(client, "x");
    }

    private static ChatRequest request(DialectCodec client, String said) {
        return client.decodeRequest("""
                {"model":"gpt","input":"%s","messages":[{"role":"user","content":"%s"}],"max_tokens":9,"stream":true}""".formatted(said, said).getBytes(StandardCharsets.UTF_8));
    }

    /** What a provider's stream decodes to; one that pauses has nothing more to be read at any time. */
    static ChatStream provider(byte[] stream, boolean pausing) {
        return provider(CODEC, stream, pausing);
    }

    private static ChatStream provider(DialectCodec codec, byte[] stream, boolean pausing) {
        EventDecoder decoder = codec.eventDecoder(new Target("openai", "gpt", ModelTraits.openAi()));
        List<ChatEvent> events = new ArrayList<>();
        events(stream).forEach(event -> decoder.decode(event, events::add));
        Iterator<ChatEvent> left = events.iterator();
        return new ChatStream() {
            @Override
            public @Nullable ChatEvent next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public boolean ready() {
                return !pausing;
            }

            @Override
            public void close() {}
        };
    }

    final List<ComplianceFinding> found = new ArrayList<>();

    /** What of the latest answer is named as lost. */
    List<String> lost = List.of();

    /** What the client of a gateway with this gate is sent. */
    byte[] gated(Action action, byte[] stream) {
        return gated(action, stream, false);
    }

    byte[] gated(Action action, byte[] stream, boolean pausing) {
        return gated(GATES.get(action), stream, pausing, CODEC);
    }

    /** What a client that speaks another dialect is sent. */
    byte[] gated(Action action, byte[] stream, DialectCodec client) {
        return gated(GATES.get(action), stream, false, client);
    }

    private byte[] gated(Interceptor gate, byte[] stream, boolean pausing, DialectCodec client) {
        return gated(gate, request(client), CODEC, stream, pausing, client);
    }

    /** What a client is sent by a provider that speaks the same dialect. */
    byte[] gated(Interceptor gate, DialectCodec both, byte[] stream, boolean pausing) {
        return gated(gate, request(both), both, stream, pausing, both);
    }

    /** The same, when the client said this. */
    byte[] gated(Interceptor gate, String said, DialectCodec both, byte[] stream) {
        return gated(gate, request(both, said), both, stream, false, both);
    }

    /** The same, whoever asks whom. */
    byte[] gated(
            Interceptor gate,
            ChatRequest request,
            DialectCodec provider,
            byte[] stream,
            boolean pausing,
            DialectCodec client) {
        found.clear();
        GatewayListener listener = new GatewayListener() {
            @Override
            public void contentFound(Exchange exchange, ComplianceFinding finding) {
                found.add(finding);
            }
        };
        Exchange exchange = new Exchange("r", request, CallOptions.defaults(), listener, null, null, 0, Long.MAX_VALUE);
        ChatStream answer = gate.intercept(exchange, inner -> provider(provider, stream, pausing));
        EventEncoder encoder = client.eventEncoder(request);
        SseBuffer out = new SseBuffer();
        AnswerLosses losses = new AnswerLosses(request);
        try {
            answer.forEach(event -> {
                losses.accept(event);
                encoder.encode(event, out);
            });
        } catch (GatewayException e) {
            encoder.fail(new WireError(403, WireError.Kind.PERMISSION, "Blocked.", "compliance_blocked", null), out);
        }
        encoder.finish(out);
        lost = losses.names();
        return out.toByteArray();
    }

    static List<JsonNode> frames(byte[] stream) {
        return events(stream).stream()
                .filter(event -> !event.text().equals("[DONE]"))
                .map(event -> Json.parse(event.data()))
                .toList();
    }

    /** Numbered without a gap, and with one end. */
    static JsonNode wellFormed(byte[] stream) {
        List<JsonNode> frames = frames(stream);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(frames.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
            boolean ends = frames.get(i).path("type").asString().matches("response\\.(completed|incomplete|failed)");
            assertThat(ends).isEqualTo(i == frames.size() - 1);
        }
        return frames.getLast().path("response");
    }

    /** No eight characters of the token in a row. */
    static void holdsNothingOfTheToken(byte[] stream) {
        String sent = new String(stream, StandardCharsets.UTF_8);
        assertThat(sent).doesNotContain("a1B2c3D4").doesNotContain("gh" + "p_a");
    }
}
