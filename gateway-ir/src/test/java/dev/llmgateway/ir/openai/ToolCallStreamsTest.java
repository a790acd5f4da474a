package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.GOOGLE;
import static dev.llmgateway.ir.openai.Streams.OPENAI;
import static dev.llmgateway.ir.openai.Streams.chunk;
import static dev.llmgateway.ir.openai.Streams.decode;
import static dev.llmgateway.ir.openai.Streams.delta;
import static dev.llmgateway.ir.openai.Streams.finish;
import static dev.llmgateway.ir.openai.Streams.fold;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.sse.SseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pieces of tool calls that come late, out of order, or with nothing in them. */
class ToolCallStreamsTest {

    private static final String DONE = "[DONE]";
    private static final ChatRequest USER = Streams.request("{'model':'m','messages':[{'role':'user','content':'x'}]}");
    private static final OpaqueToken SIGNATURE =
            new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, "sig", null);

    private static String call(String call) {
        return delta("{'tool_calls':[" + call + "]}");
    }

    private static String anthropic(List<ChatEvent> events) {
        EventEncoder encoder = new AnthropicMessagesCodec().eventEncoder(USER);
        SseBuffer out = new SseBuffer();
        events.forEach(event -> encoder.encode(event, out));
        encoder.finish(out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void anIdThatOnlyComesInTheSecondChunkIsTheOneThatClientsSee() {
        List<ChatEvent> events = decode(
                OPENAI,
                call("{'index':0,'type':'function','function':{'name':'f','arguments':'{'}}"),
                call("{'index':0,'id':'call_late','function':{'arguments':'}'}}"),
                finish("tool_calls"),
                DONE);

        assertThat(fold(events).toolCalls()).containsExactly(new Content.ToolCall("call_late", "f", "{}"));
        assertThat(Streams.encode(USER, null, events)).containsOnlyOnce("\"id\":\"call_late\"");
        assertThat(anthropic(events)).containsOnlyOnce("\"id\":\"call_late\"");
    }

    @Test
    void anIdThatComesAloneAndWithoutAnIndexBelongsToTheCallBefore() {
        List<ChatEvent> events = decode(
                OPENAI,
                call("{'function':{'name':'f','arguments':''}}"),
                call("{'id':'call_late'}"),
                call("{'function':{'arguments':'{}'}}"),
                finish("tool_calls"),
                DONE);

        assertThat(fold(events).toolCalls()).containsExactly(new Content.ToolCall("call_late", "f", "{}"));
    }

    @Test
    void aCallThatWaitsForItsIdIsNotOvertakenByTheNext() {
        List<ChatEvent> events = decode(
                OPENAI,
                call("{'index':0,'type':'function','function':{'name':'f','arguments':'{'}}"),
                call("{'index':1,'id':'b','type':'function','function':{'name':'g','arguments':'{}'}}"),
                call("{'index':0,'id':'a','function':{'arguments':'}'}}"),
                finish("tool_calls"),
                DONE);

        assertThat(fold(events).toolCalls())
                .containsExactly(new Content.ToolCall("a", "f", "{}"), new Content.ToolCall("b", "g", "{}"));
    }

    @Test
    void aCallThatNeverGetsAnIdIsGivenOneAtTheEnd() {
        List<ChatEvent> events = decode(
                OPENAI,
                call("{'index':0,'function':{'name':'f','arguments':'{\\\"a\\\":'}}"),
                call("{'index':0,'function':{'arguments':'1}'}}"),
                finish("tool_calls"),
                DONE);

        Content.ToolCall call = fold(events).toolCalls().getFirst();
        assertThat(call.id()).startsWith("call_");
        assertThat(call.arguments()).isEqualTo("{\"a\":1}");
        assertThat(Streams.encode(USER, null, events)).containsOnlyOnce(call.id());
    }

    @Test
    void aSignatureBehindTheFirstArgumentsStillTravelsInTheId() {
        List<ChatEvent> events = decode(
                GOOGLE,
                call("{'index':0,'id':'fc1','type':'function','function':{'name':'f','arguments':'{'}}"),
                call("{'index':0,'function':{'arguments':'}'},'extra_content':{'google':{'thought_signature':'sig'}}}"),
                finish("tool_calls"),
                DONE);

        assertThat(fold(events).toolCalls().getFirst().token()).isEqualTo(SIGNATURE);
        assertThat(Streams.encode(USER, null, events)).containsOnlyOnce("\"id\":\"fc1__ts_c2ln\"");
        assertThat(anthropic(events)).containsOnlyOnce("\"id\":\"fc1__ts_c2ln\"");
    }

    @Test
    void aSignatureOfTheMessageBehindTheCallStillTravelsInTheId() {
        List<ChatEvent> events = decode(
                GOOGLE,
                call("{'index':0,'id':'fc1','type':'function','function':{'name':'f','arguments':'{}'}}"),
                delta("{'extra_content':{'google':{'thought_signature':'sig'}}}"),
                finish("stop"),
                DONE);

        assertThat(fold(events).toolCalls().getFirst().token()).isEqualTo(SIGNATURE);
        assertThat(Streams.encode(USER, null, events)).contains("\"id\":\"fc1__ts_c2ln\"");
    }

    @Test
    void googlesCallWithoutASignatureIsNotLost() {
        List<ChatEvent> events = decode(
                GOOGLE,
                call("{'index':0,'id':'fc1','type':'function','function':{'name':'f','arguments':'{}'}}"),
                delta("{'content':'text'}"),
                finish("stop"),
                DONE);

        assertThat(fold(events).toolCalls()).containsExactly(new Content.ToolCall("fc1", "f", "{}"));
        assertThat(Streams.encode(USER, null, events))
                .containsOnlyOnce("\"name\":\"f\"")
                .contains("text");
    }

    @Test
    void emptyDeltasSayNothing() {
        List<ChatEvent> events = decode(
                OPENAI,
                delta("{'role':'assistant','content':''}"),
                delta("{}"),
                chunk("{'index':0,'delta':null,'finish_reason':null}"),
                delta("{'content':null,'tool_calls':null,'refusal':null,'reasoning_content':''}"),
                delta("{'tool_calls':[]}"),
                delta("{'content':'a'}"),
                delta("{'content':''}"),
                delta("{'content':'b'}"),
                finish("stop"),
                DONE);

        assertThat(fold(events).first().content()).containsExactly(new Content.Text("ab"));
        assertThat(anthropic(events)).containsOnlyOnce("content_block_start\",\"index\"");
    }

    @Test
    void textBetweenTheArgumentsOfACallMixesUpNeither() {
        List<ChatEvent> events = decode(
                OPENAI,
                call("{'index':0,'id':'a','type':'function','function':{'name':'f','arguments':'{'}}"),
                delta("{'content':'meanwhile'}"),
                call("{'index':1,'id':'b','type':'function','function':{'name':'g','arguments':''}}"),
                call("{'index':0,'function':{'arguments':'}'}}"),
                call("{'index':1,'function':{'arguments':'{}'}}"),
                finish("tool_calls"),
                DONE);

        assertThat(fold(events).toolCalls())
                .containsExactly(new Content.ToolCall("a", "f", "{}"), new Content.ToolCall("b", "g", "{}"));
        assertThat(fold(events).text()).isEqualTo("meanwhile");
        String shown = anthropic(events);
        assertThat(shown.indexOf("\"id\":\"a\"")).isLessThan(shown.indexOf("meanwhile"));
        assertThat(shown.indexOf("meanwhile")).isLessThan(shown.indexOf("\"id\":\"b\""));
    }
}
