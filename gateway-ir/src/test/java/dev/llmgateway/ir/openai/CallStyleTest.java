package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.CODEC;
import static dev.llmgateway.ir.openai.Streams.OPENAI;
import static dev.llmgateway.ir.openai.Streams.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients read tool calls in the form in which they offered the tools. */
class CallStyleTest {

    private static final ChatRequest LEGACY = request(
            "{'model':'m','functions':[{'name':'f'},{'name':'g'}]," + "'messages':[{'role':'user','content':'x'}]}");

    private static final ChatRequest FREE_TEXT =
            request("{'model':'m','tools':[{'type':'custom','custom':{'name':'patch'}},"
                    + "{'type':'function','function':{'name':'f'}}],'messages':[{'role':'user','content':'x'}]}");

    private static final Content CALL = new Content.ToolCall("c1", "f", "{\"a\":1}");
    private static final Content SECOND = new Content.ToolCall("c2", "g", "{}");

    private static ChatResponse answer(Content... parts) {
        return new ChatResponse("id", "m", List.of(parts), StopReason.TOOL_USE, null);
    }

    private static JsonNode choice(ChatResponse answer, ChatRequest request) {
        return Json.parse(CODEC.encodeResponse(answer, request)).get("choices").get(0);
    }

    private static String streamed(ChatResponse answer, ChatRequest request) {
        return Streams.encode(request, null, ResponseUnfolder.unfold(answer));
    }

    @Test
    void aClientOfLegacyFunctionsReadsOneFunctionCall() {
        JsonNode choice = choice(answer(CALL, SECOND), LEGACY);

        assertThat(choice.get("message").get("function_call"))
                .isEqualTo(Streams.json("{'name':'f','arguments':'{\\\"a\\\":1}'}"));
        assertThat(choice.get("message").has("tool_calls")).isFalse();
        assertThat(choice.get("finish_reason").stringValue()).isEqualTo("function_call");
    }

    @Test
    void aClientOfLegacyFunctionsReadsItInAStreamToo() {
        String stream = streamed(answer(CALL, SECOND), LEGACY);

        assertThat(stream)
                .contains("\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}")
                .contains("\"function_call\":{\"arguments\":\"{\\\"a\\\":1}\"}")
                .contains("\"finish_reason\":\"function_call\"")
                .doesNotContain("tool_calls", "\"g\"");
    }

    @Test
    void theProvidersOwnToolCallsAreNotPassedOnToAClientOfLegacyFunctions() {
        byte[] body = ("{'id':'a','model':'m','choices':[{'index':0,'finish_reason':'tool_calls','message':"
                        + "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',"
                        + "'function':{'name':'f','arguments':'{}'}}]}}]}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        assertThat(choice(CODEC.decodeResponse(body, OPENAI), LEGACY)
                        .get("message")
                        .has("function_call"))
                .isTrue();
        List<ChatEvent> events = Streams.decode(
                OPENAI,
                Streams.delta(
                        "{'tool_calls':[{'index':0,'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]}"),
                Streams.finish("tool_calls"),
                "[DONE]");
        assertThat(Streams.encode(LEGACY, null, events))
                .contains("function_call")
                .doesNotContain("tool_calls");
    }

    @Test
    void legacyFunctionsAskTheProviderForOneCallAtMostAndAreNotSentUnderTheOldName() {
        JsonNode sent = Json.parse(CODEC.encodeRequest(LEGACY, OPENAI).body());

        assertThat(sent.get("parallel_tool_calls").booleanValue()).isFalse();
        assertThat(sent.has("functions")).isFalse();
        assertThat(sent.get("tools")).hasSize(2);
    }

    @Test
    void aCallOfACustomToolComesBackAsOneFromAProviderThatOnlyHasFunctions() {
        ChatResponse answer = answer(new Content.ToolCall("c1", "patch", "{\"raw_arguments\":\"a \\\"b\\\"\"}"), CALL);
        JsonNode calls = choice(answer, FREE_TEXT).get("message").get("tool_calls");

        assertThat(calls.get(0))
                .isEqualTo(Streams.json("{'id':'c1','type':'custom','custom':{'name':'patch','input':'a \\\"b\\\"'}}"));
        assertThat(calls.get(1).get("type").stringValue()).isEqualTo("function");
    }

    @Test
    void aCustomToolsTextIsUnwrappedInAStreamHoweverItIsCut() {
        String arguments = "{\"raw_arguments\":\"a b\"}";
        List<ChatEvent> whole = ResponseUnfolder.unfold(answer(new Content.ToolCall("c1", "patch", "")));
        for (int cut = 1; cut < arguments.length(); cut++) {
            int at = cut;
            List<ChatEvent> events = whole.stream()
                    .flatMap(event -> event instanceof ChatEvent.PartStarted start
                            ? Stream.of(
                                    start,
                                    fragment(start, arguments.substring(0, at)),
                                    fragment(start, arguments.substring(at)))
                            : Stream.of(event))
                    .toList();
            String stream = Streams.encode(FREE_TEXT, null, events);
            assertThat(stream)
                    .contains("\"type\":\"custom\",\"custom\":{\"name\":\"patch\",\"input\":\"\"}")
                    .contains("\"custom\":{\"input\":\"a b\"}")
                    .doesNotContain("raw_arguments");
        }
    }

    private static ChatEvent fragment(ChatEvent.PartStarted start, String text) {
        return new ChatEvent.ArgumentsDelta(start.choice(), start.part(), text, Wire.NONE);
    }

    @Test
    void aCustomToolsCallIsWrittenAnewAndTheCallBesideItKeepsItsChunks() {
        String begin = "{'index':4,'id':'c2','type':'function','function':{'name':'f','arguments':''}}";
        List<String> ofFunction = List.of(
                Streams.delta("{'tool_calls':[" + begin + "]}"),
                Streams.delta("{'tool_calls':[{'index':4,'function':{'arguments':'{}'}}]}"));
        List<ChatEvent> events = Streams.decode(
                OPENAI,
                Streams.delta(
                        "{'tool_calls':[{'index':3,'id':'c1','type':'function','function':{'name':'patch','arguments':''}}]}"),
                ofFunction.get(0),
                Streams.delta("{'tool_calls':[{'index':3,'function':{'arguments':'{\\'raw_arg'}}]}"),
                Streams.delta("{'tool_calls':[{'index':3,'function':{'arguments':'uments\\':\\'a b\\'}'}}]}"),
                Streams.delta("{'tool_calls':[{'index':3,'function':{'arguments':''}}]}"),
                ofFunction.get(1),
                Streams.finish("tool_calls"),
                "[DONE]");

        String stream = Streams.encode(FREE_TEXT, null, events);

        assertThat(stream)
                .containsSubsequence(
                        "{\"index\":3,\"id\":\"c1\",\"type\":\"custom\",\"custom\":{\"name\":\"patch\",\"input\":\"\"}}",
                        ofFunction.get(0),
                        ofFunction.get(1),
                        "{\"index\":3,\"custom\":{\"input\":\"a b\"}}",
                        Streams.finish("tool_calls"))
                .doesNotContain("raw_arg", "{\"index\":3,\"function\"");
    }

    @Test
    void aCustomToolsInputThatIsNotWrappedIsTheText() {
        assertThat(streamed(answer(new Content.ToolCall("c1", "patch", "{\"other\":1}")), FREE_TEXT))
                .contains("\"input\":\"{\\\"other\\\":1}\"");
    }

    @Test
    void theTextOfACustomToolGoesToAnthropicAndBackUnchanged() {
        ChatRequest replay = request(
                "{'model':'m','tools':[{'type':'custom','custom':{'name':'patch'}}],'messages':["
                        + "{'role':'user','content':'x'},{'role':'assistant','tool_calls':[{'id':'c1','type':'custom',"
                        + "'custom':{'name':'patch','input':'free text'}}]},{'role':'tool','tool_call_id':'c1','content':'ok'}]}");
        Target claude = new Target("anthropic", "claude", ModelTraits.anthropic());
        JsonNode sent = Json.parse(
                new AnthropicMessagesCodec().encodeRequest(replay, claude).body());
        JsonNode input = sent.at("/messages/1/content/0/input");

        assertThat(input).isEqualTo(Streams.json("{'raw_arguments':'free text'}"));
        ChatResponse back = answer(new Content.ToolCall("c2", "patch", Json.writeString(input)));
        assertThat(choice(back, replay).at("/message/tool_calls/0/custom/input").stringValue())
                .isEqualTo("free text");
    }
}
