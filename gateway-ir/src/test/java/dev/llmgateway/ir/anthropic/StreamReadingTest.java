package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.CODEC;
import static dev.llmgateway.ir.anthropic.TestData.TARGET;
import static dev.llmgateway.ir.anthropic.TestData.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What single events of a provider's stream mean. */
class StreamReadingTest {

    private static final String START =
            "{'type':'message_start','message':{'id':'i','model':'m','usage':{'input_tokens':43,'output_tokens':1}}}";
    private static final String STOP = "{'type':'message_stop'}";

    private static List<ChatEvent> read(String... data) {
        EventDecoder decoder = CODEC.eventDecoder(TARGET);
        List<ChatEvent> events = new ArrayList<>();
        for (String one : data) {
            decoder.decode(SseEvent.of(null, one.replace('\'', '"')), events::add);
        }
        decoder.end(events::add);
        return events;
    }

    private static ChatResponse folded(String... data) {
        return TestData.fold(read(data));
    }

    private static String blockStart(int index, String block) {
        return "{'type':'content_block_start','index':" + index + ",'content_block':" + block + "}";
    }

    private static String delta(int index, String delta) {
        return "{'type':'content_block_delta','index':" + index + ",'delta':" + delta + "}";
    }

    private static String blockStop(int index) {
        return "{'type':'content_block_stop','index':" + index + "}";
    }

    private static String end(String reason, String usage) {
        return "{'type':'message_delta','delta':{'stop_reason':'" + reason + "'},'usage':" + usage + "}";
    }

    @Test
    void theLastUsageCorrectsTheFirstAndKeepsWhatItDoesNotRepeat() {
        assertThat(folded(
                                "{'type':'message_start','message':{'usage':{'input_tokens':43,'cache_read_input_tokens':7,"
                                        + "'cache_creation_input_tokens':30,'cache_creation':{'ephemeral_1h_input_tokens':30},'output_tokens':1}}}",
                                end(
                                        "end_turn",
                                        "{'input_tokens':61,'output_tokens':9,'output_tokens_details':{'thinking_tokens':4}}"),
                                STOP)
                        .usage())
                .isEqualTo(new Usage(61, 7, 0, 30, 9, 4));
    }

    @Test
    void aZeroAtTheEndDoesNotUndoThePromptSizeOfTheStart() {
        assertThat(folded(START, end("end_turn", "{'input_tokens':0,'output_tokens':9}"), STOP)
                        .usage())
                .isEqualTo(Usage.of(43, 9));
    }

    @Test
    void redactedThinkingComesWholeInTheStart() {
        assertThat(folded(START, blockStart(0, "{'type':'redacted_thinking','data':'d'}"), blockStop(0), STOP)
                        .first()
                        .content())
                .containsExactly(new Content.Reasoning(
                        null, new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_REDACTED, "d", "anthropic"), Extras.NONE));
    }

    @Test
    void omittedThinkingIsASignatureAlone() {
        assertThat(folded(
                                START,
                                blockStart(0, "{'type':'thinking','thinking':'','signature':''}"),
                                delta(0, "{'type':'signature_delta','signature':'s'}"),
                                blockStop(0),
                                STOP)
                        .first()
                        .content())
                .containsExactly(new Content.Reasoning(
                        "", new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "s", "anthropic"), Extras.NONE));
    }

    @Test
    void deltasReplaceTheInputOfTheirStart() {
        String call = blockStart(0, "{'type':'tool_use','id':'t','name':'f','input':{'a':1}}");
        String[] both = {
            START,
            call,
            delta(0, "{'type':'input_json_delta','partial_json':'[1'}"),
            delta(0, "{'type':'input_json_delta','partial_json':']'}"),
            blockStop(0),
            STOP
        };
        String[] startOnly = {START, call, blockStop(0), STOP};

        assertThat(folded(both).first().content()).containsExactly(new Content.ToolCall("t", "f", "[1]"));
        assertThat(folded(startOnly).first().content()).containsExactly(new Content.ToolCall("t", "f", "{\"a\":1}"));
        assertThat(read(startOnly))
                .filteredOn(event -> event instanceof ChatEvent.PartStarted || event instanceof ChatEvent.PartEnded)
                .allSatisfy(event -> assertThat(event.wire().form()).isNull());
    }

    @Test
    void aServerToolsInputIsJoined() {
        assertThat(folded(
                                START,
                                blockStart(0, "{'type':'server_tool_use','id':'s','name':'web_search','input':{}}"),
                                delta(
                                        0,
                                        "{'type':'input_json_delta','partial_json':'{\\'q\\':'}"
                                                .replace("\\'", "\\\"")),
                                delta(0, "{'type':'input_json_delta','partial_json':'1}'}"),
                                blockStop(0),
                                STOP)
                        .first()
                        .content())
                .containsExactly(new Content.Vendor(
                        Dialect.ANTHROPIC_MESSAGES,
                        json("{'type':'server_tool_use','id':'s','name':'web_search','input':{'q':1}}")));
    }

    @Test
    void aServerToolsBrokenInputIsKeptAsItCame() {
        assertThat(folded(
                                START,
                                blockStart(0, "{'type':'server_tool_use','id':'s','name':'w','input':{}}"),
                                delta(0, "{'type':'input_json_delta','partial_json':'{oops'}"),
                                STOP)
                        .first()
                        .content())
                .containsExactly(new Content.Vendor(
                        Dialect.ANTHROPIC_MESSAGES,
                        json("{'type':'server_tool_use','id':'s','name':'w','input':'{oops'}")));
    }

    @Test
    void citationsStandWhereAUnaryAnswerHasThem() {
        Content.Text text = (Content.Text) folded(
                        START,
                        blockStart(0, "{'type':'text','text':'','citations':[]}"),
                        delta(0, "{'type':'citations_delta','citation':{'cited_text':'c'}}"),
                        delta(0, "{'type':'text_delta','text':'hi'}"),
                        blockStop(0),
                        STOP)
                .first()
                .content()
                .get(0);
        assertThat(text.text()).isEqualTo("hi");
        assertThat(text.extras().member(Dialect.ANTHROPIC_MESSAGES, "citations"))
                .isEqualTo(json("[{'cited_text':'c'}]"));
    }

    @Test
    void unknownEventsAndDeltasAreTheVendorsOwn() {
        List<ChatEvent> events = read(
                START,
                "{'type':'weather','sunny':true}",
                blockStart(0, "{'type':'text','text':''}"),
                delta(0, "{'type':'mood_delta','mood':'good'}"),
                blockStop(0),
                STOP);
        assertThat(events).hasAtLeastOneElementOfType(ChatEvent.Vendor.class);
        assertThat(events).hasAtLeastOneElementOfType(ChatEvent.VendorDelta.class);
    }

    @Test
    void textAndInputInAStartAreNotLost() {
        ChatResponse answer = folded(
                START,
                blockStart(0, "{'type':'text','text':'he'}"),
                delta(0, "{'type':'text_delta','text':'llo'}"),
                blockStop(0),
                blockStart(1, "{'type':'tool_use','id':'t','name':'f','input':{'a':1}}"),
                blockStop(1),
                end("tool_use", "{'output_tokens':2}"),
                STOP);
        assertThat(answer.first().content())
                .containsExactly(new Content.Text("hello"), new Content.ToolCall("t", "f", "{\"a\":1}"));
    }

    @Test
    void anEndWithACallWantsTheToolToBeRunAndForgetsTheWrongWord() {
        List<ChatEvent> events = read(
                START,
                blockStart(0, "{'type':'tool_use','id':'t','name':'f','input':{}}"),
                blockStop(0),
                end("end_turn", "{'output_tokens':2}"),
                STOP);
        ChatEvent.Finished finished = (ChatEvent.Finished) events.stream()
                .filter(ChatEvent.Finished.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(finished.reason()).isEqualTo(StopReason.TOOL_USE);
        assertThat(finished.wire().form()).isNull();
    }

    @Test
    void theStructuredAnswerOfAForcedToolStreamsAsText() {
        ChatResponse answer = folded(
                START,
                blockStart(0, "{'type':'tool_use','id':'t','name':'gateway_structured_answer','input':{}}"),
                delta(0, "{'type':'input_json_delta','partial_json':'[1'}"),
                delta(0, "{'type':'input_json_delta','partial_json':']'}"),
                blockStop(0),
                end("tool_use", "{'output_tokens':2}"),
                STOP);
        assertThat(answer.first().content()).containsExactly(new Content.Text("[1]"));
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.END_TURN);
    }

    @Test
    void everyEventOfAFrameKnowsTheFrameAndItsPlace() {
        List<ChatEvent> events = read(START, end("end_turn", "{'output_tokens':2}"), STOP);
        assertThat(events).hasSize(3);
        assertThat(events.get(1).wire().form()).isSameAs(events.get(2).wire().form());
        assertThat(events.get(1).wire().form().size()).isEqualTo(2);
        assertThat(events.get(2).wire().position()).isEqualTo(1);
    }

    @Test
    void whatFollowsTheTerminatorIsNotRead() {
        assertThat(read(START, end("end_turn", "{}"), STOP, "[DONE]", "garbage"))
                .hasSize(3);
    }

    @Test
    void blocksThatWereNotEndedAreEndedWithTheAnswer() {
        List<ChatEvent> events = read(START, blockStart(0, "{'type':'text','text':''}"), STOP);
        assertThat(events.get(events.size() - 2)).isInstanceOf(ChatEvent.PartEnded.class);
        assertThat(events.getLast()).isInstanceOf(ChatEvent.Finished.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[DONE]",
                "{}",
                "[]",
                "{'type':'message_delta','delta':{}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'x'}}",
                "{'type':'message_start'}"
            })
    void aStreamThatDoesNotBeginIsMalformed(String data) {
        assertThatThrownBy(() -> read(data, STOP)).isInstanceOf(MalformedAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'content_block_delta','index':3,'delta':{'type':'text_delta','text':'x'}}",
                "{'type':'content_block_stop','index':3}",
                "{'type':'content_block_start','content_block':{'type':'text','text':''}}",
                "{'type':'content_block_start','index':0}",
                "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':5}}",
                START,
                "{'type':"
            })
    void wrongEventsAreMalformed(String data) {
        assertThatThrownBy(() -> read(START, data, STOP)).isInstanceOf(MalformedAnswerException.class);
    }
}
