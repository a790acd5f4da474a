package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Streams that are written from canonical events. */
class StreamEncoderTest {

    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();

    private static final ChatRequest REQUEST = request("{'model':'m','input':'x'}");

    private final List<ChatEvent> events = new ArrayList<>();
    private ChatRequest request = REQUEST;

    private static ChatRequest request(String singleQuoted) {
        return CODEC.decodeRequest(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(String singleQuoted) {
        return Json.parse(singleQuoted.replace('\'', '"'));
    }

    private StreamEncoderTest start() {
        return add(new ChatEvent.Started("resp_1", "gpt", 7, null, null, Wire.NONE));
    }

    private StreamEncoderTest add(ChatEvent event) {
        events.add(event);
        return this;
    }

    private StreamEncoderTest begin(int part, Content content) {
        return add(new ChatEvent.PartStarted(0, part, content, Wire.NONE));
    }

    private StreamEncoderTest text(int part, String... deltas) {
        begin(part, new Content.Text(""));
        for (String delta : deltas) {
            add(new ChatEvent.TextDelta(0, part, delta, Wire.NONE));
        }
        return end(part);
    }

    private StreamEncoderTest call(int part, Content.ToolCall call, String... deltas) {
        begin(part, call);
        for (String delta : deltas) {
            add(new ChatEvent.ArgumentsDelta(0, part, delta, Wire.NONE));
        }
        return end(part);
    }

    private StreamEncoderTest end(int part) {
        return add(new ChatEvent.PartEnded(0, part, Wire.NONE));
    }

    private byte[] finish(StopReason reason) {
        add(new ChatEvent.Finished(0, reason, null, Extras.NONE, Wire.NONE));
        return written(null);
    }

    private byte[] written(@Nullable WireError failure) {
        EventEncoder encoder = CODEC.eventEncoder(request);
        SseBuffer out = new SseBuffer();
        events.forEach(event -> encoder.encode(event, out));
        if (failure == null) {
            encoder.finish(out);
        } else {
            encoder.fail(failure, out);
        }
        encoder.finish(out);
        encoder.keepAlive(out);
        return out.toByteArray();
    }

    private static List<String> types(byte[] stream) {
        return StreamRules.frames(stream).stream()
                .map(frame -> frame.path("type").asString())
                .toList();
    }

    private static JsonNode item(byte[] stream, int index) {
        return StreamRules.check(stream).path("output").get(index);
    }

    @Test
    void textsThatFollowEachOtherAreOneMessage() {
        byte[] stream = start().text(0, "Hel", "", "lo")
                .text(1, "!")
                .add(new ChatEvent.UsageReported(new Usage(5, 3, 2, 0, 4, 1), Wire.NONE))
                .finish(StopReason.END_TURN);

        assertThat(types(stream))
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        JsonNode response = StreamRules.check(stream);
        assertThat(response.path("id").asString()).isEqualTo("resp_1");
        assertThat(response.path("created_at").asInt()).isEqualTo(7);
        assertThat(response.path("model").asString()).isEqualTo("gpt");
        assertThat(response.path("usage"))
                .isEqualTo(json("{'input_tokens':10,'input_tokens_details':{'cached_tokens':3,'cache_write_tokens':2},"
                        + "'output_tokens':4,'output_tokens_details':{'reasoning_tokens':1},'total_tokens':14}"));
        assertThat(response.path("output").get(0).path("content"))
                .isEqualTo(json("[{'type':'output_text','text':'Hello','annotations':[],'logprobs':[]},"
                        + "{'type':'output_text','text':'!','annotations':[],'logprobs':[]}]"));
    }

    @Test
    void whatAProviderDoesNotCountIsGuessed() {
        request = request("{'model':'m','input':'What is the weather like in Paris today?'}");
        JsonNode usage = StreamRules.check(start().text(0, "Sunny and warm.").finish(StopReason.END_TURN))
                .path("usage");

        assertThat(usage.path("input_tokens").asInt()).isBetween(8, 30);
        assertThat(usage.path("output_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void whatSaysNothingIsNoItem() {
        byte[] stream = start().text(0)
                .text(1, "")
                .begin(2, new Content.Reasoning("", null, Extras.NONE))
                .end(2)
                .finish(StopReason.END_TURN);

        assertThat(StreamRules.check(stream).path("output")).isEmpty();
    }

    @Test
    void aCallIsAnItemWithItsArguments() {
        byte[] stream = start().text(0, "On it.")
                .call(1, new Content.ToolCall("c1", "f", ""), "{\"a\"", ":1}")
                .call(2, new Content.ToolCall("c2", "g", ""))
                .finish(StopReason.TOOL_USE);

        assertThat(item(stream, 1).path("arguments").asString()).isEqualTo("{\"a\":1}");
        assertThat(item(stream, 1).path("call_id").asString()).isEqualTo("c1");
        assertThat(item(stream, 1).path("id").asString()).startsWith("fc_");
        assertThat(item(stream, 2).path("arguments").asString()).isEqualTo("{}");
        assertThat(StreamRules.check(stream).path("status").asString()).isEqualTo("completed");
    }

    @Test
    void aCallOfACustomToolIsFreeText() {
        request = request("{'model':'m','input':'x','tools':[{'type':'custom','name':'patch'}]}");
        byte[] stream = start().call(
                        0, new Content.ToolCall("c1", "patch", ""), "{\"raw_", "arguments\":\"*** Begin\"}")
                .finish(StopReason.TOOL_USE);

        assertThat(types(stream))
                .containsSubsequence(
                        "response.output_item.added",
                        "response.custom_tool_call_input.delta",
                        "response.custom_tool_call_input.done",
                        "response.output_item.done");
        assertThat(item(stream, 0).path("type").asString()).isEqualTo("custom_tool_call");
        assertThat(item(stream, 0).path("input").asString()).isEqualTo("*** Begin");
        assertThat(item(stream, 0).path("id").asString()).startsWith("ctc_");
    }

    @Test
    void aCallOfANamespacesToolIsShownUnderItsBareName() {
        request = request("{'model':'m','input':'x','tools':[{'type':'namespace','name':'agents','tools':["
                + "{'type':'function','name':'spawn'}]}]}");
        byte[] stream = start().call(0, new Content.ToolCall("c1", "agents__spawn", ""), "{}")
                .finish(StopReason.TOOL_USE);

        assertThat(item(stream, 0).path("namespace").asString()).isEqualTo("agents");
        assertThat(item(stream, 0).path("name").asString()).isEqualTo("spawn");
    }

    @Test
    void aThoughtSignatureRidesInTheCallsId() {
        byte[] stream = start().begin(0, new Content.ToolCall("c1", "f", ""))
                .add(new ChatEvent.TokenAttached(
                        0, 0, new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, "sig", null), Wire.NONE))
                .add(new ChatEvent.ArgumentsDelta(0, 0, "{}", Wire.NONE))
                .end(0)
                .finish(StopReason.TOOL_USE);

        List<JsonNode> frames = StreamRules.frames(stream);
        assertThat(item(stream, 0).path("call_id").asString()).startsWith("c1__ts_");
        assertThat(frames.get(2).path("item").path("call_id").asString()).startsWith("c1__ts_");
    }

    @Test
    void reasoningIsASummaryWithItsSeal() {
        byte[] stream = start().begin(0, new Content.Reasoning("", null, Extras.NONE))
                .add(new ChatEvent.ReasoningDelta(0, 0, "Hm", Wire.NONE))
                .add(new ChatEvent.ReasoningDelta(0, 0, "m.", Wire.NONE))
                .add(new ChatEvent.TokenAttached(
                        0, 0, new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, "sealed", null), Wire.NONE))
                .end(0)
                .text(1, "Yes.")
                .finish(StopReason.END_TURN);

        assertThat(types(stream))
                .containsSubsequence(
                        "response.output_item.added",
                        "response.reasoning_summary_part.added",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.done",
                        "response.reasoning_summary_part.done",
                        "response.output_item.done",
                        "response.output_item.added");
        assertThat(item(stream, 0).path("summary")).isEqualTo(json("[{'type':'summary_text','text':'Hmm.'}]"));
        assertThat(item(stream, 0).path("encrypted_content").asString()).isEqualTo("sealed");
    }

    @Test
    void aSealWithoutTextIsAnItemToo() {
        byte[] stream = start().begin(0, new Content.Reasoning(null, null, Extras.NONE))
                .add(new ChatEvent.TokenAttached(
                        0, 0, new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, "sealed", null), Wire.NONE))
                .end(0)
                .finish(StopReason.END_TURN);

        assertThat(item(stream, 0).path("summary")).isEmpty();
        assertThat(item(stream, 0).path("encrypted_content").asString()).isEqualTo("sealed");
    }

    @Test
    void aRefusalIsAPartOfItsOwn() {
        byte[] stream = start().begin(0, new Content.Refusal(""))
                .add(new ChatEvent.RefusalDelta(0, 0, "No.", Wire.NONE))
                .end(0)
                .finish(StopReason.REFUSAL);

        assertThat(types(stream)).contains("response.refusal.delta", "response.refusal.done", "response.completed");
        assertThat(item(stream, 0).path("content")).isEqualTo(json("[{'type':'refusal','refusal':'No.'}]"));
    }

    @Test
    void partsThatComeAtTheSameTimeAreToldApart() {
        byte[] stream = start().begin(0, new Content.Text(""))
                .add(new ChatEvent.TextDelta(0, 0, "a", Wire.NONE))
                .begin(1, new Content.ToolCall("c1", "f", ""))
                .begin(2, new Content.ToolCall("c2", "f", ""))
                .add(new ChatEvent.ArgumentsDelta(0, 2, "{\"b\"", Wire.NONE))
                .add(new ChatEvent.ArgumentsDelta(0, 1, "{\"a\"", Wire.NONE))
                .add(new ChatEvent.TextDelta(0, 0, "b", Wire.NONE))
                .add(new ChatEvent.ArgumentsDelta(0, 2, ":1}", Wire.NONE))
                .end(2)
                .add(new ChatEvent.ArgumentsDelta(0, 1, ":2}", Wire.NONE))
                .end(0)
                .end(1)
                .finish(StopReason.TOOL_USE);

        assertThat(item(stream, 0).path("content").get(0).path("text").asString())
                .isEqualTo("ab");
        assertThat(item(stream, 1).path("arguments").asString()).isEqualTo("{\"a\":2}");
        assertThat(item(stream, 2).path("arguments").asString()).isEqualTo("{\"b\":1}");
    }

    @Test
    void callsAreToldAsTheyBeginAndTheirArgumentsAsTheyCome() {
        request = request("{'model':'m','input':'x','tools':[{'type':'custom','name':'patch'}]}");
        start().begin(0, new Content.ToolCall("c1", "patch", ""))
                .begin(1, new Content.ToolCall("c2", "f", ""))
                .add(new ChatEvent.ArgumentsDelta(0, 1, "{\"a\"", Wire.NONE))
                .add(new ChatEvent.ArgumentsDelta(0, 0, "{\"raw_arguments\":\"x\"}", Wire.NONE));
        SseBuffer out = new SseBuffer();
        EventEncoder encoder = CODEC.eventEncoder(request);
        events.forEach(event -> encoder.encode(event, out));

        List<JsonNode> frames = StreamRules.frames(out.toByteArray());
        assertThat(frames.stream().skip(2).map(it -> it.path("type").asString()))
                .containsExactly(
                        "response.output_item.added",
                        "response.output_item.added",
                        "response.function_call_arguments.delta");
        assertThat(frames.get(2).at("/item/call_id").asString()).isEqualTo("c1");
        assertThat(frames.get(3).at("/item/call_id").asString()).isEqualTo("c2");
        assertThat(frames.get(4).path("output_index").asInt()).isEqualTo(1);
    }

    @Test
    void itemsAreDoneInTheirOrder() {
        byte[] stream = start().begin(0, new Content.ToolCall("c1", "f", ""))
                .text(1, "meanwhile")
                .call(2, new Content.ToolCall("c2", "f", ""), "{}")
                .add(new ChatEvent.ArgumentsDelta(0, 0, "{}", Wire.NONE))
                .end(0)
                .finish(StopReason.TOOL_USE);

        assertThat(StreamRules.check(stream).path("output").findValuesAsString("call_id"))
                .containsExactly("c1", "c2");
        assertThat(StreamRules.frames(stream).stream()
                        .filter(it -> it.path("type").asString().equals("response.output_item.done"))
                        .map(it -> it.path("output_index").asInt()))
                .containsExactly(0, 1, 2);
    }

    @Test
    void anAnnotationIsToldWithItsText() {
        JsonNode citation = json(
                "{'type':'url_citation','url':'https://example.com','title':'t','start_index':0," + "'end_index':1}");
        byte[] stream = start().begin(0, new Content.Text(""))
                .add(new ChatEvent.TextDelta(0, 0, "a", Wire.NONE))
                .add(new ChatEvent.VendorDelta(0, 0, OPENAI_RESPONSES, citation, Wire.NONE))
                .add(new ChatEvent.VendorDelta(0, 0, ANTHROPIC_MESSAGES, citation, Wire.NONE))
                .end(0)
                .finish(StopReason.END_TURN);

        assertThat(types(stream)).containsOnlyOnce("response.output_text.annotation.added");
        assertThat(item(stream, 0).path("content").get(0).path("annotations").values())
                .containsExactly(citation);
    }

    @Test
    void anItemThatOnlyTheVendorKnowsIsShownWhole() {
        JsonNode search = json("{'id':'ws_1','type':'web_search_call','status':'completed'}");
        byte[] stream = start().begin(0, new Content.Vendor(OPENAI_RESPONSES, search))
                .end(0)
                .begin(1, new Content.Vendor(ANTHROPIC_MESSAGES, json("{'type':'server_tool_use'}")))
                .end(1)
                .text(2, "a")
                .finish(StopReason.END_TURN);

        assertThat(StreamRules.check(stream).path("output")).hasSize(2);
        assertThat(item(stream, 0)).isEqualTo(search);
    }

    @Test
    void anAnswerThatRanOutOfTokensIsIncomplete() {
        byte[] stream = start().text(0, "a").finish(StopReason.MAX_TOKENS);

        JsonNode response = StreamRules.check(stream);
        assertThat(response.path("status").asString()).isEqualTo("incomplete");
        assertThat(response.path("incomplete_details")).isEqualTo(json("{'reason':'max_output_tokens'}"));
    }

    @Test
    void anAnswerThatAFilterStoppedIsIncomplete() {
        byte[] stream = start().text(0, "a").finish(StopReason.REFUSAL);

        assertThat(StreamRules.check(stream).path("incomplete_details")).isEqualTo(json("{'reason':'content_filter'}"));
    }

    @Test
    void aFailureIsToldWithWhatHasCome() {
        start().begin(0, new Content.Text("")).add(new ChatEvent.TextDelta(0, 0, "a", Wire.NONE));
        byte[] stream = written(new WireError(529, WireError.Kind.OVERLOADED, "Busy.", null, null));

        JsonNode response = StreamRules.check(stream);
        assertThat(response.path("status").asString()).isEqualTo("failed");
        assertThat(response.path("error")).isEqualTo(json("{'code':'server_error','message':'Busy.'}"));
        assertThat(response.path("output").get(0).path("status").asString()).isEqualTo("incomplete");
        assertThat(types(stream)).endsWith("response.failed");
    }

    @Test
    void aFailureBeforeTheStartIsToldToo() {
        byte[] stream = written(new WireError(500, WireError.Kind.SERVER, "Sorry.", null, null));

        assertThat(StreamRules.check(stream).path("error").path("code").asString())
                .isEqualTo("server_error");
    }

    @Test
    void theConnectionIsKeptAliveByComments() {
        SseBuffer out = new SseBuffer();
        CODEC.eventEncoder(REQUEST).keepAlive(out);

        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8)).isEqualTo(": keep-alive\n\n");
    }

    @Test
    void theClientFindsItsAliasAgain() {
        request = request("{'model':'fast','input':'x'}");
        byte[] stream = add(new ChatEvent.Started(
                        "r", "gpt", 7, null, new Origin("openai", "gpt", List.of()), Wire.NONE))
                .text(0, "a")
                .finish(StopReason.END_TURN);

        assertThat(StreamRules.check(stream).path("model").asString()).isEqualTo("fast");
    }

    @Test
    void theRequestsSettingsAreRepeated() {
        request = request("""
                {'model':'m','input':'x','temperature':0.5,'top_p':0.25,'max_output_tokens':50,'parallel_tool_calls':false,
                 'tools':[{'type':'function','name':'f','parameters':{'type':'object'},'strict':true},
                 {'type':'namespace','name':'n','description':'d','tools':[{'type':'custom','name':'c'}]},{'type':'web_search'}],
                 'tool_choice':{'type':'function','name':'f'},
                 'reasoning':{'effort':'high','summary':'auto'},'metadata':{'k':'v'},'text':{'verbosity':'low',
                 'format':{'type':'json_schema','name':'n','schema':{'type':'object'},'strict':true}}}""");
        JsonNode response = StreamRules.check(start().text(0, "{}").finish(StopReason.END_TURN));

        assertThat(response.path("tools"))
                .isEqualTo(json("[{'type':'function','name':'f','parameters':{'type':'object'},'strict':true},"
                        + "{'type':'namespace','name':'n','description':'d','tools':[{'type':'custom','name':'c'}]},"
                        + "{'type':'web_search'}]"));
        assertThat(response.path("tool_choice")).isEqualTo(json("{'type':'function','name':'f'}"));
        assertThat(response.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(response.path("top_p").asDouble()).isEqualTo(0.25);
        assertThat(response.path("max_output_tokens").asInt()).isEqualTo(50);
        assertThat(response.path("parallel_tool_calls").asBoolean()).isFalse();
        assertThat(response.path("reasoning")).isEqualTo(json("{'effort':'high','summary':'auto'}"));
        assertThat(response.path("metadata")).isEqualTo(json("{'k':'v'}"));
        assertThat(response.path("text"))
                .isEqualTo(json("{'format':{'type':'json_schema','name':'n','schema':{'type':'object'},'strict':true},"
                        + "'verbosity':'low'}"));
    }

    @Test
    void membersThatOnlyTheVendorKnowsAreKept() {
        start().text(0, "a");
        add(new ChatEvent.Finished(
                0,
                StopReason.END_TURN,
                null,
                Extras.of(OPENAI_RESPONSES, Map.of("service_tier", json("'flex'"), "id", json("'other'"))),
                Wire.NONE));

        JsonNode response = StreamRules.check(written(null));
        assertThat(response.path("service_tier").asString()).isEqualTo("flex");
        assertThat(response.path("id").asString()).isEqualTo("resp_1");
    }
}
