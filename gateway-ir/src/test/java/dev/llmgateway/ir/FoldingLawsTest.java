package dev.llmgateway.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A complete answer and the events that would have streamed it are the same thing. */
class FoldingLawsTest {

    @Provide
    Arbitrary<ChatResponse> answers() {
        return Answers.any();
    }

    @Property(tries = 500)
    void foldingWhatWasUnfoldedGivesTheAnswer(@ForAll("answers") ChatResponse answer) {
        assertThat(fold(ResponseUnfolder.unfold(answer))).isEqualTo(answer);
    }

    @Property(tries = 200)
    void theMemoryOfTheBodySurvivesTheWayThroughEvents(@ForAll("answers") ChatResponse answer) {
        WireForm body = WireForm.body(Dialect.OPENAI_CHAT, new byte[] {1}, bytes -> answer);
        ChatResponse remembering = new ChatResponse(
                answer.id(), answer.model(), 0, answer.choices(), answer.usage(), null, Wire.of(body, 0));

        WireForm form = fold(ResponseUnfolder.unfold(remembering)).wire().form();

        assertThat(form).isNotNull();
        assertThat(form.isWholeBody()).isTrue();
        assertThat(form.bytes()).isSameAs(body.bytes());
    }

    @Property(tries = 200)
    void aMissingEventEndsTheMemoryOfTheBody(@ForAll("answers") ChatResponse answer, @ForAll int which) {
        WireForm body = WireForm.body(Dialect.OPENAI_CHAT, new byte[] {1}, bytes -> answer);
        List<ChatEvent> events = new ArrayList<>(ResponseUnfolder.unfold(new ChatResponse(
                answer.id(), answer.model(), 0, answer.choices(), answer.usage(), null, Wire.of(body, 0))));
        List<ChatEvent> removable = events.stream()
                .filter(event -> !(event instanceof ChatEvent.Started || event instanceof ChatEvent.PartStarted))
                .toList();
        ChatEvent removed = removable.get(Math.floorMod(which, removable.size()));
        events.removeIf(event -> event.wire().position() == removed.wire().position());

        assertThat(fold(events).wire().form()).isNull();
    }

    @Example
    void aToolCallsTokenComesBeforeItsArguments() {
        OpaqueToken token = new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, "s", null);
        ChatResponse answer = new ChatResponse(
                "id",
                "m",
                List.of(new Content.ToolCall("call_1", "look", "{}", token, Extras.NONE)),
                StopReason.TOOL_USE,
                null);

        assertThat(ResponseUnfolder.unfold(answer))
                .extracting(Object::getClass)
                .containsExactly(
                        (Class) ChatEvent.Started.class,
                        ChatEvent.PartStarted.class,
                        ChatEvent.TokenAttached.class,
                        ChatEvent.ArgumentsDelta.class,
                        ChatEvent.PartEnded.class,
                        ChatEvent.Finished.class);
    }

    @Example
    void partsOfSeveralChoicesMayInterleave() {
        ChatResponse folded = fold(List.of(
                new ChatEvent.Started("id", "m", 0, null, null, Wire.NONE),
                new ChatEvent.PartStarted(1, 0, new Content.Text(""), Wire.NONE),
                new ChatEvent.PartStarted(0, 0, new Content.Text(""), Wire.NONE),
                new ChatEvent.TextDelta(1, 0, "b", Wire.NONE),
                new ChatEvent.TextDelta(0, 0, "a", Wire.NONE),
                new ChatEvent.TextDelta(1, 0, "B", Wire.NONE),
                new ChatEvent.Finished(1, StopReason.MAX_TOKENS, null, Extras.NONE, Wire.NONE),
                new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE)));

        assertThat(folded.choices())
                .containsExactly(
                        new Choice(List.of(new Content.Text("a")), StopReason.END_TURN),
                        new Choice(1, List.of(new Content.Text("bB")), StopReason.MAX_TOKENS, null, Extras.NONE));
    }

    @Example
    void theLastUsageReportCounts() {
        ChatResponse folded = fold(List.of(
                new ChatEvent.Started("id", "m", 0, Usage.of(1, 0), null, Wire.NONE),
                new ChatEvent.UsageReported(Usage.of(1, 5), Wire.NONE),
                new ChatEvent.UsageReported(Usage.of(2, 9), Wire.NONE)));

        assertThat(folded.usage()).isEqualTo(Usage.of(2, 9));
        assertThat(folded.choices()).containsExactly(new Choice(List.of(), StopReason.OTHER));
    }

    @Example
    void aServerToolsStreamedInputBecomesItsInput() {
        ChatResponse folded = fold(List.of(
                new ChatEvent.Started("id", "m", 0, null, null, Wire.NONE),
                new ChatEvent.PartStarted(
                        0,
                        0,
                        new Content.Vendor(
                                Dialect.ANTHROPIC_MESSAGES, Json.parse("{\"type\":\"server_tool_use\",\"input\":{}}")),
                        Wire.NONE),
                vendorDelta("{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"q\\\":\"}"),
                vendorDelta("{\"type\":\"input_json_delta\",\"partial_json\":\"1}\"}")));

        assertThat(folded.first().content())
                .containsExactly(new Content.Vendor(
                        Dialect.ANTHROPIC_MESSAGES,
                        Json.parse("{\"type\":\"server_tool_use\",\"input\":{\"q\":1}}"
                                .getBytes(StandardCharsets.UTF_8))));
    }

    @Example
    void nothingFoldsToNothing() {
        assertThatThrownBy(() -> new ResponseFolder().toResponse()).isInstanceOf(IllegalStateException.class);
    }

    private static ChatEvent vendorDelta(String json) {
        return new ChatEvent.VendorDelta(0, 0, Dialect.ANTHROPIC_MESSAGES, Json.parse(json), Wire.NONE);
    }

    private static ChatResponse fold(List<ChatEvent> events) {
        ResponseFolder folder = new ResponseFolder();
        events.forEach(folder::accept);
        return folder.toResponse();
    }
}
