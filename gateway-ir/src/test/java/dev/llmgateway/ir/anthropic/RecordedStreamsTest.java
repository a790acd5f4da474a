package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.CODEC;
import static dev.llmgateway.ir.anthropic.TestData.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded streams are understood, and reach an Anthropic client as they were. */
class RecordedStreamsTest {

    @Test
    void textStream() {
        ChatResponse answer = folded("anthropic-text-stream.sse");
        assertThat(answer.id()).isEqualTo("msg_01T8kTq7cYyYJeQ5DxcVUc6D");
        assertThat(answer.model()).isEqualTo("claude-haiku-4-5-20251001");
        assertThat(answer.first().content()).containsExactly(new Content.Text("Hello"));
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.END_TURN);
        assertThat(answer.usage()).isEqualTo(Usage.of(10, 4));
    }

    @Test
    void theStartTellsThePromptSizeAndTheEndTheWholeUsage() {
        List<ChatEvent> events = TestData.decode(TestData.fixture("anthropic-text-stream.sse"));
        assertThat(((ChatEvent.Started) events.get(0)).usage()).isEqualTo(Usage.of(10, 2));
        assertThat(events).filteredOn(ChatEvent.UsageReported.class::isInstance).hasSize(1);
    }

    @Test
    void aCallWithoutArgumentsIsAnEmptyObject() {
        ChatResponse answer = folded("anthropic-tool-stream.sse");
        assertThat(answer.toolCalls())
                .extracting(Content.ToolCall::id, Content.ToolCall::name, Content.ToolCall::arguments)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "toolu_01CzN6riCPqw4pVSuTd9Dwn7", "pelican_name_generator", "{}"));
        assertThat(answer.toolCalls().get(0).extras().member(Dialect.ANTHROPIC_MESSAGES, "caller"))
                .isEqualTo(TestData.json("{'type':'direct'}"));
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.TOOL_USE);
    }

    @Test
    void parallelCallsAreJoinedFromTheirFragments() {
        assertThat(folded("anthropic-parallel-tools-stream.sse").toolCalls())
                .containsExactly(
                        new Content.ToolCall(
                                "toolu_012gbTrV1LahNLtHdAwDnKPV", "favorite_color", "{\"_person\": \"Joe\"}"),
                        new Content.ToolCall(
                                "toolu_016MfNFkQMqGdzDjXqKSAo6G", "favorite_color", "{\"_person\": \"Hadley\"}"));
    }

    @Test
    void thinkingKeepsItsSignature() {
        ChatResponse answer = folded("anthropic-thinking-stream.sse");
        Content.Reasoning reasoning =
                (Content.Reasoning) answer.first().content().get(0);
        assertThat(reasoning.text()).startsWith("The user wants two names").endsWith("two brief, catchy names:");
        assertThat(reasoning.token()).isNotNull();
        assertThat(reasoning.token().kind()).isEqualTo(OpaqueToken.Kind.ANTHROPIC_SIGNATURE);
        assertThat(reasoning.token().value()).startsWith("EuYDCmMI").endsWith("ZiGAE=");
        assertThat(answer.text())
                .isEqualTo(
                        "1. **Pouch** - references their iconic bill pouch\n2. **Pelé** - playful take on \"pelican\"");
        assertThat(answer.usage()).isEqualTo(Usage.of(46, 133));
    }

    @Test
    void aRefusalMayHaveNoContentAtAll() {
        ChatResponse answer = folded("anthropic-refusal-stream.sse");
        assertThat(answer.first().content()).isEmpty();
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.REFUSAL);
        assertThat(answer.first()
                        .extras()
                        .member(Dialect.ANTHROPIC_MESSAGES, "stop_details")
                        .get("category")
                        .stringValue())
                .isEqualTo("cyber");
    }

    @Test
    void anErrorAfterTheStartIsTheProvidersError() {
        EventDecoder decoder = CODEC.eventDecoder(TARGET);
        List<ChatEvent> events = new ArrayList<>();
        List<SseEvent> frames = TestData.frames(TestData.fixture("anthropic-midstream-error-composed.sse"));
        assertThatThrownBy(() -> frames.forEach(frame -> decoder.decode(frame, events::add)))
                .isInstanceOfSatisfying(ProviderStreamException.class, e -> {
                    assertThat(e.error().kind()).isEqualTo(WireError.Kind.OVERLOADED);
                    assertThat(e.error().status()).isEqualTo(529);
                    assertThat(e.error().message()).isEqualTo("Overloaded");
                });
        assertThat(events).hasAtLeastOneElementOfType(ChatEvent.TextDelta.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic-text-stream.sse",
                "anthropic-tool-stream.sse",
                "anthropic-parallel-tools-stream.sse",
                "anthropic-thinking-stream.sse",
                "anthropic-refusal-stream.sse"
            })
    void aStreamThatStopsShortIsNoSuccess(String name) {
        List<SseEvent> frames = TestData.frames(TestData.fixture(name));
        for (int kept = 0; kept < frames.size(); kept++) {
            EventDecoder decoder = CODEC.eventDecoder(TARGET);
            frames.subList(0, kept).forEach(frame -> decoder.decode(frame, event -> {}));
            assertThat(decoder.isComplete()).isFalse();
            assertThatThrownBy(() -> decoder.end(event -> {})).isInstanceOf(MalformedAnswerException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic-text-stream.sse",
                "anthropic-tool-stream.sse",
                "anthropic-parallel-tools-stream.sse",
                "anthropic-thinking-stream.sse",
                "anthropic-refusal-stream.sse"
            })
    void anAnthropicClientGetsTheSameBytesButForLabels(String name) {
        byte[] stream = TestData.fixture(name);
        ChatRequest request = ChatRequest.builder("auto").user("x").build();
        byte[] shown = TestData.encode(CODEC.eventEncoder(request), TestData.decode(stream));
        List<SseEvent> before = TestData.frames(stream);
        List<SseEvent> after = TestData.frames(shown);
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size() - 1; i++) {
            assertThat(after.get(i).name()).isEqualTo(before.get(i).name());
            String expected = labelled(before.get(i).text());
            boolean isLabelled = !expected.equals(before.get(i).text());
            assertThat(after.get(i).text())
                    .isEqualTo(isLabelled ? TestData.json(expected).toString() : expected);
        }
        assertThat(after.getLast().text()).isEqualTo("{\"type\":\"message_stop\"}");
    }

    /** A client is told whose a signature is, so that it comes back to that one alone. */
    private static String labelled(String frame) {
        return frame.replaceAll("\"signature\":\"(?=[^\"])", "\"signature\":\"gw1.a.anthropic.");
    }

    @Test
    void onlyTheModelOfTheStartIsReplacedForAClientThatAskedByAnAlias() {
        byte[] stream = TestData.fixture("anthropic-text-stream.sse");
        List<ChatEvent> events = new ArrayList<>(TestData.decode(stream));
        Origin origin = new Origin("anthropic", "claude-haiku-4-5-20251001", List.of());
        events.set(0, ((ChatEvent.Started) events.get(0)).answeredBy(origin, 0));
        ChatRequest request = ChatRequest.builder("fast").user("x").build();
        List<SseEvent> after = TestData.frames(TestData.encode(CODEC.eventEncoder(request), events));
        List<SseEvent> before = TestData.frames(stream);
        assertThat(TestData.json(after.get(0).data()))
                .isEqualTo(TestData.json(TestData.utf8(before.get(0)
                        .text()
                        .replace("\"model\":\"claude-haiku-4-5-20251001\"", "\"model\":\"fast\""))));
        assertThat(after.get(3).text()).isEqualTo(before.get(3).text());
    }

    private static ChatResponse folded(String name) {
        return TestData.fold(TestData.decode(TestData.fixture(name)));
    }
}
