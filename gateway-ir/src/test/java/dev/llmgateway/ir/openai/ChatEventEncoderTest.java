package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.CODEC;
import static dev.llmgateway.ir.openai.Streams.OPENAI;
import static dev.llmgateway.ir.openai.Streams.delta;
import static dev.llmgateway.ir.openai.Streams.finish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatEventEncoderTest {

    private static final ChatRequest WITH_USAGE = Streams.request(
            "{'model':'alias','stream':true,'stream_options':{'include_usage':true},'messages':[{'role':'user','content':'x'}]}");
    private static final ChatRequest PLAIN =
            Streams.request("{'model':'alias','stream':true,'messages':[{'role':'user','content':'x'}]}");
    private static final Origin ORIGIN = new Origin("p", "served", List.of());

    private static List<ChatEvent> anthropic(String fixture) {
        EventDecoder decoder =
                new AnthropicMessagesCodec().eventDecoder(new Target("anthropic", "claude", ModelTraits.anthropic()));
        List<ChatEvent> events = new ArrayList<>();
        Fixtures.events(fixture).forEach(event -> decoder.decode(event, events::add));
        decoder.end(events::add);
        return events;
    }

    private static List<JsonNode> chunks(String stream) {
        return Fixtures.events(stream.getBytes(StandardCharsets.UTF_8)).stream()
                .map(SseEvent::text)
                .filter(text -> !text.equals("[DONE]"))
                .map(Json::parse)
                .toList();
    }

    private static ChatResponse read(String stream) {
        return Streams.fold(Streams.decode(OPENAI, Fixtures.events(stream.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void anthropicsTextBecomesChunksThatBeginWithTheRoleAndEndWithUsageAndDone() {
        List<ChatEvent> events = anthropic("anthropic-text-stream.sse");
        String stream = Streams.encode(WITH_USAGE, ORIGIN, events);
        List<JsonNode> chunks = chunks(stream);

        assertThat(chunks.getFirst().get("choices").get(0).get("delta"))
                .isEqualTo(Streams.json("{'role':'assistant','content':''}"));
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.get("object").asString()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.get("model").asString()).isEqualTo("alias");
            assertThat(chunk.get("id").asString()).startsWith("msg_");
        });
        assertThat(chunks.get(chunks.size() - 2)
                        .get("choices")
                        .get(0)
                        .get("finish_reason")
                        .asString())
                .isEqualTo("stop");
        assertThat(chunks.getLast().get("choices").isEmpty()).isTrue();
        assertThat(chunks.getLast().get("usage").get("total_tokens").asLong())
                .isEqualTo(Streams.fold(events).usage().total());
        assertThat(stream).endsWith("data: [DONE]\n\n");
        assertThat(read(stream).text()).isEqualTo(Streams.fold(events).text());
    }

    @Test
    void usageIsNotShownToAClientThatDidNotAskForIt() {
        assertThat(Streams.encode(PLAIN, ORIGIN, anthropic("anthropic-text-stream.sse")))
                .doesNotContain("usage");
    }

    @Test
    void anthropicsBlockNumbersAreNotTheIndexesOfToolCalls() {
        List<ChatEvent> events = anthropic("anthropic-parallel-tools-stream.sse");
        List<Content.ToolCall> calls = Streams.fold(events).toolCalls();
        List<Integer> indexes = new ArrayList<>();
        for (JsonNode chunk : chunks(Streams.encode(PLAIN, ORIGIN, events))) {
            JsonNode call = chunk.path("choices")
                    .path(0)
                    .path("delta")
                    .path("tool_calls")
                    .path(0);
            if (call.has("id")) {
                indexes.add(call.get("index").asInt());
            }
        }

        assertThat(calls).hasSizeGreaterThan(1);
        assertThat(indexes).hasSameSizeAs(calls).startsWith(0, 1);
        ChatResponse read = read(Streams.encode(PLAIN, ORIGIN, events));
        assertThat(read.toolCalls())
                .extracting(Content.ToolCall::name)
                .isEqualTo(calls.stream().map(Content.ToolCall::name).toList());
        assertThat(read.toolCalls())
                .extracting(call -> Json.parse(call.arguments()))
                .isEqualTo(
                        calls.stream().map(call -> Json.parse(call.arguments())).toList());
    }

    @Test
    void anthropicsThinkingBecomesReasoningContentAndItsSignatureADetail() {
        List<ChatEvent> events = anthropic("anthropic-thinking-stream.sse");
        String stream = Streams.encode(PLAIN, ORIGIN, events);

        Content.Reasoning thought =
                (Content.Reasoning) Streams.fold(events).first().content().getFirst();
        assertThat(read(stream).first().content().getFirst())
                .isEqualTo(new Content.Reasoning(thought.text(), null, Extras.NONE));
        assertThat(stream).contains("reasoning_content").containsOnlyOnce("\"signature\":\"gw1.a.");
    }

    @Test
    void anthropicsRefusalWithoutContentIsFilteredContent() {
        assertThat(Streams.encode(PLAIN, ORIGIN, anthropic("anthropic-refusal-stream.sse")))
                .contains("\"finish_reason\":\"content_filter\"");
    }

    @Test
    void aToolCallWithZeroArgumentBytesGetsAnEmptyObject() {
        List<ChatEvent> events = List.of(
                new ChatEvent.Started("id", "m", 0, null, null, Wire.NONE),
                new ChatEvent.PartStarted(0, 0, new Content.ToolCall("t", "f", ""), Wire.NONE),
                new ChatEvent.PartEnded(0, 0, Wire.NONE));

        assertThat(Streams.encode(PLAIN, ORIGIN, events)).contains("{\"arguments\":\"{}\"}");
    }

    @Test
    void callsBeginInTheirOrderWhicheverIsToldFirst() {
        List<ChatEvent> events = List.of(
                new ChatEvent.Started("id", "m", 0, null, null, Wire.NONE),
                new ChatEvent.PartStarted(0, 0, new Content.ToolCall("t", "f", ""), Wire.NONE),
                new ChatEvent.PartStarted(0, 1, new Content.ToolCall("u", "g", ""), Wire.NONE),
                new ChatEvent.ArgumentsDelta(0, 1, "{}", Wire.NONE),
                new ChatEvent.PartEnded(0, 0, Wire.NONE),
                new ChatEvent.PartEnded(0, 1, Wire.NONE));

        List<JsonNode> calls = chunks(Streams.encode(PLAIN, ORIGIN, events)).stream()
                .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0"))
                .filter(call -> call.has("id"))
                .toList();

        assertThat(calls).extracting(call -> call.path("id").asString()).containsExactly("t", "u");
        assertThat(calls).extracting(call -> call.path("index").asInt()).containsExactly(0, 1);
    }

    @Test
    void changedTextNeverLeavesInItsOldBytes() {
        List<ChatEvent> events = Streams.decode(
                OPENAI, delta("{'content':'my secret'}"), delta("{'content':' plan'}"), finish("stop"), "[DONE]");
        List<ChatEvent> changed = events.stream()
                .map(event ->
                        event instanceof ChatEvent.TextDelta text && text.text().contains("secret")
                                ? text.withText("my [redacted]")
                                : event)
                .toList();

        String stream = Streams.encode(PLAIN, ORIGIN, changed);

        assertThat(stream).doesNotContain("secret").contains("my [redacted]", " plan");
        assertThat(read(stream).text()).isEqualTo("my [redacted] plan");
    }

    @Test
    void changedArgumentsKeepTheIndexThatTheVendorChose() {
        List<ChatEvent> events = Streams.decode(
                OPENAI,
                delta("{'tool_calls':[{'index':3,'id':'c','type':'function','function':{'name':'f','arguments':''}}]}"),
                delta("{'tool_calls':[{'index':3,'function':{'arguments':'{secret}'}}]}"),
                finish("tool_calls"),
                "[DONE]");
        List<ChatEvent> changed = events.stream()
                .map(event -> event instanceof ChatEvent.ArgumentsDelta delta ? delta.withText("{}") : event)
                .toList();

        String stream = Streams.encode(PLAIN, ORIGIN, changed);

        assertThat(stream)
                .contains("{\"index\":3,\"function\":{\"arguments\":\"{}\"}}")
                .doesNotContain("secret");
    }

    @Test
    void aCallWhoseStartWasChangedGoesOnUnderOurIndex() {
        List<ChatEvent> events = Streams.decode(
                OPENAI,
                delta("{'tool_calls':[{'index':3,'id':'c','type':'function','function':{'name':'f','arguments':''}}]}"),
                delta("{'tool_calls':[{'index':3,'function':{'arguments':'{}'}}]}"),
                finish("tool_calls"),
                "[DONE]");
        List<ChatEvent> changed = events.stream()
                .map(event -> event instanceof ChatEvent.PartStarted
                        ? new ChatEvent.PartStarted(0, 0, new Content.ToolCall("c", "renamed", ""), Wire.NONE)
                        : event)
                .toList();

        ChatResponse read = read(Streams.encode(PLAIN, ORIGIN, changed));

        assertThat(read.toolCalls()).containsExactly(new Content.ToolCall("c", "renamed", "{}"));
    }

    @Test
    void aFailureIsAnErrorAndThenDone() {
        EventEncoder encoder = CODEC.eventEncoder(PLAIN);
        SseBuffer out = new SseBuffer();
        encoder.fail(new WireError(502, WireError.Kind.SERVER, "the provider broke off", null, null), out);

        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "data: {\"error\":{\"message\":\"the provider broke off\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\ndata: [DONE]\n\n");
    }

    @Test
    void whatKeepsTheConnectionAliveIsAComment() {
        EventEncoder encoder = CODEC.eventEncoder(PLAIN);
        SseBuffer out = new SseBuffer();
        encoder.keepAlive(out);
        encoder.encode(new ChatEvent.Ping(Wire.NONE), out);

        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8)).isEqualTo(": keep-alive\n\n: ping\n\n");
    }

    @Test
    void everyChoiceIsIntroducedWithItsRole() {
        List<ChatEvent> events = List.of(
                new ChatEvent.Started("id", "m", 0, null, null, Wire.NONE),
                new ChatEvent.PartStarted(1, 0, new Content.Text(""), Wire.NONE),
                new ChatEvent.TextDelta(1, 0, "b", Wire.NONE));

        List<JsonNode> chunks = chunks(Streams.encode(PLAIN, ORIGIN, events));

        assertThat(chunks.get(1).get("choices").get(0))
                .isEqualTo(Streams.json("{'index':1,'delta':{'role':'assistant','content':''},'finish_reason':null}"));
    }
}
