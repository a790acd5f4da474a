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
import java.util.stream.Collectors;
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
    void betweenTwoThoughtsStandsABlankLineInStreamsAndWholeAnswers() {
        List<ChatEvent> events = new ArrayList<>();
        EventDecoder decoder =
                new AnthropicMessagesCodec().eventDecoder(new Target("anthropic", "claude", ModelTraits.anthropic()));
        Fixtures.events("""
                data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"c","content":[]}}

                data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

                data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm "}}

                data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"end"}}

                data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"S1"}}

                data: {"type":"content_block_stop","index":0}

                data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

                data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"So."}}

                data: {"type":"content_block_stop","index":1}

                data: {"type":"content_block_start","index":2,"content_block":{"type":"thinking","thinking":"","signature":""}}

                data: {"type":"content_block_delta","index":2,"delta":{"type":"thinking_delta","thinking":"again"}}

                data: {"type":"content_block_delta","index":2,"delta":{"type":"thinking_delta","thinking":"."}}

                data: {"type":"content_block_delta","index":2,"delta":{"type":"signature_delta","signature":"S2"}}

                data: {"type":"content_block_stop","index":2}

                data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}

                data: {"type":"message_stop"}

                """.getBytes(StandardCharsets.UTF_8)).forEach(event -> decoder.decode(event, events::add));

        String stream = Streams.encode(PLAIN, ORIGIN, events);
        String streamed = chunks(stream).stream()
                .map(chunk -> chunk.at("/choices/0/delta/reasoning_content").asString(""))
                .collect(Collectors.joining());
        JsonNode whole = Json.parse(CODEC.encodeResponse(Streams.fold(events), PLAIN));

        assertThat(streamed).isEqualTo("hm end\n\nagain.");
        assertThat(whole.at("/choices/0/message/reasoning_content").asString()).isEqualTo(streamed);
        // A signature is of the very text that its block has.
        assertThat(stream).contains("\"text\":\"hm end\"", "\"text\":\"again.\"");
        assertThat(whole.at("/choices/0/message/reasoning_details/1/text").asString())
                .isEqualTo("again.");
    }

    @Test
    void aChoiceWhoseRoleWasToldByTheProviderIsNotToldItAgain() {
        ChatRequest two =
                Streams.request("{'model':'alias','stream':true,'n':2,'messages':[{'role':'user','content':'x'}]}");
        List<ChatEvent> events = Streams.decode(
                OPENAI,
                delta("{'role':'assistant','content':''}"),
                Streams.chunk("{'index':1,'delta':{'role':'assistant','content':''},'finish_reason':null}"),
                delta("{'content':'a'}"),
                Streams.chunk("{'index':1,'delta':{'content':'b'},'finish_reason':null}"),
                finish("stop"),
                Streams.chunk("{'index':1,'delta':{},'finish_reason':'stop'}"));
        List<ChatEvent> changed = new ArrayList<>();
        for (ChatEvent event : events) {
            switch (event) {
                case ChatEvent.TextDelta text -> changed.add(text.withText(text.text() + "!"));
                case ChatEvent.PartStarted start ->
                    changed.add(new ChatEvent.PartStarted(start.choice(), start.part(), start.initial(), Wire.NONE));
                default -> changed.add(event);
            }
        }

        rolesAreToldOnce(chunks(Streams.encode(two, ORIGIN, changed)));
    }

    @Test
    void aStreamMayBeginWithAnotherChoiceThanTheFirst() {
        ChatRequest two =
                Streams.request("{'model':'alias','stream':true,'n':2,'messages':[{'role':'user','content':'x'}]}");
        List<ChatEvent> changed = Streams.decode(
                        OPENAI,
                        Streams.chunk("{'index':1,'delta':{'role':'assistant','content':''},'finish_reason':null}"),
                        delta("{'role':'assistant','content':'a'}"),
                        Streams.chunk("{'index':1,'delta':{'content':'b'},'finish_reason':null}"),
                        finish("stop"),
                        Streams.chunk("{'index':1,'delta':{},'finish_reason':'stop'}"))
                .stream()
                .map(event -> event instanceof ChatEvent.TextDelta text ? text.withText(text.text() + "!") : event)
                .toList();

        rolesAreToldOnce(chunks(Streams.encode(two, ORIGIN, changed)));
    }

    private static void rolesAreToldOnce(List<JsonNode> chunks) {
        for (int choice : new int[] {0, 1}) {
            List<JsonNode> deltas = chunks.stream()
                    .map(chunk -> chunk.at("/choices/0"))
                    .filter(it -> it.path("index").asInt() == choice)
                    .map(it -> it.path("delta"))
                    .toList();
            assertThat(deltas).filteredOn(it -> it.has("role")).hasSize(1);
            assertThat(deltas.getFirst().path("role").asString()).isEqualTo("assistant");
            assertThat(deltas.get(1).path("content").asString()).isEqualTo(choice == 0 ? "a!" : "b!");
        }
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
