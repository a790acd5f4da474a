package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.ResponseFolder;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.responses.StreamRules;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever calls a provider of Chat streams side by side, and in whatever pieces: a client of each format reads them as in the
 * whole answer, in the order in which they began. Clients run them in it.
 */
class ParallelCallsTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static final Target FUNCTIONS_ONLY = new Target(
            "local",
            "m",
            ModelTraits.openAi().toBuilder().acceptsOpenAiExtras(false).build());

    private static final ChatRequest OF_CHAT = CHAT.decodeRequest(utf8("""
            {"model":"m","stream":true,"messages":[{"role":"user","content":"hi"}],"tools":[
            {"type":"custom","custom":{"name":"apply_patch"}},{"type":"function","function":{"name":"look"}},
            {"type":"function","function":{"name":"agents__spawn"}}]}"""));

    private static final ChatRequest OF_MESSAGES = MESSAGES.decodeRequest(utf8("""
            {"model":"m","stream":true,"max_tokens":9,"messages":[{"role":"user","content":"hi"}],"tools":[
            {"name":"apply_patch","input_schema":{"type":"object"}},{"name":"look","input_schema":{"type":"object"}},
            {"name":"agents__spawn","input_schema":{"type":"object"}}]}"""));

    private static final ChatRequest OF_RESPONSES = RESPONSES.decodeRequest(utf8("""
            {"model":"m","stream":true,"input":"hi","tools":[{"type":"custom","name":"apply_patch"},
            {"type":"function","name":"look","parameters":{"type":"object"},"strict":false},
            {"type":"namespace","name":"agents","description":"d","tools":[{"type":"function","name":"spawn"}]}]}"""));

    @Provide
    Arbitrary<CalledStream> streams() {
        return CalledStream.any(true);
    }

    @Provide
    Arbitrary<CalledStream> streamsWithEarlyIds() {
        return CalledStream.any(false);
    }

    @Property(tries = 400)
    void aResponsesClientReadsTheItemsOfTheWholeAnswer(@ForAll("streams") CalledStream stream) {
        List<ChatEvent> events = decode(stream);
        byte[] told = tell(RESPONSES, OF_RESPONSES, events);

        List<JsonNode> output = withoutIds(StreamRules.check(told).path("output"));
        assertThat(output)
                .isEqualTo(withoutIds(folded(RESPONSES, OF_RESPONSES, events).path("output")));
        assertThat(output.stream().filter(item -> item.has("call_id")))
                .isEqualTo(withoutIds(whole(RESPONSES, OF_RESPONSES, stream).path("output")));
        for (String type : List.of("response.output_item.added", "response.output_item.done")) {
            List<JsonNode> frames = StreamRules.frames(told).stream()
                    .filter(frame -> frame.path("type").asString().equals(type))
                    .toList();
            assertThat(frames).hasSameSizeAs(output);
            for (int i = 0; i < frames.size(); i++) {
                assertThat(frames.get(i).path("output_index").asInt(-1)).isEqualTo(i);
                assertThat(frames.get(i).at("/item/call_id").asString(""))
                        .isEqualTo(output.get(i).path("call_id").asString(""));
            }
        }
    }

    @Property(tries = 400)
    void aMessagesClientReadsTheBlocksOfTheWholeAnswer(@ForAll("streams") CalledStream stream) {
        List<ChatEvent> events = decode(stream);
        List<JsonNode> blocks = blocks(tell(MESSAGES, OF_MESSAGES, events));

        assertThat(blocks).isEqualTo(list(folded(MESSAGES, OF_MESSAGES, events).path("content")));
        assertThat(blocks.stream().filter(block -> block.has("input")))
                .isEqualTo(list(whole(MESSAGES, OF_MESSAGES, stream).path("content")));
    }

    @Property(tries = 400)
    void aChatClientReadsTheCallsOfTheWholeAnswer(@ForAll("streams") CalledStream stream) {
        List<ChatEvent> events = decode(stream);
        List<JsonNode> expected = list(whole(CHAT, OF_CHAT, stream).at("/choices/0/message/tool_calls")).stream()
                .map(ParallelCallsTest::withArguments)
                .toList();

        assertThat(calls(tell(CHAT, OF_CHAT, events))).isEqualTo(expected);
        events.replaceAll(event -> event instanceof ChatEvent.Delta delta ? delta.withText(delta.text()) : event);
        assertThat(calls(tell(CHAT, OF_CHAT, events))).isEqualTo(expected);
    }

    @Property(tries = 400)
    void whatHasNoCallOfACustomToolReachesAChatClientInTheProvidersBytes(
            @ForAll("streamsWithEarlyIds") CalledStream stream) {
        String told = new String(tell(CHAT, OF_CHAT, decode(stream)), StandardCharsets.UTF_8);

        List<String> unchanged = Stream.concat(
                        stream.chunks().stream()
                                .filter(chunk -> !chunk.patches())
                                .map(CalledStream.Chunk::data),
                        Stream.of(stream.end(), "[DONE]"))
                .map(data -> "data: " + data + "\n\n")
                .toList();
        assertThat(told)
                .containsSubsequence(unchanged)
                .doesNotContain("raw_arguments")
                .endsWith("data: [DONE]\n\n");
        if (stream.calls().stream().noneMatch(CalledStream.Call::isPatch)) {
            assertThat(told).isEqualTo(String.join("", unchanged));
        }
    }

    private static List<ChatEvent> decode(CalledStream stream) {
        EventDecoder decoder = CHAT.eventDecoder(FUNCTIONS_ONLY);
        List<ChatEvent> events = new ArrayList<>();
        stream.lines().lines().forEach(data -> decoder.decode(SseEvent.of(null, data), events::add));
        decoder.end(events::add);
        return events;
    }

    private static byte[] tell(DialectCodec client, ChatRequest request, List<ChatEvent> events) {
        EventEncoder encoder = client.eventEncoder(request);
        SseBuffer out = new SseBuffer();
        events.forEach(event -> encoder.encode(event, out));
        encoder.finish(out);
        return out.toByteArray();
    }

    private static JsonNode folded(DialectCodec client, ChatRequest request, List<ChatEvent> events) {
        ResponseFolder folder = new ResponseFolder();
        events.forEach(folder::accept);
        return Json.parse(client.encodeResponse(folder.toResponse(), request));
    }

    private static JsonNode whole(DialectCodec client, ChatRequest request, CalledStream stream) {
        return Json.parse(client.encodeResponse(CHAT.decodeResponse(stream.whole(), FUNCTIONS_ONLY), request));
    }

    private static List<JsonNode> list(JsonNode array) {
        return List.copyOf(array.values());
    }

    /** Ids of items are made here, anew for each answer. */
    private static List<JsonNode> withoutIds(JsonNode output) {
        return output.values().stream()
                .map(item -> ((ObjectNode) item.deepCopy()).without("id"))
                .map(JsonNode.class::cast)
                .toList();
    }

    /** The blocks of a stream of Messages, which come one after the other. */
    private static List<JsonNode> blocks(byte[] stream) {
        List<JsonNode> blocks = new ArrayList<>();
        List<StringBuilder> texts = new ArrayList<>();
        for (JsonNode frame : frames(stream)) {
            switch (frame.path("type").asString("")) {
                case "content_block_start" -> {
                    assertThat(frame.path("index").asInt(-1)).isEqualTo(blocks.size());
                    blocks.add(frame.path("content_block"));
                    texts.add(new StringBuilder());
                }
                case "content_block_delta" -> {
                    assertThat(frame.path("index").asInt(-1)).isEqualTo(blocks.size() - 1);
                    frame.path("delta")
                            .forEachEntry((name, value) ->
                                    texts.getLast().append(name.equals("type") ? "" : value.asString()));
                }
                default -> {}
            }
        }
        for (int i = 0; i < blocks.size(); i++) {
            ObjectNode block = (ObjectNode) blocks.get(i);
            String text = texts.get(i).toString();
            if (block.has("input")) {
                block.set("input", text.isEmpty() ? block.path("input") : Json.parse(text));
            } else {
                block.put(block.path("type").asString(), text);
            }
        }
        return blocks;
    }

    /** The calls of a stream of Chat as client libraries put them together: a call begins with its id, under the next index. */
    private static List<JsonNode> calls(byte[] stream) {
        List<JsonNode> calls = new ArrayList<>();
        for (JsonNode frame : frames(stream)) {
            for (JsonNode piece : frame.at("/choices/0/delta/tool_calls").values()) {
                int index = piece.path("index").asInt(-1);
                if (piece.has("id")) {
                    assertThat(index).isEqualTo(calls.size());
                    calls.add(((ObjectNode) piece.deepCopy()).without("index"));
                } else {
                    String type = calls.get(index).path("type").asString();
                    String member = type.equals("custom") ? "input" : "arguments";
                    ObjectNode call = (ObjectNode) calls.get(index).path(type);
                    assertThat(piece.propertyNames()).containsExactlyInAnyOrder("index", type);
                    call.put(
                            member,
                            call.path(member).asString("")
                                    + piece.path(type).path(member).asString(""));
                }
            }
        }
        return calls.stream().map(ParallelCallsTest::withArguments).toList();
    }

    /** A provider's own bytes may tell a call without arguments by none. */
    private static JsonNode withArguments(JsonNode call) {
        if (call.path("function") instanceof ObjectNode function
                && function.path("arguments").asString("").isEmpty()) {
            function.put("arguments", "{}");
        }
        return call;
    }

    private static List<JsonNode> frames(byte[] stream) {
        return Fixtures.events(stream).stream()
                .filter(event -> !event.text().equals("[DONE]"))
                .map(event -> Json.parse(event.data()))
                .toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
