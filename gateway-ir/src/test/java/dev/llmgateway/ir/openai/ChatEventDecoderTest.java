package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.CODEC;
import static dev.llmgateway.ir.openai.Streams.GOOGLE;
import static dev.llmgateway.ir.openai.Streams.OPENAI;
import static dev.llmgateway.ir.openai.Streams.chunk;
import static dev.llmgateway.ir.openai.Streams.decode;
import static dev.llmgateway.ir.openai.Streams.delta;
import static dev.llmgateway.ir.openai.Streams.finish;
import static dev.llmgateway.ir.openai.Streams.fold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The quirks of streams, one by one. */
class ChatEventDecoderTest {

    private static final String DONE = "[DONE]";

    private static String call(String call) {
        return delta("{'tool_calls':[" + call + "]}");
    }

    @Test
    void aStreamThatBreaksOffIsNotComplete() {
        EventDecoder decoder = CODEC.eventDecoder(OPENAI);
        decoder.decode(SseEvent.of(null, delta("{'content':'half'}")), event -> {});

        assertThat(decoder.isComplete()).isFalse();
        assertThatThrownBy(() -> decoder.end(event -> {}))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessage("the stream ended without a finish_reason");
    }

    @Test
    void aFinishReasonAndTheEndOfTheBytesAreComplete() {
        assertThat(fold(decode(OPENAI, delta("{'content':'x'}"), finish("stop")))
                        .text())
                .isEqualTo("x");
    }

    @Test
    void openRoutersDoneWithoutAnyFinishReasonIsCompleteAndTheReasonDerived() {
        ChatResponse calls = fold(decode(
                OPENAI,
                call("{'index':0,'id':'call_1','type':'function','function':{'name':'f','arguments':'{}'}}"),
                DONE));
        ChatResponse text = fold(decode(OPENAI, delta("{'content':'x'}"), DONE));

        assertThat(calls.first().stopReason()).isEqualTo(StopReason.TOOL_USE);
        assertThat(text.first().stopReason()).isEqualTo(StopReason.END_TURN);
    }

    @Test
    void doneWithoutAnAnswerIsNoAnswer() {
        assertThatThrownBy(() -> decode(OPENAI, DONE)).isInstanceOf(MalformedAnswerException.class);
        assertThatThrownBy(() -> decode(OPENAI, delta("{'role':'assistant','content':''}"), DONE))
                .isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void whatFollowsDoneIsNotRead() {
        EventDecoder decoder = CODEC.eventDecoder(OPENAI);
        List<ChatEvent> events = new ArrayList<>();
        for (String frame : List.of(delta("{'content':'x'}"), finish("stop"), DONE, "garbage")) {
            decoder.decode(SseEvent.of(null, frame), events::add);
        }

        assertThat(decoder.isComplete()).isTrue();
        assertThat(events.getLast()).isInstanceOf(ChatEvent.Finished.class);
    }

    @Test
    void anEmptyAnswerOfARoleAndAStopIsAnAnswer() {
        ChatResponse answer = fold(decode(OPENAI, delta("{'role':'assistant'}"), finish("stop"), DONE));

        assertThat(answer.first().content()).isEmpty();
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.END_TURN);
    }

    @Test
    void stopAfterAToolCallMeansToolUseAndTheClientIsToldSo() {
        List<ChatEvent> events = decode(
                OPENAI,
                call("{'index':0,'id':'call_1','type':'function','function':{'name':'f','arguments':'{}'}}"),
                finish("stop"),
                DONE);

        assertThat(fold(events).first().stopReason()).isEqualTo(StopReason.TOOL_USE);
        assertThat(Streams.encode(user(), null, events)).contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void lengthAfterAToolCallStaysLength() {
        List<ChatEvent> events = decode(
                OPENAI,
                call("{'index':0,'id':'call_1','type':'function','function':{'name':'f','arguments':'{'}}"),
                finish("length"),
                DONE);

        assertThat(fold(events).first().stopReason()).isEqualTo(StopReason.MAX_TOKENS);
    }

    @Test
    void aCallWithoutArgumentsHasAnEmptyObject() {
        ChatResponse answer = fold(decode(
                OPENAI,
                call("{'index':0,'id':'call_1','type':'function','function':{'name':'f','arguments':''}}"),
                finish("tool_calls"),
                DONE));

        assertThat(answer.toolCalls()).containsExactly(new Content.ToolCall("call_1", "f", "{}"));
    }

    @Test
    void interleavedCallsFindTheirArgumentsAndIndexesNeedNotStartAtZero() {
        List<ChatEvent> events = decode(
                OPENAI,
                call("{'index':1,'id':'a','type':'function','function':{'name':'f','arguments':''}}"),
                call("{'index':4,'id':'b','type':'function','function':{'name':'g','arguments':'{'}}"),
                call("{'index':1,'function':{'arguments':'{}'}}"),
                call("{'index':4,'function':{'arguments':'}'}}"),
                finish("tool_calls"),
                DONE);

        EventSequence.check(events);
        assertThat(fold(events).toolCalls())
                .containsExactly(new Content.ToolCall("a", "f", "{}"), new Content.ToolCall("b", "g", "{}"));
    }

    @Test
    void argumentsThatComeBeforeTheNameAreHeldBack() {
        List<ChatEvent> events = decode(
                OPENAI,
                call("{'index':0,'id':'a','type':'function','function':{'arguments':'{\\u0022x\\u0022:'}}"),
                call("{'index':0,'function':{'name':'f','arguments':'1}'}}"),
                finish("tool_calls"),
                DONE);

        assertThat(fold(events).toolCalls()).containsExactly(new Content.ToolCall("a", "f", "{\"x\":1}"));
        assertThat(events).noneMatch(ChatEvent.Vendor.class::isInstance);
        assertThat(Streams.encode(user(), null, events).split("1\\}", -1)).hasSize(2);
    }

    @Test
    void kimisConstantIdsAreReplacedAndDuplicatesMadeUnique() {
        List<Content.ToolCall> calls = fold(decode(
                        OPENAI,
                        call("{'index':0,'id':'0','type':'function','function':{'name':'f','arguments':'{}'}}"),
                        call("{'index':1,'id':'same','type':'function','function':{'name':'g','arguments':'{}'}}"),
                        call("{'index':2,'id':'same','type':'function','function':{'name':'h','arguments':'{}'}}"),
                        DONE))
                .toolCalls();

        assertThat(calls)
                .extracting(Content.ToolCall::id)
                .doesNotHaveDuplicates()
                .doesNotContain("0")
                .contains("same");
    }

    @Test
    void googleSendsWholeCallsWithoutIndexAndIdInOneFrameWithReasonAndUsage() {
        String frame =
                "{'choices':[{'delta':{'role':'assistant','tool_calls':[{'function':{'arguments':'{\\u0022a\\u0022:1}','name':'f'},'id':'','type':'function'},{'function':{'arguments':'{}','name':'g'},'id':'','type':'function'}]},'finish_reason':'stop','index':0}],'created':1,'model':'gemini','object':'chat.completion.chunk','usage':{'completion_tokens':3,'prompt_tokens':18,'total_tokens':671}}"
                        .replace('\'', '"');
        List<ChatEvent> events = decode(GOOGLE, frame, DONE);
        ChatResponse answer = fold(events);

        assertThat(answer.toolCalls()).extracting(Content.ToolCall::name).containsExactly("f", "g");
        assertThat(answer.toolCalls())
                .extracting(Content.ToolCall::id)
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.TOOL_USE);
        assertThat(answer.usage()).isEqualTo(new Usage(18, 0, 0, 0, 653, 650));
        assertThat(events).allSatisfy(event -> assertThat(event.wire().form()).isNull());
    }

    @Test
    void googlesIndexZeroForEveryCallDoesNotMixThemUp() {
        List<ChatEvent> events = decode(
                GOOGLE,
                call("{'index':0,'id':'function-call-1','type':'function','function':{'name':'f','arguments':'{}'}}"),
                call("{'index':0,'id':'function-call-2','type':'function','function':{'name':'g','arguments':'{}'}}"),
                finish("stop"),
                DONE);

        assertThat(fold(events).toolCalls()).extracting(Content.ToolCall::name).containsExactly("f", "g");
        String shown = Streams.encode(user(), null, events);
        assertThat(shown).contains("\"index\":1,\"id\":\"function-call-2\"");
    }

    @Test
    void googlesSignatureIsAttachedAndPackedIntoTheIdThatTheClientSees() {
        List<ChatEvent> events = decode(
                GOOGLE,
                call(
                        "{'index':0,'id':'fc1','type':'function','function':{'name':'f','arguments':'{}'},'extra_content':{'google':{'thought_signature':'sig'}}}"),
                finish("stop"),
                DONE);

        assertThat(fold(events).toolCalls().getFirst().token())
                .isEqualTo(new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, "sig", null));
        assertThat(Streams.encode(user(), null, events))
                .contains("\"id\":\"fc1__ts_c2ln\"")
                .doesNotContain("thought_signature");
    }

    @Test
    void thoughtTagsMayBeCutAnywhere() {
        String content = "<thought>why</thought>answer <b>";
        for (int cut = 1; cut < content.length(); cut++) {
            List<ChatEvent> events = decode(
                    GOOGLE,
                    delta("{'content':'" + content.substring(0, cut) + "'}"),
                    delta("{'content':'" + content.substring(cut) + "'}"),
                    finish("stop"),
                    DONE);

            assertThat(fold(events).first().content())
                    .as("cut at %d", cut)
                    .containsExactly(new Content.Reasoning("why", null, Extras.NONE), new Content.Text("answer <b>"));
            assertThat(Streams.encode(user(), null, events)).doesNotContain("thought>");
        }
    }

    @Test
    void textThatOnlyLooksLikeAThoughtTagIsText() {
        assertThat(fold(decode(GOOGLE, delta("{'content':'<tho'}"), delta("{'content':'rn>'}"), finish("stop"), DONE))
                        .text())
                .isEqualTo("<thorn>");
        assertThat(fold(decode(GOOGLE, delta("{'content':'<tho'}"), finish("stop"), DONE))
                        .text())
                .isEqualTo("<tho");
        assertThat(fold(decode(OPENAI, delta("{'content':'<thought>x</thought>'}"), finish("stop"), DONE))
                        .text())
                .isEqualTo("<thought>x</thought>");
    }

    @Test
    void severalChoicesMayInterleave() {
        ChatResponse answer = fold(decode(
                OPENAI,
                chunk("{'index':1,'delta':{'content':'b'}}"),
                chunk("{'index':0,'delta':{'content':'a'}},{'index':1,'delta':{'content':'B'}}"),
                chunk("{'index':1,'delta':{},'finish_reason':'length'}"),
                chunk("{'index':0,'delta':{},'finish_reason':'stop'}"),
                DONE));

        assertThat(answer.choices())
                .extracting(choice -> choice.content().getFirst())
                .containsExactly(new Content.Text("a"), new Content.Text("bB"));
        assertThat(answer.choices())
                .extracting(Choice::stopReason)
                .containsExactly(StopReason.END_TURN, StopReason.MAX_TOKENS);
    }

    @Test
    void oneFrameWithReasoningTextAndUsageGivesEventsInThatOrder() {
        List<ChatEvent> events = decode(
                OPENAI,
                "{'id':'c','model':'m','choices':[{'index':0,'delta':{'reasoning_content':'r','content':'t'},'finish_reason':'stop'}],'usage':{'prompt_tokens':1,'completion_tokens':2,'total_tokens':3}}"
                        .replace('\'', '"'),
                DONE);

        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "Started",
                        "PartStarted",
                        "ReasoningDelta",
                        "PartEnded",
                        "PartStarted",
                        "TextDelta",
                        "PartEnded",
                        "Finished",
                        "UsageReported");
        assertThat(events).allSatisfy(event -> assertThat(event.wire().form()).isNull());
        EventSequence.check(events);
    }

    @Test
    void theEventsOfOneFrameKnowHowManyTheyAre() {
        List<ChatEvent> events = decode(
                OPENAI,
                "{'id':'c','model':'m','choices':[{'index':0,'delta':{'content':'t'},'finish_reason':'stop'}]}"
                        .replace('\'', '"'),
                DONE);

        assertThat(events)
                .hasSize(5)
                .allSatisfy(event -> assertThat(event.wire().form().size()).isEqualTo(5));
    }

    @Test
    void aRefusalThatEndsWithStopIsARefusal() {
        ChatResponse answer = fold(decode(OPENAI, delta("{'refusal':'no'}"), finish("stop"), DONE));

        assertThat(answer.first().content()).containsExactly(new Content.Refusal("no"));
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.REFUSAL);
        assertThat(fold(decode(OPENAI, delta("{'content':'x'}"), finish("content_filter"), DONE))
                        .first()
                        .stopReason())
                .isEqualTo(StopReason.REFUSAL);
    }

    @Test
    void vllmTellsTheStopTextThatWasHit() {
        ChatResponse answer = fold(decode(
                OPENAI,
                delta("{'content':'x'}"),
                chunk("{'index':0,'delta':{},'finish_reason':'stop','stop_reason':'END'}"),
                DONE));

        assertThat(answer.first().stopReason()).isEqualTo(StopReason.STOP_SEQUENCE);
        assertThat(answer.first().stopSequence()).isEqualTo("END");
    }

    @Test
    void aLegacyFunctionCallIsAToolCall() {
        ChatResponse answer = fold(decode(
                OPENAI,
                delta("{'function_call':{'name':'f','arguments':'{'}}"),
                delta("{'function_call':{'arguments':'}'}}"),
                finish("function_call"),
                DONE));

        assertThat(answer.toolCalls()).hasSize(1);
        assertThat(answer.toolCalls().getFirst().arguments()).isEqualTo("{}");
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.TOOL_USE);
    }

    @Test
    void aCustomToolsInputIsFreeText() {
        ChatResponse answer = fold(decode(
                OPENAI,
                call("{'index':0,'id':'a','type':'custom','custom':{'name':'patch','input':''}}"),
                call("{'index':0,'custom':{'input':'*** Begin'}}"),
                finish("tool_calls"),
                DONE));

        assertThat(answer.toolCalls().getFirst().arguments()).isEqualTo("*** Begin");
        assertThat(FreeTextCalls.isMarked(answer.toolCalls().getFirst())).isTrue();
    }

    @Test
    void vllmsErrorFrameIsAnError() {
        WireError error = catchThrowableOfType(
                        ProviderStreamException.class,
                        () -> decode(
                                OPENAI,
                                delta("{'content':'x'}"),
                                "{\"error\":{\"message\":\"maximum context length is 10\",\"type\":\"BadRequestError\",\"code\":400}}",
                                DONE))
                .error();

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.kind()).isEqualTo(WireError.Kind.CONTEXT_WINDOW);
    }

    @Test
    void openRoutersErrorInsideAChunkIsAnError() {
        WireError error = catchThrowableOfType(
                        ProviderStreamException.class,
                        () -> decode(
                                OPENAI,
                                delta("{'content':'x'}"),
                                "{'id':'c','choices':[{'index':0,'delta':{'content':''},'finish_reason':'error'}],'error':{'code':502,'message':'Provider disconnected'}}"
                                        .replace('\'', '"')))
                .error();

        assertThat(error.status()).isEqualTo(502);
        assertThat(error.message()).isEqualTo("Provider disconnected");
    }

    @Test
    void framesThatAreNoChunksFail() {
        assertThatThrownBy(() -> decode(OPENAI, "[1]")).isInstanceOf(MalformedAnswerException.class);
        assertThatThrownBy(() -> decode(OPENAI, "{broken")).isInstanceOf(MalformedAnswerException.class);
        assertThatThrownBy(() -> decode(OPENAI, chunk("{'index':-1,'delta':{}}")))
                .isInstanceOf(MalformedAnswerException.class);
    }

    private static ChatRequest user() {
        return Streams.request("{'model':'m','stream':true,'messages':[{'role':'user','content':'x'}]}");
    }
}
