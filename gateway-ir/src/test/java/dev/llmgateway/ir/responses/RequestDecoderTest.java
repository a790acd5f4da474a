package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolChoice.Mode;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.responses.Namespaces.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RequestDecoderTest {

    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();

    private static ChatRequest decode(String singleQuoted) {
        return CODEC.decodeRequest(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<Message> input(String items) {
        return decode("{'model':'m','input':[" + items + "]}").messages();
    }

    private static JsonNode json(String singleQuoted) {
        return Json.parse(singleQuoted.replace('\'', '"'));
    }

    private static Extras own(String name, String value) {
        return Extras.of(OPENAI_RESPONSES, Map.of(name, json(value)));
    }

    @Test
    void aStringIsWhatTheUserSays() {
        ChatRequest request = decode("{'model':'m','input':'Hi','instructions':'Be brief.'}");

        assertThat(request.messages()).containsExactly(Message.system("Be brief."), Message.user("Hi"));
        assertThat(request.dialect()).isEqualTo(OPENAI_RESPONSES);
        assertThat(request.wire()).isNotNull();
    }

    @Test
    void everyKindOfInputPartIsRead() {
        List<Message> messages = input("""
                {'type':'message','role':'user','id':'msg_1','content':[
                 {'type':'input_text','text':'a','prompt_cache_breakpoint':{'mode':'explicit'}},
                 {'type':'input_image','image_url':'data:image/png;base64,AAAA','detail':'high'},
                 {'type':'input_image','file_id':'file_1','detail':'auto'},
                 {'type':'input_file','filename':'a.pdf','file_data':'data:application/pdf;base64,BBBB'},
                 {'type':'input_file','file_url':'https://example.com/a.pdf','detail':'low'},
                 {'type':'input_audio','input_audio':{'data':'CCCC','format':'wav','x':1}},
                 {'type':'input_video','v':1}]}""");

        assertThat(messages)
                .containsExactly(new Message(
                        Role.USER,
                        List.of(
                                new Content.Text("a", Extras.NONE.withCacheMark(new CacheMark(null))),
                                new Content.Image(new MediaSource.Base64("image/png", "AAAA"), "high", Extras.NONE),
                                new Content.Image(
                                        new MediaSource.FileId("file_1", OPENAI_RESPONSES), "auto", Extras.NONE),
                                new Content.Document(
                                        new MediaSource.Base64("application/pdf", "BBBB"), "a.pdf", Extras.NONE),
                                new Content.Document(
                                        new MediaSource.Url("https://example.com/a.pdf"), null, own("detail", "'low'")),
                                new Content.Audio(
                                        new MediaSource.Base64("audio/wav", "CCCC"), "wav", own("input_audio.x", "1")),
                                new Content.Vendor(OPENAI_RESPONSES, json("{'type':'input_video','v':1}"))),
                        own("id", "'msg_1'")));
    }

    @Test
    void whatTheAssistantSaysInARowIsOneTurn() {
        List<Message> messages = input("""
                {'role':'user','content':'Hi'},
                {'type':'reasoning','id':'rs_1','encrypted_content':'sealed','summary':[{'type':'summary_text','text':'a'},
                 {'type':'summary_text','text':'b'}]},
                {'type':'message','role':'assistant','id':'msg_1','status':'completed','phase':'commentary','content':[
                 {'type':'output_text','text':'On it.','annotations':[],'logprobs':[]},{'type':'refusal','refusal':'No.'}]},
                {'type':'web_search_call','id':'ws_1'},
                {'type':'function_call','id':'fc_1','call_id':'c1','name':'f','arguments':'{}','status':'completed'},
                {'type':'custom_tool_call','id':'ctc_1','call_id':'c2','name':'patch','input':'free'},
                {'type':'function_call_output','call_id':'c1','output':'one'},
                {'type':'custom_tool_call_output','call_id':'c2','output':[{'type':'input_text','text':'two'}]}""");

        assertThat(messages).hasSize(3);
        Extras item = own("message.id", "'msg_1'")
                .with(OPENAI_RESPONSES, "message.status", json("'completed'"))
                .with(OPENAI_RESPONSES, "message.phase", json("'commentary'"));
        assertThat(messages.get(1))
                .isEqualTo(new Message(
                        Role.ASSISTANT,
                        List.of(
                                new Content.Reasoning(
                                        "a\n\nb",
                                        new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, "sealed", null),
                                        own("id", "'rs_1'")
                                                .with(
                                                        OPENAI_RESPONSES,
                                                        "summary",
                                                        json("[{'type':'summary_text','text':'a'},"
                                                                + "{'type':'summary_text','text':'b'}]"))),
                                new Content.Text("On it.", item),
                                new Content.Refusal("No.", item),
                                new Content.Vendor(OPENAI_RESPONSES, json("{'type':'web_search_call','id':'ws_1'}")),
                                new Content.ToolCall(
                                        "c1",
                                        "f",
                                        "{}",
                                        null,
                                        own("id", "'fc_1'").with(OPENAI_RESPONSES, "status", json("'completed'"))),
                                new Content.ToolCall(
                                        "c2", "patch", "free", null, FreeTextCalls.mark(own("id", "'ctc_1'"))))));
        assertThat(messages.get(2))
                .isEqualTo(new Message(
                        Role.TOOL, List.of(new Content.ToolResult("c1", "one"), new Content.ToolResult("c2", "two"))));
    }

    @Test
    void anOutputThatComesLaterStandsBehindItsCall() {
        List<Message> messages = input("""
                {'type':'function_call','call_id':'c1','name':'f','arguments':''},
                {'role':'user','content':'Wait.'},
                {'type':'function_call_output','call_id':'c1','output':''}""");

        assertThat(messages)
                .containsExactly(
                        new Message(Role.ASSISTANT, List.of(new Content.ToolCall("c1", "f", "{}"))),
                        new Message(Role.TOOL, List.of(new Content.ToolResult("c1", List.of(), false, Extras.NONE))),
                        Message.user("Wait."));
    }

    @Test
    void aTurnBehindOutputsIsANewOne() {
        List<Message> messages = input("""
                {'type':'function_call','call_id':'c1','name':'f','arguments':'{}'},
                {'type':'function_call_output','call_id':'c1','output':'x'},
                {'type':'function_call','call_id':'c2','name':'f','arguments':'{}'},
                {'type':'function_call_output','call_id':'c2','output':'y'}""");

        assertThat(messages)
                .extracting(Message::role)
                .containsExactly(Role.ASSISTANT, Role.TOOL, Role.ASSISTANT, Role.TOOL);
    }

    @Test
    void reasoningWithoutSummaryIsReadFromItsContent() {
        List<Message> messages = input("""
                {'type':'reasoning','summary':[],'content':[{'type':'reasoning_text','text':'raw'}]},
                {'type':'reasoning','id':'rs_1','summary':[]}""");

        assertThat(messages.getFirst().content())
                .containsExactly(
                        new Content.Reasoning("raw", null, own("content", "[{'type':'reasoning_text','text':'raw'}]")),
                        new Content.Reasoning("", null, own("id", "'rs_1'")));
    }

    @Test
    void anAssistantsItemWithUnknownPartsStaysWhole() {
        String item =
                "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'a'},{'type':'new'}]}";

        assertThat(input(item))
                .containsExactly(
                        new Message(Role.ASSISTANT, List.of(new Content.Vendor(OPENAI_RESPONSES, json(item)))));
    }

    @Test
    void aReferenceMayBeToACallThatIsNotInTheInput() {
        List<Message> messages = input("""
                {'role':'user','content':'Hi'},{'type':'item_reference','id':'fc_1'},
                {'type':'function_call_output','call_id':'c1','output':'x'}""");

        assertThat(messages).extracting(Message::role).containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL);
    }

    @Test
    void aCallThatGoesOnInTheBackgroundNeedsNoOutput() {
        assertThat(input("{'type':'function_call','call_id':'c1','name':'f','arguments':'{}','async':true}"))
                .hasSize(1);
    }

    @Test
    void longCallIdsAreAccepted() {
        String id = "x".repeat(200);

        assertThat(input("{'type':'function_call','call_id':'" + id + "','name':'f','arguments':'{}'},"
                        + "{'type':'function_call_output','call_id':'" + id + "','output':'x'}"))
                .hasSize(2);
    }

    @Test
    void aThoughtSignatureIsTakenOutOfTheCallsId() {
        OpaqueToken token = new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, "sig", null);
        String id = ToolCallIds.forClient("c1", token);
        ChatRequest request = decode("{'model':'m','input':[{'type':'function_call','call_id':'" + id
                + "','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'" + id
                + "','output':'x'}]}");

        assertThat(request.messages())
                .containsExactly(
                        new Message(Role.ASSISTANT, List.of(new Content.ToolCall("c1", "f", "{}", token, Extras.NONE))),
                        Message.toolResult("c1", "x"));
        assertThat(request.wire()).isNull();
    }

    @Test
    void everyKindOfToolIsRead() {
        ChatRequest request = decode("""
                {'model':'m','input':'x','parallel_tool_calls':false,'tools':[
                 {'type':'function','name':'f','description':'d','parameters':{'type':'object'},'strict':true,'async':true},
                 {'type':'custom','name':'patch','description':'p','format':{'type':'grammar','syntax':'lark','definition':'s'}},
                 {'type':'namespace','name':'agents','description':'Sub-agents.','tools':[
                  {'type':'function','name':'spawn','parameters':null},{'type':'custom','name':'tell'}]},
                 {'type':'namespace','name':'novel','tools':[{'type':'hologram'}]},
                 {'type':'mcp','server_label':'s'}]}""");

        Place spawn = new Place("agents", "Sub-agents.", "spawn");
        Place tell = new Place("agents", "Sub-agents.", "tell");
        assertThat(request.toolUse().tools())
                .containsExactly(
                        new Tool.Function("f", "d", json("{'type':'object'}"), true, own("async", "true")),
                        new Tool.Custom(
                                "patch", "p", json("{'type':'grammar','syntax':'lark','definition':'s'}"), Extras.NONE),
                        new Tool.Function("agents__spawn", null, null, null, Namespaces.mark(Extras.NONE, spawn)),
                        new Tool.Custom("agents__tell", null, null, Namespaces.mark(Extras.NONE, tell)),
                        new Tool.Vendor(
                                OPENAI_RESPONSES,
                                "novel",
                                json("{'type':'namespace','name':'novel','tools':[{'type':'hologram'}]}")),
                        new Tool.Vendor(OPENAI_RESPONSES, "mcp", json("{'type':'mcp','server_label':'s'}")));
        assertThat(request.toolUse().parallel()).isFalse();
        assertThat(request.wire()).isNotNull();
    }

    @Test
    void aCallOfANamespacesToolGoesByItsFlatName() {
        assertThat(input("""
                {'type':'function_call','call_id':'c','namespace':'agents','name':'spawn','arguments':'{}'},
                {'type':'function_call_output','call_id':'c','output':'x'}""").getFirst())
                .isEqualTo(new Message(
                        Role.ASSISTANT,
                        List.of(new Content.ToolCall(
                                "c",
                                "agents__spawn",
                                "{}",
                                null,
                                Namespaces.mark(Extras.NONE, new Place("agents", null, "spawn"))))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"auto\" | AUTO | ",
                "\"none\" | NONE | ",
                "\"required\" | REQUIRED | ",
                "{\"type\":\"function\",\"name\":\"f\"} | NAMED | f",
                "{\"type\":\"custom\",\"name\":\"c\"} | NAMED | c",
                "{\"type\":\"web_search\"} | NAMED | web_search",
                "{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"web_search\"}]}"
                        + " | ALLOWED_AUTO | f web_search",
                "{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"custom\",\"name\":\"c\"}]} | ALLOWED_REQUIRED | c",
            })
    void everyChoiceIsRead(String choice, Mode mode, String names) {
        ChatRequest request = decode("{'model':'m','input':'x','tool_choice':" + choice + "}");

        List<String> expected = names == null ? List.of() : List.of(names.split(" "));
        assertThat(request.toolUse().choice()).isEqualTo(new ToolChoice(mode, expected));
        assertThat(request.extras()).isEqualTo(Extras.NONE);
    }

    @Test
    void aChoiceThatSaysMoreIsKept() {
        ChatRequest request =
                decode("{'model':'m','input':'x','tool_choice':{'type':'mcp','server_label':'s','name':'n'}}");

        assertThat(request.toolUse().choice()).isEqualTo(ToolChoice.named("mcp"));
        assertThat(request.extras()).isEqualTo(own("tool_choice", "{'type':'mcp','server_label':'s','name':'n'}"));
    }

    @Test
    void theRestOfTheRequestIsRead() {
        ChatRequest request = decode("""
                {'input':'x','temperature':0.5,'top_p':0.9,'max_output_tokens':100,'stream':true,'background':false,
                 'previous_response_id':null,'conversation':null,
                 'reasoning':{'effort':'high','summary':'auto'},'text':{'verbosity':'low','format':{'type':'json_schema',
                 'name':'n','description':'d','schema':{'type':'object'},'strict':true,'novel':1}},
                 'user':'u','safety_identifier':'s','store':false,'include':['reasoning.encrypted_content'],'truncation':null}""");

        assertThat(request.model()).isEqualTo("auto");
        assertThat(request.sampling().temperature()).isEqualTo(0.5);
        assertThat(request.sampling().topP()).isEqualTo(0.9);
        assertThat(request.maxOutputTokens()).isEqualTo(100);
        assertThat(request.stream()).isTrue();
        assertThat(request.reasoning()).isEqualTo(ReasoningOptions.effort(ReasoningOptions.Effort.HIGH));
        assertThat(request.outputFormat())
                .isEqualTo(new OutputFormat.JsonSchema("n", "d", json("{'type':'object'}"), true));
        assertThat(request.endUser()).isEqualTo("s");
        assertThat(request.extras().of(OPENAI_RESPONSES))
                .isEqualTo(Map.of(
                        "reasoning.summary", json("'auto'"),
                        "text.verbosity", json("'low'"),
                        "text.format.novel", json("1"),
                        "user", json("'u'"),
                        "safety_identifier", json("'s'"),
                        "store", json("false"),
                        "include", json("['reasoning.encrypted_content']")));
        assertThat(request.extras().of(OPENAI_CHAT)).isEmpty();
    }

    @Test
    void anEffortThatOnlyTheVendorKnowsIsKept() {
        ChatRequest request = decode("{'model':'m','input':'x','reasoning':{'effort':'galactic'}}");

        assertThat(request.reasoning()).isEqualTo(ReasoningOptions.DEFAULTS);
        assertThat(request.extras()).isEqualTo(own("reasoning.effort", "'galactic'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | input: is required",
                "{'input':null} | input: is required",
                "{'input':5} | input: must be a string or an array of items, not a number",
                "{'input':[]} | input: must hold at least one item",
                "{'input':['x']} | input[0]: must be an object, not a string",
                "{'input':[{'content':'x'}]} | input[0].type: is required",
                "{'input':[{'role':'tool','content':'x'}]} | function_call_output",
                "{'input':[{'role':'user'}]} | input[0].content: is required",
                "{'input':[{'role':'user','content':[{'type':'input_text'}]}]} | input[0].content[0].text: is required",
                "{'input':[{'role':'user','content':[{'type':'input_image'}]}]} | input[0].content[0]: must have image_url",
                "{'input':[{'role':'user','content':[{'type':'input_file'}]}]} | input[0].content[0]: must have file_data",
                "{'input':'x','previous_response_id':'r'} | previous_response_id: the gateway keeps no conversations",
                "{'input':'x','conversation':'c'} | conversation: the gateway keeps no conversations",
                "{'input':'x','background':true} | background: the gateway keeps no answers",
                "{'input':'x','max_output_tokens':0} | max_output_tokens: is 0: must be 1 or more",
                "{'input':'x','tools':[{'type':'function','function':{'name':'f'}}]} | tools[0].name: is required",
                "{'input':'x','tools':[{'type':'namespace','name':'n','tools':[{'type':'function'}]}]} | tools[0].tools[0].name",
                "{'input':'x','tool_choice':'maybe'} | unknown choice",
                "{'input':'x','tool_choice':{'type':'allowed_tools','mode':'auto','tools':[]}} | must name at least one tool",
                "{'input':'x','text':{'format':{'type':'xml'}}} | text.format.type: unknown format",
                "{'input':'x','reasoning':'high'} | reasoning: must be an object",
                "{'input':'x','instructions':['a']} | instructions: must be a string",
                "{'input':'x','temperature':'hot'} | temperature: must be a number",
            })
    void whatIsWrongIsToldWithItsPlace(String body, String message) {
        assertThatThrownBy(() -> decode(body))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'function_call_output','call_id':'c','output':'x'}"
                        + " | input[0].call_id: no call before this item has the id \"c\"",
                "{'type':'function_call_output','call_id':'c','output':'x'},"
                        + "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'} | input[0].call_id: no call before",
                "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},{'role':'user','content':'x'}"
                        + " | input[0].call_id: the call \"c\" has no output",
                "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},"
                        + "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'} | input[1].call_id: two calls",
                "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},"
                        + "{'type':'function_call_output','call_id':'c','output':'x'},"
                        + "{'type':'function_call_output','call_id':'c','output':'y'} | input[2].call_id: the call \"c\" has two",
                "{'type':'function_call','call_id':' ','name':'f'} | input[0].call_id: must not be blank",
                "{'type':'function_call','name':'f'} | input[0].call_id: is required",
                "{'type':'function_call','call_id':'c'} | input[0].name: is required",
                "{'type':'function_call','call_id':'c','name':'f','arguments':5} | input[0].arguments: must be a string",
                "{'type':'reasoning','summary':'x'} | input[0].summary: must be an array",
                "{'type':'reasoning','summary':[{'type':'summary_text'}]} | input[0].summary[0].text: is required",
            })
    void itemsOutOfOrderAreRefusedWithTheirPlace(String items, String message) {
        assertThatThrownBy(() -> input(items))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex-0.169.0-custom-provider.json", "codex-0.169.0-builtin-after-426.json"})
    void whatCodexSendsIsRead(String name) {
        byte[] body = Fixtures.clientRequest(name);
        ChatRequest request = CODEC.decodeRequest(body);

        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly(Role.DEVELOPER, Role.DEVELOPER, Role.USER, Role.USER);
        assertThat(request.toolUse().tools()).extracting(Tool::name).contains("exec_command", "web_search");
        assertThat(request.wire()).isNotNull();
        assertThat(request.wire().bytes()).isSameAs(body);
        assertThat(request.extras().of(OPENAI_RESPONSES))
                .containsKeys("store", "include", "prompt_cache_key", "client_metadata");
    }
}
