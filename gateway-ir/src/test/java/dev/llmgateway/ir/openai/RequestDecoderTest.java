package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.openai.Streams.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.ToolCallIds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDecoderTest {

    private static final String USER = "'messages':[{'role':'user','content':'hi'}]";

    private static ChatRequest with(String members) {
        return request("{'model':'m'," + USER + "," + members + "}");
    }

    private static List<Message> messages(String array) {
        return request("{'model':'m','messages':" + array + "}").messages();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'messages':[]}|messages: must hold at least one message",
                "{}|messages: is required",
                "{'messages':'hi'}|messages: must be an array, not a string",
                "{'messages':['hi']}|messages[0]: must be an object, not a string",
                "{'messages':[{'content':'x'}]}|messages[0].role: is required",
                "{'messages':[{'role':'x','content':'y'}]}|messages[0].role: unknown role \"x\": use system, developer, user, assistant or tool",
                "{'messages':[{'role':'user'}]}|messages[0].content: is required",
                "{'messages':[{'role':'user','content':null}]}|messages[0].content: is required",
                "{'messages':[{'role':'user','content':5}]}|messages[0].content: must be a string or an array of parts, not a number",
                "{'messages':[{'role':'user','content':[{'text':'x'}]}]}|messages[0].content[0].type: is required",
                "{'messages':[{'role':'user','content':[{'type':'text','text':1}]}]}|messages[0].content[0].text: must be a string, not a number",
                "{'messages':[{'role':'user','content':[{'type':'image_url','image_url':'u'}]}]}|messages[0].content[0].image_url: must be an object, not a string",
                "{'messages':[{'role':'user','content':[{'type':'file','file':{}}]}]}|messages[0].content[0].file: must have file_data or file_id",
                "{'messages':[{'role':'tool','tool_call_id':'c','content':'x'}]}|messages[0].tool_call_id: no tool call before this message has the id \"c\"",
                "{'messages':[{'role':'assistant','tool_calls':[{'id':'a','type':'function','function':{'name':'f'}},{'id':'a','type':'function','function':{'name':'f'}}]}]}|messages[0].tool_calls[1].id: two tool calls of one message have the id \"a\"",
                "{'messages':[{'role':'assistant','tool_calls':[{'id':'','type':'function','function':{'name':'f'}}]}]}|messages[0].tool_calls[0].id: must not be empty",
                "{'messages':[{'role':'assistant','tool_calls':[{'id':'a','type':'x'}]}]}|messages[0].tool_calls[0].type: unknown type \"x\": use \"function\" or \"custom\"",
                "[1]|the body cannot be read: expected a JSON object",
                "{'model':1,'messages':[]}|model: must be a string, not a number",
            })
    void saysWhatIsWrongAndWhere(String body, String message) {
        assertThatThrownBy(() -> request(body))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'n':0|n: is 0: must be 1 or more",
                "'n':1.5|n: must be a whole number of at most 64 bits",
                "'temperature':'hot'|temperature: must be a number, not a string",
                "'temperature':1e999|temperature: is out of range",
                "'stream':'yes'|stream: must be true or false, not a string",
                "'stop':[1]|stop[0]: must be a string, not a number",
                "'stop':{}|stop: must be a string or an array of strings, not an object",
                "'max_tokens':0|max_tokens: is 0: must be 1 or more",
                "'max_completion_tokens':-1|max_completion_tokens: is -1: must be 1 or more",
                "'max_tokens':99999999999|max_tokens: is too large: at most 2147483647",
                "'tools':{}|tools: must be an array, not an object",
                "'tools':[{'function':{}}]|tools[0].type: is required",
                "'tools':[{'type':'function','function':{}}]|tools[0].function.name: is required",
                "'tools':[{'type':'function','function':{'name':'f','parameters':[]}}]|tools[0].function.parameters: must be an object, not an array",
                "'tool_choice':'maybe'|tool_choice: unknown choice \"maybe\": use \"none\", \"auto\", \"required\" or an object that names a tool",
                "'tool_choice':{'type':'x'}|tool_choice.type: unknown choice \"x\": use \"function\", \"custom\" or \"allowed_tools\"",
                "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[]}}|tool_choice.allowed_tools.tools: must name at least one tool",
                "'response_format':{'type':'xml'}|response_format.type: unknown format \"xml\": use \"text\", \"json_object\" or \"json_schema\"",
                "'stream_options':1|stream_options: must be an object, not a number",
            })
    void saysWhichSettingIsWrong(String member, String message) {
        assertThatThrownBy(() -> with(member))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessage(message);
    }

    @Test
    void aDuplicateKeyIsRefused() {
        assertThatThrownBy(() -> with("'n':1,'n':2"))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessageContaining("\"n\" appears twice");
    }

    @Test
    void aRequestWithoutModelLeavesTheChoiceToTheGateway() {
        assertThat(request("{" + USER + "}").model()).isEqualTo("auto");
    }

    @Test
    void leadingAndMidInstructionsStayInPlaceWithTheirRole() {
        assertThat(
                        messages(
                                "[{'role':'system','content':'a'},{'role':'developer','content':'b'},{'role':'user','content':'c'},{'role':'system','content':'d'}]"))
                .containsExactly(
                        Message.system("a"),
                        new Message(Role.DEVELOPER, List.of(new Content.Text("b"))),
                        Message.user("c"),
                        Message.system("d"));
    }

    @Test
    void resultsThatFollowEachOtherBecomeOneToolMessage() {
        List<Message> messages = messages(
                "[{'role':'assistant','content':'','tool_calls':[{'id':'a','type':'function','function':{'name':'f','arguments':''}},{'id':'b','type':'function','function':{'name':'g','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'b','content':'B'},{'role':'tool','tool_call_id':'a','content':[{'type':'text','text':'A'}]}]");

        assertThat(messages)
                .containsExactly(
                        new Message(
                                Role.ASSISTANT,
                                List.of(new Content.ToolCall("a", "f", "{}"), new Content.ToolCall("b", "g", "{}"))),
                        new Message(
                                Role.TOOL,
                                List.of(new Content.ToolResult("b", "B"), new Content.ToolResult("a", "A"))));
    }

    @Test
    void anAssistantsPartsComeAsReasoningThenTextThenRefusalThenCalls() {
        List<Message> messages = messages(
                "[{'role':'assistant','tool_calls':[{'id':'a','type':'function','function':{'name':'f','arguments':'{bad'}}],'refusal':'no','content':'text','reasoning':'why'}]");

        assertThat(messages.getFirst().content())
                .containsExactly(
                        new Content.Reasoning("why", null, Extras.NONE),
                        new Content.Text("text"),
                        new Content.Refusal("no"),
                        new Content.ToolCall("a", "f", "{bad"));
    }

    @Test
    void readsEveryKindOfPart() {
        List<Content> parts = messages("[{'role':'user','content':["
                        + "{'type':'text','text':'t','prompt_cache_breakpoint':{'mode':'explicit'}},"
                        + "{'type':'image_url','image_url':{'url':'https://e.org/a.png','detail':'high'}},"
                        + "{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBO'}},"
                        + "{'type':'input_audio','input_audio':{'data':'UklG','format':'wav'}},"
                        + "{'type':'file','file':{'file_data':'data:application/pdf;base64,JVBE','filename':'a.pdf'}},"
                        + "{'type':'file','file':{'file_id':'file-1'}},"
                        + "{'type':'video_url','video_url':{'url':'x'}}]}]")
                .getFirst()
                .content();

        assertThat(parts)
                .containsExactly(
                        new Content.Text("t", Extras.NONE.withCacheMark(new CacheMark(null))),
                        new Content.Image(new MediaSource.Url("https://e.org/a.png"), "high", Extras.NONE),
                        new Content.Image(new MediaSource.Base64("image/png", "iVBO")),
                        new Content.Audio(new MediaSource.Base64("audio/wav", "UklG"), "wav", Extras.NONE),
                        new Content.Document(new MediaSource.Base64("application/pdf", "JVBE"), "a.pdf", Extras.NONE),
                        new Content.Document(new MediaSource.FileId("file-1", OPENAI_CHAT), null, Extras.NONE),
                        new Content.Vendor(OPENAI_CHAT, Streams.json("{'type':'video_url','video_url':{'url':'x'}}")));
    }

    @Test
    void unknownMembersAreKeptWhereverTheyStand() {
        ChatRequest request = request(
                "{'model':'m','new_top':1,'tools':[{'type':'function','new_tool':2,'function':{'name':'f','new_function':3}}],"
                        + "'messages':[{'role':'user','new_message':4,'content':[{'type':'text','text':'x','new_part':5}]}]}");

        assertThat(request.extras().member(OPENAI_CHAT, "new_top").asInt()).isEqualTo(1);
        Tool.Function tool = (Tool.Function) request.toolUse().tools().getFirst();
        assertThat(tool.extras().of(OPENAI_CHAT)).containsOnlyKeys("new_tool", "function.new_function");
        Message message = request.messages().getFirst();
        assertThat(message.extras().of(OPENAI_CHAT)).containsOnlyKeys("new_message");
        assertThat(message.content().getFirst().extras().of(OPENAI_CHAT)).containsOnlyKeys("new_part");
        assertThat(request.wire()).isNotNull();
    }

    @Test
    void bothNamesOfTheOutputLimitAreRead() {
        assertThat(with("'max_tokens':5").maxOutputTokens()).isEqualTo(5);
        assertThat(with("'max_completion_tokens':6").maxOutputTokens()).isEqualTo(6);
        assertThat(with("'max_tokens':5,'max_completion_tokens':6").maxOutputTokens())
                .isEqualTo(6);
    }

    @Test
    void stopIsAStringOrAnArray() {
        assertThat(with("'stop':'END'").sampling().stop()).containsExactly("END");
        assertThat(with("'stop':['A','B']").sampling().stop()).containsExactly("A", "B");
        assertThat(with("'stop':null").sampling().stop()).isEmpty();
    }

    @Test
    void theEndUserHasTwoNames() {
        assertThat(with("'user':'u'").endUser()).isEqualTo("u");
        assertThat(with("'user':'u'").extras()).isEqualTo(Extras.NONE);
        ChatRequest newer = with("'safety_identifier':'s'");
        assertThat(newer.endUser()).isEqualTo("s");
        assertThat(newer.extras().of(OPENAI_CHAT)).containsOnlyKeys("safety_identifier");
        assertThat(with("'user':'u','safety_identifier':'s'").extras().of(OPENAI_CHAT))
                .containsOnlyKeys("user", "safety_identifier");
    }

    @Test
    void anEffortThatOnlyOneVendorKnowsIsKept() {
        assertThat(with("'reasoning_effort':'xhigh'").reasoning().effort()).isEqualTo(Effort.XHIGH);
        ChatRequest groq = with("'reasoning_effort':'default'");
        assertThat(groq.reasoning().effort()).isNull();
        assertThat(groq.extras().of(OPENAI_CHAT)).containsOnlyKeys("reasoning_effort");
    }

    @Test
    void readsJsonSchemaFormats() {
        assertThat(
                        with("'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object'},'strict':true}}")
                                .outputFormat())
                .isEqualTo(new OutputFormat.JsonSchema("n", null, Streams.json("{'type':'object'}"), true));
        assertThat(with("'response_format':{'type':'text'}").outputFormat()).isEqualTo(OutputFormat.TEXT);
    }

    @Test
    void legacyFunctionsBecomeToolsAndTheBodyIsNotSentOnAsItIs() {
        ChatRequest request = request(
                "{'model':'m','functions':[{'name':'f','parameters':{'type':'object'}}],'function_call':{'name':'f'},"
                        + "'messages':[{'role':'user','content':'x'},{'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{}'}},"
                        + "{'role':'function','name':'f','content':'42'}]}");

        assertThat(request.toolUse().tools())
                .containsExactly(new Tool.Function("f", null, Streams.json("{'type':'object'}")));
        assertThat(request.toolUse().choice()).isEqualTo(ToolChoice.named("f"));
        Content.ToolCall call =
                (Content.ToolCall) request.messages().get(1).content().getFirst();
        assertThat(request.messages().get(2)).isEqualTo(Message.toolResult(call.id(), "42"));
        assertThat(request.wire()).isNull();
        assertThat(request.dialect()).isEqualTo(OPENAI_CHAT);
    }

    @Test
    void aSignatureInsideAToolCallIdIsTakenOut() {
        OpaqueToken token = new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, "sig+/=", null);
        String packed = ToolCallIds.forClient("call_1", token);
        ChatRequest request = request("{'model':'m','messages':[{'role':'assistant','tool_calls':[{'id':'" + packed
                + "','type':'function','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'"
                + packed + "','content':'ok'}]}");

        assertThat(request.messages())
                .containsExactly(
                        new Message(
                                Role.ASSISTANT, List.of(new Content.ToolCall("call_1", "f", "{}", token, Extras.NONE))),
                        Message.toolResult("call_1", "ok"));
        assertThat(request.wire()).isNull();
    }

    @Test
    void googlesOwnPlaceForTheSignatureIsReadToo() {
        Message message = messages(
                        "[{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'},'extra_content':{'google':{'thought_signature':'s'}}}]}]")
                .getFirst();

        assertThat(message.content())
                .containsExactly(new Content.ToolCall(
                        "c",
                        "f",
                        "{}",
                        new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, "s", null),
                        Extras.NONE));
    }

    @Test
    void aBodyThatIsNoUtf8IsRefused() {
        assertThatThrownBy(() -> new OpenAiChatCodec()
                        .decodeRequest(("{" + USER + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessageContaining("UTF-8");
    }
}
