package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.CODEC;
import static dev.llmgateway.ir.openai.Streams.OPENAI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Anthropic's requests as Chat Completions. */
class TranslatedRequestsTest {

    private static final Target EFFORTS = new Target(
            "p",
            "w",
            ModelTraits.openAi().toBuilder()
                    .efforts(EnumSet.allOf(Effort.class))
                    .build());

    private static final Target MAY_NOT_REASON =
            new Target("p", "w", EFFORTS.traits().toBuilder().mayNotReason(true).build());

    private static ChatRequest anthropic(String json) {
        return new AnthropicMessagesCodec()
                .decodeRequest(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ChatRequest with(String members) {
        return anthropic("{'model':'m','max_tokens':100,'messages':[{'role':'user','content':'hi'}]," + members + "}");
    }

    private static EncodedRequest encode(ChatRequest request) {
        return CODEC.encodeRequest(request, EFFORTS);
    }

    private static JsonNode sent(ChatRequest request) {
        return Json.parse(encode(request).body());
    }

    private static JsonNode messages(String array) {
        return sent(anthropic("{'model':'m','max_tokens':100,'messages':" + array + "}"))
                .get("messages");
    }

    private static final String CALL =
            "{'role':'user','content':'x'},{'role':'assistant','content':[{'type':'tool_use','id':'t1','name':'f','input':{'b':1,'a':2}},{'type':'tool_use','id':'t2','name':'g','input':{}}]},";

    @Test
    void theBillingHeaderIsStrippedAndTheOtherBlocksKeepTheirBounds() {
        JsonNode body = sent(
                with(
                        "'system':[{'type':'text','text':'x-anthropic-billing-header: cc_version=1;'},{'type':'text','text':'a','cache_control':{'type':'ephemeral'}},{'type':'text','text':'b'}]"));

        assertThat(body.get("messages").get(0))
                .isEqualTo(Streams.json(
                        "{'role':'system','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}"));
    }

    @Test
    void resultsOfOneTurnBecomeOneMessageEachAndArgumentsKeepTheirOrder() {
        JsonNode messages = messages(
                "[" + CALL
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':'ok'},{'type':'tool_result','tool_use_id':'t2','content':'bad','is_error':true},{'type':'text','text':'go on'}]}]");

        assertThat(messages.get(1).get("content").isNull()).isTrue();
        assertThat(messages.get(1)
                        .get("tool_calls")
                        .get(0)
                        .get("function")
                        .get("arguments")
                        .asString())
                .isEqualTo("{\"b\":1,\"a\":2}");
        assertThat(messages.get(1)
                        .get("tool_calls")
                        .get(1)
                        .get("function")
                        .get("arguments")
                        .asString())
                .isEqualTo("{}");
        assertThat(messages.get(2)).isEqualTo(Streams.json("{'role':'tool','tool_call_id':'t1','content':'ok'}"));
        assertThat(messages.get(3))
                .isEqualTo(Streams.json("{'role':'tool','tool_call_id':'t2','content':'Error: bad'}"));
        assertThat(messages.get(4)).isEqualTo(Streams.json("{'role':'user','content':'go on'}"));
    }

    @Test
    void imagesInResultsFollowInAUserMessageBehindAllResults() {
        JsonNode messages = messages(
                "[" + CALL
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBO'}}]},{'type':'tool_result','tool_use_id':'t2','content':'ok'}]}]");

        assertThat(messages.size()).isEqualTo(5);
        assertThat(messages.get(2).get("content").asString()).isEqualTo("The result follows in the next message.");
        assertThat(messages.get(3).get("tool_call_id").asString()).isEqualTo("t2");
        assertThat(messages.get(4))
                .isEqualTo(
                        Streams.json(
                                "{'role':'user','content':[{'type':'text','text':'From the result of the tool call t1:'},{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBO'}}]}"));
    }

    @Test
    void whatOnlyAnthropicHasInAResultGoesAsItsText() {
        JsonNode messages = messages(
                "[" + CALL
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':[{'type':'search_result','title':'T'}]},{'type':'tool_result','tool_use_id':'t2'}]}]");

        assertThat(messages.get(2).get("content").asString()).contains("search_result", "\"T\"");
        assertThat(messages.get(3).get("content").asString()).isEmpty();
    }

    @Test
    void documentsBecomeFilesOrText() {
        JsonNode content = messages(
                        "[{'role':'user','content':[{'type':'document','source':{'type':'text','media_type':'text/plain','data':'words'},'title':'T'},{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'JVBE'}}]}]")
                .get(0)
                .get("content");

        assertThat(content.get(0).get("text").asString()).isEqualTo("<document title=\"T\">\nwords\n</document>");
        assertThat(content.get(1))
                .isEqualTo(
                        Streams.json(
                                "{'type':'file','file':{'file_data':'data:application/pdf;base64,JVBE','filename':'document.pdf'}}"));
    }

    @ParameterizedTest
    @CsvSource({"1024,low", "4096,low", "4097,medium", "16384,medium", "24576,high"})
    void aBudgetOfThinkingBecomesAnEffort(int budget, String effort) {
        JsonNode body = sent(with("'thinking':{'type':'enabled','budget_tokens':" + budget + "}"));

        assertThat(body.get("reasoning_effort").asString()).isEqualTo(effort);
    }

    @Test
    void thinkingThatIsTurnedOffIsNoEffort() {
        assertThat(sent(with("'thinking':{'type':'disabled'}"))
                        .get("reasoning_effort")
                        .asString())
                .isEqualTo("none");
        assertThat(CODEC.encodeRequest(with("'thinking':{'type':'disabled'}"), OPENAI)
                        .dropped())
                .isEmpty();
        assertThat(CODEC.encodeRequest(with("'thinking':{'type':'enabled','budget_tokens':2000}"), OPENAI)
                        .dropped())
                .containsExactly("thinking");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'thinking':{'type':'enabled','budget_tokens':2000} | thinking",
                "'thinking':{'type':'adaptive'},'output_config':{'effort':'xhigh'} | output_config.effort thinking",
                "'output_config':{'effort':'low'} | output_config.effort"
            },
            quoteCharacter = '`')
    void aModelThatMayNotReasonIsNotAskedToByAgents(String members, String dropped) {
        EncodedRequest encoded = CODEC.encodeRequest(with(members), MAY_NOT_REASON);

        assertThat(Json.parse(encoded.body()).has("reasoning_effort")).isFalse();
        assertThat(encoded.dropped()).containsExactlyInAnyOrder(dropped.split(" "));
    }

    @Test
    void aModelThatMayNotReasonCanBeToldNotTo() {
        EncodedRequest encoded = CODEC.encodeRequest(with("'thinking':{'type':'disabled'}"), MAY_NOT_REASON);

        assertThat(Json.parse(encoded.body()).get("reasoning_effort").asString())
                .isEqualTo("none");
        assertThat(encoded.dropped()).isEmpty();
    }

    @Test
    void openAiGetsTheFirstFourStopTextsAndTheRestIsNamed() {
        EncodedRequest encoded = CODEC.encodeRequest(with("'stop_sequences':['a','b','c','d','e']"), OPENAI);

        assertThat(Json.parse(encoded.body()).get("stop")).isEqualTo(Streams.json("['a','b','c','d']"));
        assertThat(encoded.dropped()).containsExactly("stop_sequences");
    }

    @Test
    void thoughtsOfAnotherVendorAreNotReplayed() {
        EncodedRequest encoded = encode(
                anthropic(
                        "{'model':'m','max_tokens':100,'messages':[{'role':'user','content':'x'},{'role':'assistant','content':[{'type':'thinking','thinking':'secret','signature':'sig'},{'type':'redacted_thinking','data':'zzz'},{'type':'text','text':'a'}]},{'role':'user','content':'y'}]}"));

        assertThat(new String(encoded.body(), StandardCharsets.UTF_8)).doesNotContain("secret", "sig", "zzz");
        assertThat(encoded.dropped())
                .containsExactly(
                        "messages[].content[].thinking", "messages[].content[].signature", "messages[].content[].data");
    }

    @Test
    void parallelCallsAreTurnedOffTheOtherWayRound() {
        JsonNode body = sent(
                with(
                        "'tools':[{'name':'f','input_schema':{'type':'object','properties':{}}}],'tool_choice':{'type':'any','disable_parallel_tool_use':true}"));

        assertThat(body.get("parallel_tool_calls").booleanValue()).isFalse();
        assertThat(body.get("tool_choice").asString()).isEqualTo("required");
    }

    @Test
    void emptyParametersBecomeAnEmptyObject() {
        JsonNode tool = sent(with("'tools':[{'name':'f','input_schema':{}}]"))
                .get("tools")
                .get(0);

        assertThat(tool.get("function").get("parameters")).isEqualTo(Streams.json("{'type':'object','properties':{}}"));
    }

    @Test
    void membersWithoutCounterpartAreDroppedAndNamedAsTheCallerCallsThem() {
        EncodedRequest encoded = CODEC.encodeRequest(
                with(
                        "'top_k':5,'stop_sequences':['x'],'context_management':{'edits':[{'type':'e'}]},'tools':[{'name':'f','input_schema':{'type':'object'},'eager_input_streaming':true},{'name':'g','input_schema':{'type':'object'},'defer_loading':true,'cache_control':{'type':'ephemeral'}}]"),
                new Target(
                        "p",
                        "w",
                        ModelTraits.openAi().toBuilder().acceptsStop(false).build()));

        assertThat(encoded.dropped())
                .containsExactlyInAnyOrder(
                        "top_k",
                        "stop_sequences",
                        "context_management",
                        "tools[0].eager_input_streaming",
                        "tools[1].defer_loading",
                        "cache_control");
    }

    @Test
    void aToolThatAnthropicRunsIsRefused() {
        assertThatThrownBy(() -> encode(with("'tools':[{'type':'web_search_20250305','name':'web_search'}]")))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageStartingWith("tools[0]: the tool \"web_search\"");
    }

    @Test
    void filesOfAnotherVendorAreRefused() {
        assertThatThrownBy(() -> messages(
                        "[{'role':'user','content':[{'type':'image','source':{'type':'file','file_id':'file_1'}}]}]"))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageContaining("file_1");
        assertThatThrownBy(
                        () -> messages(
                                "[{'role':'user','content':[{'type':'document','source':{'type':'url','url':'https://e.org/a.pdf'}}]}]"))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageContaining("URL");
    }

    @Test
    void warmingACacheIsRefused() {
        assertThatThrownBy(() ->
                        encode(anthropic("{'model':'m','max_tokens':0,'messages':[{'role':'user','content':'hi'}]}")))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageStartingWith("max_tokens");
    }

    @Test
    void aJsonSchemaGetsTheNameThatOpenAiAsksFor() {
        JsonNode format = sent(with(
                        "'output_config':{'format':{'type':'json_schema','schema':{'type':'object','additionalProperties':false}}}"))
                .get("response_format");

        assertThat(format)
                .isEqualTo(
                        Streams.json(
                                "{'type':'json_schema','json_schema':{'name':'response','schema':{'type':'object','additionalProperties':false}}}"));
    }

    @Test
    void aLongUserIdIsHashed() {
        String id = "u".repeat(65);

        assertThat(sent(with("'metadata':{'user_id':'" + id + "'}")).get("user").asString())
                .hasSize(64)
                .matches("[0-9a-f]+");
        assertThat(sent(with("'metadata':{'user_id':'short'}")).get("user").asString())
                .isEqualTo("short");
    }
}
