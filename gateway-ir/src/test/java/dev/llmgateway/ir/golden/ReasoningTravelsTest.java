package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a provider sealed of its reasoning comes back to it, through a client that only sends on what it was sent, and to nobody
 * else: for every dialect of client, of the provider that sealed it, and of the one that is asked in between.
 */
class ReasoningTravelsTest {

    private static final String TOKEN = "c2VhbGVkLWJ5LUE=";
    private static final DialectCodec ANTHROPIC = new AnthropicMessagesCodec();
    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    private static final List<DialectCodec> ALL = List.of(CHAT, ANTHROPIC, RESPONSES);

    private static final String OF_ANTHROPIC = """
            {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[
            {"type":"thinking","thinking":"Let me see.","signature":"%s"},{"type":"text","text":"Hello"}],
            "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":2}}""";
    private static final String OF_RESPONSES = """
            {"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"m","output":[
            {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Let me see."}],
            "encrypted_content":"%s"},{"type":"message","id":"msg_1","role":"assistant","status":"completed",
            "content":[{"type":"output_text","text":"Hello","annotations":[]}]}],
            "usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3}}""";

    static Stream<Arguments> ways() {
        return ALL.stream()
                .flatMap(client -> Stream.of(ANTHROPIC, RESPONSES)
                        .flatMap(first -> ALL.stream()
                                .flatMap(second -> Stream.of(false, true)
                                        .map(stream -> Arguments.of(client, first, second, stream)))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aSealComesBackToItsMakerAndToNobodyElse(
            DialectCodec client, DialectCodec first, DialectCodec second, boolean stream) {
        Target a = target("a", first);
        Target b = target("b", second);
        Conversation talk = new Conversation(client);
        talk.ask("one");
        ChatResponse answer =
                first.decodeResponse(utf8((first == ANTHROPIC ? OF_ANTHROPIC : OF_RESPONSES).formatted(TOKEN)), a);
        talk.answered(answer, "a", stream);
        talk.ask("two");

        String toB = wire(second, talk, b);
        talk.answered(
                new ChatResponse("x", "m", List.of(new Content.Text("Well")), StopReason.END_TURN, null), "b", stream);
        talk.ask("three");
        String backToA = wire(first, talk, a);

        assertThat(toB).doesNotContain(TOKEN, "gw1.").contains("Hello");
        assertThat(backToA).contains(TOKEN).doesNotContain("gw1.").contains("Let me see.");
    }

    private static Target target(String provider, DialectCodec dialect) {
        ModelTraits traits = dialect == ANTHROPIC ? ModelTraits.anthropic() : ModelTraits.openAi();
        return new Target(
                provider,
                "m",
                traits.toBuilder().efforts(EnumSet.allOf(Effort.class)).build());
    }

    private static String wire(DialectCodec to, Conversation talk, Target target) {
        return new String(to.encodeRequest(talk.request(), target).body(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A client that keeps what it was sent, and sends it on as its dialect has it. */
    private static final class Conversation {
        private final DialectCodec client;
        private final ArrayNode turns = Json.mapper().createArrayNode();

        Conversation(DialectCodec client) {
            this.client = client;
        }

        void ask(String text) {
            turns.addObject().put("role", "user").put("content", text);
        }

        ChatRequest request() {
            ObjectNode body = Json.mapper().createObjectNode().put("model", "m").put("max_tokens", 100);
            body.set(client == RESPONSES ? "input" : "messages", turns.deepCopy());
            if (client == RESPONSES) {
                body.remove("max_tokens");
            }
            return client.decodeRequest(Json.write(body));
        }

        void answered(ChatResponse answer, String provider, boolean stream) {
            Origin origin = new Origin(provider, "m", List.of());
            if (!stream) {
                whole(Json.parse(client.encodeResponse(answer.answeredBy(origin, 1), request())));
                return;
            }
            EventEncoder encoder = client.eventEncoder(request());
            SseBuffer out = new SseBuffer();
            for (ChatEvent event : ResponseUnfolder.unfold(answer.answeredBy(origin, 1))) {
                encoder.encode(event, out);
            }
            encoder.finish(out);
            streamed(Fixtures.events(out.toByteArray()));
        }

        private void whole(JsonNode body) {
            if (client == RESPONSES) {
                body.path("output").values().forEach(turns::add);
            } else if (client == CHAT) {
                turns.add(body.at("/choices/0/message"));
            } else {
                turns.addObject().put("role", "assistant").set("content", body.path("content"));
            }
        }

        private void streamed(List<SseEvent> events) {
            if (client == CHAT) {
                chunks(events);
            } else if (client == RESPONSES) {
                events.stream()
                        .filter(event -> "response.output_item.done".equals(event.name()))
                        .forEach(event -> turns.add(Json.parse(event.data()).path("item")));
            } else {
                ArrayNode blocks = turns.addObject().put("role", "assistant").putArray("content");
                events.forEach(event -> block(Json.parse(event.data()), blocks));
            }
        }

        private void chunks(List<SseEvent> events) {
            ObjectNode message = turns.addObject().put("role", "assistant");
            for (SseEvent event : events.subList(0, events.size() - 1)) {
                Json.parse(event.data()).at("/choices/0/delta").forEachEntry((name, value) -> {
                    if (value.isArray()) {
                        value.values().forEach(message.withArray(name)::add);
                    } else if (!name.equals("role")) {
                        message.put(name, message.path(name).asString("") + value.asString(""));
                    }
                });
            }
        }

        private static void block(JsonNode event, ArrayNode blocks) {
            if (event.has("content_block")) {
                blocks.add(event.get("content_block").deepCopy());
            }
            event.path("delta").forEachEntry((name, value) -> {
                if (!blocks.isEmpty()
                        && blocks.get(blocks.size() - 1) instanceof ObjectNode last
                        && last.has(name)
                        && !name.equals("type")) {
                    last.put(name, last.path(name).asString("") + value.asString(""));
                }
            });
        }
    }
}
