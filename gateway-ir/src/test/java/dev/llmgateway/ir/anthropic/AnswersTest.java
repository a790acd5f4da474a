package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.CODEC;
import static dev.llmgateway.ir.anthropic.TestData.TARGET;
import static dev.llmgateway.ir.anthropic.TestData.body;
import static dev.llmgateway.ir.anthropic.TestData.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.codec.WireError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Complete answers: read from a provider, written for a client. */
class AnswersTest {

    private static final ChatRequest AUTO =
            ChatRequest.builder("auto").user("x").build();

    private static ChatResponse read(String json) {
        return CODEC.decodeResponse(body(json), TARGET);
    }

    private static JsonNode write(Content... parts) {
        return json(CODEC.encodeResponse(
                new ChatResponse("msg_1", "claude", List.of(parts), StopReason.END_TURN, Usage.of(3, 4)), AUTO));
    }

    @Test
    void cacheUsageIsCountedApartFromTheRestOfThePrompt() {
        assertThat(CODEC.decodeResponse(TestData.fixture("anthropic-cache-read.json"), TARGET)
                        .usage())
                .isEqualTo(new Usage(10, 7351, 0, 0, 4, 0));
        assertThat(CODEC.decodeResponse(TestData.fixture("anthropic-cache-write.json"), TARGET)
                        .usage())
                .isEqualTo(new Usage(10, 0, 7351, 0, 4, 0));
        assertThat(read("{'content':[],'usage':{'input_tokens':1,'cache_creation_input_tokens':30,"
                                + "'cache_creation':{'ephemeral_5m_input_tokens':10,'ephemeral_1h_input_tokens':20},"
                                + "'output_tokens':9,'output_tokens_details':{'thinking_tokens':5}}}")
                        .usage())
                .isEqualTo(new Usage(1, 0, 10, 20, 9, 5));
    }

    @Test
    void recordedAnswersSayWhatTheySay() {
        ChatResponse schema = CODEC.decodeResponse(TestData.fixture("anthropic-json-schema.json"), TARGET);
        assertThat(schema.text()).isEqualTo("{\"name\":\"John\",\"age\":30}");
        assertThat(schema.first().stopReason()).isEqualTo(StopReason.END_TURN);
        assertThat(schema.first().extras().of(Dialect.ANTHROPIC_MESSAGES))
                .containsOnlyKeys("usage.service_tier", "usage.inference_geo");
        ChatResponse cut = CODEC.decodeResponse(TestData.fixture("anthropic-max-tokens.json"), TARGET);
        assertThat(cut.text()).isEqualTo("# The Last Song of Vaelthys");
        assertThat(cut.first().stopReason()).isEqualTo(StopReason.MAX_TOKENS);
        assertThat(cut.model()).isEqualTo("claude-sonnet-4-20250514");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic-cache-read.json",
                "anthropic-cache-write.json",
                "anthropic-json-schema.json",
                "anthropic-max-tokens.json"
            })
    void anAnthropicClientGetsTheSameBytesButForTheModel(String name) {
        byte[] body = TestData.fixture(name);
        ChatResponse answer = CODEC.decodeResponse(body, TARGET);
        assertThat(CODEC.encodeResponse(answer, AUTO)).isEqualTo(body);
        ChatResponse collected = TestData.fold(ResponseUnfolder.unfold(answer));
        assertThat(CODEC.encodeResponse(collected, AUTO)).isEqualTo(body);

        ChatResponse routed = new ChatResponse(
                answer.id(),
                answer.model(),
                0,
                answer.choices(),
                answer.usage(),
                new Origin("anthropic", answer.model(), List.of()),
                answer.wire());
        ChatRequest aliased = ChatRequest.builder("fast").user("x").build();
        assertThat(new String(CODEC.encodeResponse(routed, aliased), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(new String(body, java.nio.charset.StandardCharsets.UTF_8)
                        .replace("\"model\":\"" + answer.model() + "\"", "\"model\":\"fast\""));
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn,END_TURN",
        "stop_sequence,STOP_SEQUENCE",
        "max_tokens,MAX_TOKENS",
        "model_context_window_exceeded,CONTEXT_WINDOW_EXCEEDED",
        "tool_use,TOOL_USE",
        "refusal,REFUSAL",
        "pause_turn,PAUSE_TURN"
    })
    void everyStopReasonThereAndBack(String word, StopReason reason) {
        assertThat(read("{'content':[],'stop_reason':'" + word + "'}").first().stopReason())
                .isEqualTo(reason);
        byte[] written = CODEC.encodeResponse(new ChatResponse("i", "m", List.of(), reason, null), AUTO);
        assertThat(json(written).get("stop_reason").stringValue()).isEqualTo(word);
    }

    @Test
    void anEndWithACallWantsTheToolToBeRunButALengthStaysALength() {
        String call = "{'content':[{'type':'tool_use','id':'a','name':'f','input':{}}],'stop_reason':";
        assertThat(read(call + "'end_turn'}").first().stopReason()).isEqualTo(StopReason.TOOL_USE);
        assertThat(read(call + "'end_turn'}").wire().form()).isNull();
        assertThat(read(call + "null}").first().stopReason()).isEqualTo(StopReason.TOOL_USE);
        assertThat(read(call + "'max_tokens'}").first().stopReason()).isEqualTo(StopReason.MAX_TOKENS);
        assertThat(write(new Content.ToolCall("a", "f", "{}"))
                        .get("stop_reason")
                        .stringValue())
                .isEqualTo("tool_use");
    }

    @Test
    void stopDetailsAndNewMembersAreKept() {
        ChatResponse answer = read("{'id':'i','content':[],'stop_reason':'refusal',"
                + "'stop_details':{'category':'cyber'},'container':null,'context_management':{'a':1}}");
        assertThat(answer.first().extras().of(Dialect.ANTHROPIC_MESSAGES))
                .containsOnlyKeys("stop_details", "context_management");
        assertThat(json(CODEC.encodeResponse(answer.withChoices(answer.choices()), AUTO))
                        .get("stop_details"))
                .isEqualTo(json("{'category':'cyber'}"));
    }

    @Test
    void theStructuredAnswerOfAForcedToolIsText() {
        ChatResponse answer = read("{'content':[{'type':'tool_use','id':'a','name':'gateway_structured_answer',"
                + "'input':{'age':3}}],'stop_reason':'tool_use'}");
        assertThat(answer.first().content()).containsExactly(new Content.Text("{\"age\":3}"));
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.END_TURN);
        assertThat(answer.wire().form()).isNull();
    }

    @Test
    void unknownBlocksAreTheVendorsOwn() {
        String block = "{'type':'web_search_tool_result','tool_use_id':'s','content':[]}";
        Content vendor = new Content.Vendor(Dialect.ANTHROPIC_MESSAGES, json(block));
        assertThat(read("{'content':[" + block + "]}").first().content()).containsExactly(vendor);
        assertThat(write(vendor).get("content")).isEqualTo(json("[" + block + "]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "<html>",
                "{'content':'x'}",
                "{'content':[1]}",
                "{'content':[{'type':'text'}]}",
                "{'content':[{'type':'tool_use','id':'','name':'f'}]}",
                "{'content':[],'usage':'many'}"
            })
    void whatIsNoAnswerIsSaidToBeNone(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'error','error':{'type':'overloaded_error','message':'busy'}}",
                "{'error':{'type':'overloaded_error','message':'busy'}}"
            })
    void anErrorInPlaceOfAnAnswerKeepsItsKind(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        ProviderStreamException.class,
                        e -> assertThat(e.error().kind()).isEqualTo(WireError.Kind.OVERLOADED))
                .hasMessage("busy");
    }

    @Test
    void anAnswerHasEveryMemberThatClientsRead() {
        assertThat(write(new Content.Text("hi")))
                .isEqualTo(json("{'id':'msg_1','type':'message','role':'assistant','model':'claude',"
                        + "'content':[{'type':'text','text':'hi'}],'stop_reason':'end_turn','stop_sequence':null,"
                        + "'stop_details':null,'usage':{'input_tokens':3,'cache_creation_input_tokens':0,"
                        + "'cache_read_input_tokens':0,'cache_creation':{'ephemeral_5m_input_tokens':0,"
                        + "'ephemeral_1h_input_tokens':0},'output_tokens':4}}"));
    }

    @Test
    void foreignReasoningIsShownWithItsSealLabelledAsASignature() {
        Content foreign = new Content.Reasoning("hm", null, Extras.NONE);
        Content sealed =
                new Content.Reasoning(null, new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, "x", null), Extras.NONE);
        assertThat(write(foreign, sealed, new Content.Text("")).get("content"))
                .isEqualTo(json("[{'type':'thinking','thinking':'hm','signature':''},"
                        + "{'type':'thinking','thinking':'','signature':'gw1.o..x'}]"));
    }

    @Test
    void aRefusalIsTextAndAStopReason() {
        JsonNode answer = write(new Content.Refusal("I cannot."));
        assertThat(answer.get("content")).isEqualTo(json("[{'type':'text','text':'I cannot.'}]"));
        assertThat(answer.get("stop_reason").stringValue()).isEqualTo("refusal");
    }

    @Test
    void idsAreLegalNeverEmptyAndCarryGeminisSignature() {
        OpaqueToken token = new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, "sig", null);
        JsonNode blocks = write(
                        new Content.ToolCall("a:0", "f", ""),
                        new Content.ToolCall("", "f", "[1]"),
                        new Content.ToolCall("b", "f", "{\"x\": 1}", token, Extras.NONE))
                .get("content");
        assertThat(blocks.get(0).get("id").stringValue()).isEqualTo(ToolCallIds.forAnthropic("a:0"));
        assertThat(blocks.get(0).get("input")).isEqualTo(json("{}"));
        assertThat(blocks.get(1).get("id").stringValue()).isNotEmpty();
        assertThat(blocks.get(1).get("input")).isEqualTo(json("{'raw_arguments':'[1]'}"));
        assertThat(ToolCallIds.signatureOf(blocks.get(2).get("id").stringValue()))
                .isEqualTo(token);
    }

    @Test
    void onlyTheFirstChoiceCanBeShown() {
        ChatResponse two = new ChatResponse(
                "i",
                "m",
                0,
                List.of(
                        new Choice(0, List.of(new Content.Text("one")), StopReason.END_TURN, null, Extras.NONE),
                        new Choice(1, List.of(new Content.Text("two")), StopReason.END_TURN, null, Extras.NONE)),
                null,
                null,
                Wire.NONE);
        assertThat(json(CODEC.encodeResponse(two, AUTO)).get("content"))
                .isEqualTo(json("[{'type':'text','text':'one'}]"));
    }
}
