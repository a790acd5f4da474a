package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.CODEC;
import static dev.llmgateway.ir.anthropic.TestData.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stream that an Anthropic client is shown for the events of any provider. */
class StreamWritingTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("auto").user("x").build();
    private static final ChatEvent END = new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE);

    private final List<ChatEvent> events = new ArrayList<>();

    StreamWritingTest() {
        events.add(new ChatEvent.Started("msg_1", "gpt", 0, null, null, Wire.NONE));
    }

    private void start(int part, Content initial) {
        events.add(new ChatEvent.PartStarted(0, part, initial, Wire.NONE));
    }

    private void text(int part, String text) {
        events.add(new ChatEvent.TextDelta(0, part, text, Wire.NONE));
    }

    private void reasoning(int part, String text) {
        events.add(new ChatEvent.ReasoningDelta(0, part, text, Wire.NONE));
    }

    private void arguments(int part, String text) {
        events.add(new ChatEvent.ArgumentsDelta(0, part, text, Wire.NONE));
    }

    private void token(int part, OpaqueToken.Kind kind, String value) {
        events.add(new ChatEvent.TokenAttached(0, part, new OpaqueToken(kind, value, null), Wire.NONE));
    }

    private void end(int part) {
        events.add(new ChatEvent.PartEnded(0, part, Wire.NONE));
    }

    private List<SseEvent> frames() {
        return TestData.frames(TestData.encode(CODEC.eventEncoder(REQUEST), events));
    }

    /** All frames between the first and the last two, one per line. */
    private String blocks() {
        List<SseEvent> frames = frames();
        StringBuilder lines = new StringBuilder();
        for (SseEvent frame : frames.subList(1, frames.size() - 2)) {
            lines.append(frame.text().replace('"', '\'')).append('\n');
        }
        return lines.toString();
    }

    @Test
    void anAnswerThatItsProviderGaveNoIdAndNoModelHasBoth() {
        events.set(0, new ChatEvent.Started("", "", 0, null, new Origin("openai", "gpt-5.5", List.of()), Wire.NONE));
        events.add(END);

        String start = frames().getFirst().text();

        assertThat(start).containsPattern("\"id\":\"msg_[0-9a-f]{32}\"").doesNotContain("\"model\":\"\"");
    }

    @Test
    void everyFrameHasItsNameAndThePlainAnswerIsExactlyThis() {
        start(0, new Content.Text(""));
        text(0, "Hi");
        end(0);
        events.add(END);
        events.add(new ChatEvent.UsageReported(new Usage(5, 2, 0, 0, 7, 3), Wire.NONE));
        events.set(0, new ChatEvent.Started("msg_1", "gpt", 0, Usage.of(4, 1), null, Wire.NONE));
        assertThat(new String(TestData.encode(CODEC.eventEncoder(REQUEST), events), StandardCharsets.UTF_8)
                        .replace('"', '\''))
                .isEqualTo("""
                        event: message_start
                        data: {'type':'message_start','message':{'id':'msg_1','type':'message','role':'assistant','model':'gpt','content':[],'stop_reason':null,'stop_sequence':null,'stop_details':null,'usage':{'input_tokens':4,'cache_creation_input_tokens':0,'cache_read_input_tokens':0,'cache_creation':{'ephemeral_5m_input_tokens':0,'ephemeral_1h_input_tokens':0},'output_tokens':1}}}

                        event: content_block_start
                        data: {'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}

                        event: content_block_delta
                        data: {'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'Hi'}}

                        event: content_block_stop
                        data: {'type':'content_block_stop','index':0}

                        event: message_delta
                        data: {'type':'message_delta','delta':{'stop_reason':'end_turn','stop_sequence':null,'stop_details':null},'usage':{'input_tokens':5,'cache_creation_input_tokens':0,'cache_read_input_tokens':2,'cache_creation':{'ephemeral_5m_input_tokens':0,'ephemeral_1h_input_tokens':0},'output_tokens':7,'output_tokens_details':{'thinking_tokens':3}}}

                        event: message_stop
                        data: {'type':'message_stop'}

                        """);
    }

    @Test
    void aPromptOfUnknownSizeIsEstimatedAtTheStart() {
        events.add(END);
        assertThat(json(frames().get(0).data())
                        .get("message")
                        .get("usage")
                        .get("input_tokens")
                        .longValue())
                .isBetween(1L, 20L);
    }

    @Test
    void interleavedCallsAreShownOneAfterTheOther() {
        start(0, new Content.ToolCall("a", "f", ""));
        start(1, new Content.ToolCall("b", "g", ""));
        arguments(0, "{'x'");
        arguments(1, "{'y'");
        arguments(0, ":1}");
        arguments(1, ":2}");
        end(0);
        end(1);
        assertThat(blocks()).isEqualTo("""
                        {'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'a','name':'f','input':{}}}
                        {'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{'x''}}
                        {'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':':1}'}}
                        {'type':'content_block_stop','index':0}
                        {'type':'content_block_start','index':1,'content_block':{'type':'tool_use','id':'b','name':'g','input':{}}}
                        {'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':'{'y''}}
                        {'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':':2}'}}
                        {'type':'content_block_stop','index':1}
                        """);
    }

    @Test
    void aCallWithoutArgumentsIsOneEmptyFragment() {
        start(0, new Content.ToolCall("a", "f", ""));
        end(0);
        assertThat(blocks()).isEqualTo("""
                        {'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'a','name':'f','input':{}}}
                        {'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':''}}
                        {'type':'content_block_stop','index':0}
                        """);
        assertThat(json(frames().get(frames().size() - 2).data())
                        .get("delta")
                        .get("stop_reason")
                        .stringValue())
                .isEqualTo("tool_use");
    }

    @Test
    void foreignReasoningIsShownWithItsSealLabelledAsASignature() {
        start(0, new Content.Reasoning("", null, Extras.NONE));
        reasoning(0, "hm");
        token(0, OpaqueToken.Kind.OPENAI_ENCRYPTED, "secret");
        end(0);
        start(1, new Content.Text(""));
        text(1, "so");
        end(1);
        assertThat(blocks()).isEqualTo("""
                        {'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}}
                        {'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'hm'}}
                        {'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'gw1.o..secret'}}
                        {'type':'content_block_stop','index':0}
                        {'type':'content_block_start','index':1,'content_block':{'type':'text','text':''}}
                        {'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'so'}}
                        {'type':'content_block_stop','index':1}
                        """);
    }

    @Test
    void signaturesAndRedactedThinkingAreShownAsAnthropicDoes() {
        start(0, new Content.Reasoning("", null, Extras.NONE));
        token(0, OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "s");
        end(0);
        start(1, new Content.Reasoning(null, null, Extras.NONE));
        token(1, OpaqueToken.Kind.ANTHROPIC_REDACTED, "d");
        end(1);
        assertThat(blocks()).isEqualTo("""
                        {'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}}
                        {'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'s'}}
                        {'type':'content_block_stop','index':0}
                        {'type':'content_block_start','index':1,'content_block':{'type':'redacted_thinking','data':'d'}}
                        {'type':'content_block_stop','index':1}
                        """);
    }

    @Test
    void partsWithNothingToShowTakeNoIndex() {
        start(0, new Content.Text(""));
        text(0, "");
        end(0);
        start(1, new Content.Reasoning(null, null, Extras.NONE));
        end(1);
        start(2, new Content.Vendor(Dialect.OPENAI_CHAT, json("{'type':'x'}")));
        end(2);
        start(3, new Content.Text(""));
        text(3, "x");
        end(3);
        assertThat(blocks()).startsWith("{'type':'content_block_start','index':0,'content_block':{'type':'text'");
    }

    @Test
    void geminisSignatureIsPackedIntoTheIdEvenWhenItComesAfterTheStart() {
        start(0, new Content.ToolCall("a:1", "f", ""));
        token(0, OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, "sig");
        arguments(0, "{}");
        end(0);
        String id = json(frames().get(1).data()).get("content_block").get("id").stringValue();
        assertThat(id).startsWith(ToolCallIds.forAnthropic("a:1"));
        assertThat(ToolCallIds.signatureOf(id))
                .isEqualTo(new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, "sig", null));
    }

    @Test
    void aRefusalIsTextAndAStopReason() {
        start(0, new Content.Refusal(""));
        events.add(new ChatEvent.RefusalDelta(0, 0, "No.", Wire.NONE));
        end(0);
        events.add(END);
        assertThat(blocks()).contains("'text_delta','text':'No.'");
        assertThat(frames().get(frames().size() - 2).text()).contains("\"stop_reason\":\"refusal\"");
    }

    @Test
    void otherChoicesAreNotShown() {
        events.add(new ChatEvent.PartStarted(1, 0, new Content.Text(""), Wire.NONE));
        events.add(new ChatEvent.TextDelta(1, 0, "two", Wire.NONE));
        events.add(new ChatEvent.PartEnded(1, 0, Wire.NONE));
        events.add(new ChatEvent.Finished(1, StopReason.MAX_TOKENS, null, Extras.NONE, Wire.NONE));
        assertThat(blocks()).isEmpty();
        assertThat(frames().get(1).text()).contains("\"stop_reason\":\"end_turn\"");
    }

    @Test
    void theStopReasonWaitsForTheUsage() {
        start(0, new Content.Text(""));
        text(0, "x");
        end(0);
        events.add(END);
        EventEncoder encoder = CODEC.eventEncoder(REQUEST);
        SseBuffer out = new SseBuffer();
        events.forEach(event -> encoder.encode(event, out));
        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8)).doesNotContain("message_delta");
        encoder.encode(new ChatEvent.UsageReported(Usage.of(11, 22), Wire.NONE), out);
        encoder.finish(out);
        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8))
                .contains("\"input_tokens\":11", "\"output_tokens\":22")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    @Test
    void anErrorEndsTheStreamAndNothingFollows() {
        EventEncoder encoder = CODEC.eventEncoder(REQUEST);
        SseBuffer out = new SseBuffer();
        encoder.encode(events.get(0), out);
        int before = out.size();
        encoder.fail(new WireError(529, WireError.Kind.OVERLOADED, "busy", null, null), out);
        String error = new String(out.toByteArray(), before, out.size() - before, StandardCharsets.UTF_8);
        assertThat(error)
                .isEqualTo(
                        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}\n\n");
        int after = out.size();
        encoder.encode(END, out);
        encoder.keepAlive(out);
        encoder.finish(out);
        encoder.fail(new WireError(500, WireError.Kind.SERVER, "again", null, null), out);
        assertThat(out.size()).isEqualTo(after);
    }

    @Test
    void aPingKeepsTheConnectionAlive() {
        SseBuffer out = new SseBuffer();
        CODEC.eventEncoder(REQUEST).keepAlive(out);
        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo("event: ping\ndata: {\"type\":\"ping\"}\n\n");
    }

    @Test
    void aClientThatAskedByAnAliasReadsItAgain() {
        Origin origin = new Origin("openai", "gpt-4o-2024-08-06", List.of());
        events.set(0, ((ChatEvent.Started) events.get(0)).answeredBy(origin, 0));
        byte[] stream = TestData.encode(
                CODEC.eventEncoder(ChatRequest.builder("smart").user("x").build()), events);
        assertThat(json(TestData.frames(stream).get(0).data())
                        .get("message")
                        .get("model")
                        .stringValue())
                .isEqualTo("smart");
    }

    @Test
    void changedTextOfAnthropicsOwnStreamNeverLeavesInItsOldBytes() {
        List<ChatEvent> recorded = new ArrayList<>(TestData.decode(TestData.fixture("anthropic-thinking-stream.sse")));
        recorded.replaceAll(event -> event instanceof ChatEvent.TextDelta delta ? delta.withText("[gone]") : event);
        String shown = new String(TestData.encode(CODEC.eventEncoder(REQUEST), recorded), StandardCharsets.UTF_8);
        assertThat(shown)
                .doesNotContain("Pouch**")
                .contains("\"text\":\"[gone]\"")
                .contains("signature_delta");
    }

    @Test
    void anthropicsOwnFramesAreRenumberedWhenAnEarlierPartWasTakenOut() {
        List<ChatEvent> recorded = new ArrayList<>(TestData.decode(TestData.fixture("anthropic-thinking-stream.sse")));
        recorded.removeIf(event -> partOf(event) == 0);
        List<SseEvent> shown = TestData.frames(TestData.encode(CODEC.eventEncoder(REQUEST), recorded));
        assertThat(shown)
                .filteredOn(frame -> frame.text().contains("\"index\""))
                .isNotEmpty()
                .allMatch(frame -> frame.text().contains("\"index\":0"));
        assertThat(shown.getLast().name()).isEqualTo("message_stop");
    }

    private static int partOf(ChatEvent event) {
        return switch (event) {
            case ChatEvent.PartStarted start -> start.part();
            case ChatEvent.PartEnded end -> end.part();
            case ChatEvent.Delta delta -> delta.part();
            case ChatEvent.TokenAttached token -> token.part();
            default -> -1;
        };
    }

    @Test
    void manyPartsThatWaitedAreShownWithoutDeepRecursion() {
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            start(i, new Content.ToolCall("c" + i, "f", ""));
        }
        for (int i = count - 1; i >= 0; i--) {
            end(i);
        }
        assertThat(frames()).hasSize(1 + 3 * count + 2);
    }
}
