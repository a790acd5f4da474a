package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.Responses.CAPABLE;
import static dev.llmgateway.ir.responses.Responses.CODEC;
import static dev.llmgateway.ir.responses.Responses.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Requests of every dialect as a provider that speaks Responses gets them. */
class RequestEncoderTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec ANTHROPIC = new AnthropicMessagesCodec();
    /** A model that neither reasons nor caches on demand. */
    private static final Target PLAIN = new Target("openai", "gpt-4.1", ModelTraits.openAi());

    private static EncodedRequest encoded(DialectCodec from, String request, Target target) {
        return CODEC.encodeRequest(
                from.decodeRequest(request.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), target);
    }

    private static JsonNode sent(DialectCodec from, String request) {
        return Json.parse(encoded(from, request, CAPABLE).body());
    }

    private static JsonNode chat(String members, String messages) {
        return sent(CHAT, "{'model':'m','messages':[" + messages + "]" + members + "}");
    }

    private static JsonNode anthropic(String members, String messages) {
        return sent(ANTHROPIC, "{'model':'m','max_tokens':100,'messages':[" + messages + "]" + members + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        'max_completion_tokens':100                        | 'max_output_tokens':100
        'max_completion_tokens':5                          | 'max_output_tokens':16
        'reasoning_effort':'high'                          | 'reasoning':{'effort':'high'}
        'verbosity':'low'                                  | 'text':{'verbosity':'low'}
        'metadata':{'k':'v'}                               | 'metadata':{'k':'v'}
        'service_tier':'flex'                              | 'service_tier':'flex'
        'prompt_cache_key':'k'                             | 'prompt_cache_key':'k'
        'safety_identifier':'u'                            | 'safety_identifier':'u'
        'user':'u'                                         | 'user':'u'
        'store':true                                       | 'store':true
        'model':'m'                                        | 'store':false
        'model':'m'                                        | 'include':['reasoning.encrypted_content']
        'logprobs':true,'top_logprobs':2                   | 'include':['reasoning.encrypted_content','message.output_text.logprobs']
        'logprobs':true,'top_logprobs':2                   | 'top_logprobs':2
        'response_format':{'type':'json_object'}           | 'text':{'format':{'type':'json_object'}}
        'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{},'strict':true}} | 'text':{'format':{'type':'json_schema','name':'n','schema':{},'strict':true}}
        """)
    void eachMemberOfChatCompletionsHasItsPlace(String asked, String expected) {
        String members = asked.equals("'model':'m'") ? "" : "," + asked;

        JsonNode sent = chat(members, "{'role':'user','content':'hi'}");

        json("{" + expected + "}")
                .forEachEntry((name, value) -> assertThat(sent.get(name)).isEqualTo(value));
    }

    @Test
    void whatIsSealedIsOnlyAskedForWhereTheModelReasons() {
        JsonNode sent = Json.parse(encoded(CHAT, "{'model':'m','messages':[{'role':'user','content':'x'}]}", PLAIN)
                .body());

        assertThat(sent.has("include")).isFalse();
        assertThat(sent.get("store")).isEqualTo(json("false"));
    }

    @Test
    void instructionsGoFirstAndThoseInTheMiddleStayThere() {
        JsonNode sent = chat(
                "",
                "{'role':'system','content':'Be brief.'},{'role':'user','content':'hi'},"
                        + "{'role':'developer','content':'Now long.'},{'role':'user','content':'ho'}");

        assertThat(sent.get("instructions")).isEqualTo(json("'Be brief.'"));
        assertThat(sent.get("input"))
                .isEqualTo(json("[{'type':'message','role':'user','content':'hi'},"
                        + "{'type':'message','role':'developer','content':'Now long.'},"
                        + "{'type':'message','role':'user','content':'ho'}]"));
    }

    @Test
    void callsAndTheirResultsAreItemsOfTheirOwn() {
        JsonNode sent = chat(
                ",'tools':[{'type':'function','function':{'name':'f'}},{'type':'custom','custom':{'name':'c'}}]",
                "{'role':'user','content':'hi'},{'role':'assistant','content':'Let me see.','tool_calls':["
                        + "{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}},"
                        + "{'id':'c2','type':'custom','custom':{'name':'c','input':'free'}}]},"
                        + "{'role':'tool','tool_call_id':'c1','content':'one'},"
                        + "{'role':'tool','tool_call_id':'c2','content':'two'}");

        assertThat(sent.get("input"))
                .isEqualTo(json("[{'type':'message','role':'user','content':'hi'},"
                        + "{'type':'message','role':'assistant','content':'Let me see.'},"
                        + "{'type':'function_call','call_id':'c1','name':'f','arguments':'{}'},"
                        + "{'type':'custom_tool_call','call_id':'c2','name':'c','input':'free'},"
                        + "{'type':'function_call_output','call_id':'c1','output':'one'},"
                        + "{'type':'custom_tool_call_output','call_id':'c2','output':'two'}]"));
        assertThat(sent.get("tools"))
                .isEqualTo(json("[{'type':'function','name':'f','parameters':{'type':'object','properties':{}},"
                        + "'strict':false},{'type':'custom','name':'c'}]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        'auto'                                              | 'auto'
        'required'                                          | 'required'
        {'type':'function','function':{'name':'f'}}         | {'type':'function','name':'f'}
        {'type':'custom','custom':{'name':'c'}}             | {'type':'custom','name':'c'}
        {'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':{'name':'f'}}]}} | {'type':'allowed_tools','mode':'auto','tools':[{'type':'function','name':'f'}]}
        """)
    void eachToolChoiceHasItsShape(String asked, String expected) {
        JsonNode sent = chat(
                ",'tools':[{'type':'function','function':{'name':'f'}},{'type':'custom','custom':{'name':'c'}}],"
                        + "'tool_choice':" + asked,
                "{'role':'user','content':'hi'}");

        assertThat(sent.get("tool_choice")).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {'type':'image','source':{'type':'url','url':'https://h/i.png'}} | {'type':'input_image','image_url':'https://h/i.png'}
        {'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBORw0KGgo='}} | {'type':'input_image','image_url':'data:image/png;base64,iVBORw0KGgo='}
        {'type':'document','title':'a.pdf','source':{'type':'base64','media_type':'application/pdf','data':'JVBERg=='}} | {'type':'input_file','file_data':'data:application/pdf;base64,JVBERg==','filename':'a.pdf'}
        {'type':'document','source':{'type':'url','url':'https://h/a.pdf'}} | {'type':'input_file','file_url':'https://h/a.pdf'}
        {'type':'document','title':'t','source':{'type':'text','media_type':'text/plain','data':'doc'}} | {'type':'input_text','text':'<document title=\\"t\\">\\ndoc\\n</document>'}
        {'type':'text','text':'x','cache_control':{'type':'ephemeral','ttl':'1h'}} | {'type':'input_text','text':'x','prompt_cache_breakpoint':{'mode':'explicit'}}
        """)
    void eachBlockOfMessagesHasItsPart(String block, String part) {
        JsonNode sent = anthropic("", "{'role':'user','content':[{'type':'text','text':'t'}," + block + "]}");

        assertThat(sent.at("/input/0/content/1")).isEqualTo(json(part));
    }

    @Test
    void aResultKeepsItsImagesAndSaysThatTheToolFailed() {
        JsonNode sent = anthropic(
                ",'tools':[{'name':'f','input_schema':{'type':'object'}}]",
                "{'role':'user','content':'hi'},"
                        + "{'role':'assistant','content':[{'type':'tool_use','id':'c1','name':'f','input':{}},"
                        + "{'type':'tool_use','id':'c2','name':'f','input':{}}]},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c1','content':[{'type':'image',"
                        + "'source':{'type':'base64','media_type':'image/png','data':'iVBORw0KGgo='}}]},"
                        + "{'type':'tool_result','tool_use_id':'c2','is_error':true,'content':'gone'}]}");

        assertThat(sent.at("/input/3/output"))
                .isEqualTo(json("[{'type':'input_image','image_url':'data:image/png;base64,iVBORw0KGgo='}]"));
        assertThat(sent.at("/input/4/output")).isEqualTo(json("'Error: gone'"));
    }

    /** Where Claude Code puts its last mark in every turn of a loop of tools. */
    @Test
    void theMarkOfAToolsResultIsOneOfItsLastText() {
        JsonNode output = anthropic("", """
                {'role':'user','content':'q'},{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':{}}]},
                {'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'r',\
                'cache_control':{'type':'ephemeral'}}]}""").at("/input/2");

        assertThat(output.path("type").stringValue()).isEqualTo("function_call_output");
        assertThat(output.path("output").toString())
                .isEqualTo(
                        "[{\"type\":\"input_text\",\"text\":\"r\",\"prompt_cache_breakpoint\":{\"mode\":\"explicit\"}}]");
    }

    @Test
    void aMarkOfAnotherDialectIsNamedWhereTheModelKnowsNoBreakpoints() {
        EncodedRequest encoded = encoded(
                ANTHROPIC,
                "{'model':'m','max_tokens':100,'messages':[{'role':'user','content':[{'type':'text','text':'x',"
                        + "'cache_control':{'type':'ephemeral'}}]}]}",
                PLAIN);

        assertThat(encoded.dropped()).containsExactly("cache_control");
        assertThat(Json.parse(encoded.body()).at("/input/0/content")).isEqualTo(json("'x'"));
    }

    @Test
    void thinkingBecomesAnEffortAndIsShownAsAnthropicWouldShowIt() {
        String budget = "'type':'enabled','budget_tokens':2000";
        assertThat(reasoning(budget)).isEqualTo(json("{'effort':'low'}"));
        assertThat(reasoning(budget + ",'display':'summarized'")).isEqualTo(json("{'effort':'low','summary':'auto'}"));
        assertThat(reasoning(budget + ",'display':'omitted'")).isEqualTo(json("{'effort':'low'}"));
        assertThat(reasoning("'type':'disabled','display':'summarized'")).isEqualTo(json("{'effort':'none'}"));
    }

    private static JsonNode reasoning(String thinking) {
        return anthropic(",'thinking':{" + thinking + "}", "{'role':'user','content':'x'}")
                .get("reasoning");
    }

    @Test
    void onlyReasoningThatOpenAiSealedGoesBack() {
        OpaqueToken own = new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, "sealed", null);
        OpaqueToken foreign = new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "sig", null);
        ChatRequest request = ChatRequest.builder("m")
                .user("hi")
                .message(new Message(
                        Role.ASSISTANT,
                        List.of(
                                new Content.Reasoning("a", own, Extras.NONE),
                                new Content.Reasoning("b", foreign, Extras.NONE),
                                new Content.Text("ho"))))
                .user("go")
                .build();

        EncodedRequest encoded = CODEC.encodeRequest(request, CAPABLE);

        assertThat(Json.parse(encoded.body()).get("input"))
                .contains(json("{'type':'reasoning','summary':[{'type':'summary_text','text':'a'}],"
                        + "'encrypted_content':'sealed'}"));
        assertThat(new String(encoded.body(), StandardCharsets.UTF_8)).doesNotContain("sig");
        assertThat(encoded.dropped()).containsExactly("messages[].reasoning_content", "messages[].reasoning_details");
    }

    @Test
    void whatTheFormatLacksIsNamedOrRefused() {
        EncodedRequest encoded = encoded(
                CHAT,
                "{'model':'m','messages':[{'role':'user','content':'x'}],'stop':['a'],'seed':1,'top_k':2,"
                        + "'frequency_penalty':1,'presence_penalty':1,'logit_bias':{'1':2}}",
                CAPABLE);

        assertThat(encoded.dropped())
                .containsExactlyInAnyOrder(
                        "stop", "seed", "top_k", "frequency_penalty", "presence_penalty", "logit_bias");
        assertThatThrownBy(() -> chat(",'n':2", "{'role':'user','content':'x'}"))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageContaining("one answer per request");
    }

    @Test
    void idsThatAreTooLongAreShortenedInCallsAndOutputsAlike() {
        String id = "c".repeat(80);
        String input = "{'model':'m','input':[{'type':'function_call','call_id':'" + id
                + "','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'" + id
                + "','output':'x'}]}";

        JsonNode spliced = sent(CODEC, input);

        String shortened = spliced.at("/input/0/call_id").stringValue();
        assertThat(shortened).hasSizeLessThanOrEqualTo(64).startsWith("cccc");
        assertThat(spliced.at("/input/1/call_id").stringValue()).isEqualTo(shortened);
    }

    @Test
    void aClientsOwnBytesGoOutWithOnlyWhatTheModelNeedsOtherwise() {
        Target picky = new Target(
                "openai",
                "o9",
                ModelTraits.openAi().toBuilder().acceptsSampling(false).build());
        String request =
                "{'model' : 'm', 'input':'hi', 'temperature':0.5, 'reasoning':{'effort':'low','summary':'auto'},"
                        + " 'a_new_member': {'x' :1}, 'stream':false}";

        EncodedRequest encoded = encoded(CODEC, request, picky);

        assertThat(new String(encoded.body(), StandardCharsets.UTF_8).replace('"', '\''))
                .isEqualTo("{'model' : 'o9', 'input':'hi', 'reasoning':{'summary':'auto'},"
                        + " 'a_new_member': {'x' :1}, 'stream':false}");
        assertThat(encoded.dropped()).containsExactly("reasoning.effort", "temperature");
    }

    @Test
    void agentsSendAnEffortToWhateverModelAndOneThatMayNotReasonIsSparedIt() {
        Target perhaps = new Target(
                "local", "new", CAPABLE.traits().toBuilder().mayNotReason(true).build());

        EncodedRequest high = encoded(CODEC, "{'model':'m','input':'hi','reasoning':{'effort':'high'}}", perhaps);
        EncodedRequest none = encoded(CODEC, "{'model':'m','input':'hi','reasoning':{'effort':'none'}}", perhaps);

        assertThat(Json.parse(high.body()).at("/reasoning/effort").isMissingNode())
                .isTrue();
        assertThat(high.dropped()).containsExactly("reasoning.effort");
        assertThat(Json.parse(none.body()).at("/reasoning/effort").stringValue())
                .isEqualTo("none");
        assertThat(none.dropped()).isEmpty();
    }
}
