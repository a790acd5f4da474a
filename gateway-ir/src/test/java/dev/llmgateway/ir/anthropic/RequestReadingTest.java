package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.CODEC;
import static dev.llmgateway.ir.anthropic.TestData.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.ToolCallIds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an Anthropic request means, member by member, and which mistakes are answered with which sentence. */
class RequestReadingTest {

    private static ChatRequest read(String members) {
        return CODEC.decodeRequest(body("{'model':'m','max_tokens':10," + members + "}"));
    }

    private static List<Message> messages(String json) {
        return read("'messages':" + json).messages();
    }

    private static final String HI = "'messages':[{'role':'user','content':'hi'}]";

    @Test
    void aStringAndOneTextBlockMeanTheSame() {
        assertThat(messages("[{'role':'user','content':'hi'}]"))
                .isEqualTo(messages("[{'role':'user','content':[{'type':'text','text':'hi'}]}]"))
                .containsExactly(Message.user("hi"));
    }

    @Test
    void theTopLevelSystemIsOneLeadingMessageWhoseBlocksStayApart() {
        assertThat(read("'system':'be brief'," + HI).messages())
                .containsExactly(Message.system("be brief"), Message.user("hi"));
        assertThat(
                        read("'system':[{'type':'text','text':'a'},{'type':'text','text':'b','cache_control':{'type':'ephemeral','ttl':'1h'}}],"
                                        + HI)
                                .messages()
                                .get(0)
                                .content())
                .containsExactly(
                        new Content.Text("a"), new Content.Text("b", Extras.NONE.withCacheMark(new CacheMark("1h"))));
        assertThat(read("'system':[]," + HI).messages()).containsExactly(Message.user("hi"));
    }

    @Test
    void aSystemMessageBetweenTheOthersStaysInPlace() {
        assertThat(
                        messages(
                                "[{'role':'user','content':'a'},{'role':'system','content':'now in French'},{'role':'user','content':'b'}]"))
                .containsExactly(Message.user("a"), Message.system("now in French"), Message.user("b"));
    }

    private static final String CALLS = "{'role':'user','content':'go'},"
            + "{'role':'assistant','content':[{'type':'tool_use','id':'t1','name':'f','input':{'z':1,'a':2}},"
            + "{'type':'tool_use','id':'t2','name':'f','input':{}}]},";

    @Test
    void toolResultsBecomeAToolMessageAndTheRestAUserMessage() {
        List<Message> messages = messages("[" + CALLS
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':'one'},"
                + "{'type':'tool_result','tool_use_id':'t2','is_error':true,'content':[{'type':'text','text':'two'}]},"
                + "{'type':'text','text':'and now?'}]}]");
        assertThat(messages.subList(2, 4))
                .containsExactly(
                        new Message(
                                Role.TOOL,
                                List.of(
                                        new Content.ToolResult("t1", "one"),
                                        new Content.ToolResult(
                                                "t2", List.of(new Content.Text("two")), true, Extras.NONE))),
                        Message.user("and now?"));
    }

    @Test
    void resultsInSeveralUserTurnsMergeIntoOneToolMessage() {
        List<Message> messages = messages(
                "[" + CALLS
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':'one'}]},"
                        + "{'role':'user','content':[{'type':'text','text':'wait'},{'type':'tool_result','tool_use_id':'t2'}]}]");
        assertThat(messages.subList(2, 4))
                .containsExactly(
                        new Message(
                                Role.TOOL,
                                List.of(
                                        new Content.ToolResult("t1", "one"),
                                        new Content.ToolResult("t2", List.of(), false, Extras.NONE))),
                        Message.user("wait"));
    }

    @Test
    void theOrderOfArgumentKeysIsKept() {
        Content.ToolCall call = (Content.ToolCall)
                messages("[" + CALLS + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1'}]}]")
                        .get(1)
                        .content()
                        .get(0);
        assertThat(call.arguments()).isEqualTo("{\"z\":1,\"a\":2}");
    }

    @Test
    void thinkingKeepsItsOpaqueTokensEvenWithoutText() {
        List<Content> parts = messages("[{'role':'user','content':'x'},{'role':'assistant','content':["
                        + "{'type':'thinking','thinking':'hm','signature':'s1'},"
                        + "{'type':'thinking','thinking':'','signature':'s2'},"
                        + "{'type':'redacted_thinking','data':'d'},"
                        + "{'type':'thinking','thinking':'foreign','signature':''}]}]")
                .get(1)
                .content();
        assertThat(parts)
                .containsExactly(
                        reasoning("hm", OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "s1"),
                        reasoning("", OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "s2"),
                        reasoning(null, OpaqueToken.Kind.ANTHROPIC_REDACTED, "d"),
                        new Content.Reasoning("foreign", null, Extras.NONE));
    }

    private static Content reasoning(String text, OpaqueToken.Kind kind, String value) {
        return new Content.Reasoning(text, new OpaqueToken(kind, value, null), Extras.NONE);
    }

    @Test
    void imagesAndDocumentsOfEverySource() {
        assertThat(messages("[{'role':'user','content':["
                                + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'aa'}},"
                                + "{'type':'image','source':{'type':'url','url':'https://e/x.png'}},"
                                + "{'type':'document','title':'T','context':'c','source':{'type':'base64','media_type':'application/pdf','data':'bb'}},"
                                + "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'plain'}},"
                                + "{'type':'document','source':{'type':'file','file_id':'f1'}}]}]")
                        .get(0)
                        .content())
                .containsExactly(
                        new Content.Image(new MediaSource.Base64("image/png", "aa")),
                        new Content.Image(new MediaSource.Url("https://e/x.png")),
                        new Content.Document(
                                new MediaSource.Base64("application/pdf", "bb"),
                                "T",
                                Extras.NONE.with(Dialect.ANTHROPIC_MESSAGES, "context", TestData.json("'c'"))),
                        new Content.Document(new MediaSource.PlainText("plain"), null, Extras.NONE),
                        new Content.Document(
                                new MediaSource.FileId("f1", Dialect.ANTHROPIC_MESSAGES), null, Extras.NONE));
    }

    @Test
    void blocksOfUnknownTypesAreKeptWhole() {
        String block = "{'type':'search_result','source':'s','content':[]}";
        assertThat(messages("[{'role':'user','content':[" + block + "]}]")
                        .get(0)
                        .content())
                .containsExactly(new Content.Vendor(Dialect.ANTHROPIC_MESSAGES, TestData.json(block)));
    }

    @Test
    void unknownMembersAreKeptAtEveryLevel() {
        ChatRequest request = read("'future':{'a':1},'metadata':{'user_id':'u','tag':'x'},"
                + "'tools':[{'name':'f','input_schema':{'type':'object'},'eager_input_streaming':true}],"
                + "'messages':[{'role':'user','mood':'good','content':[{'type':'text','text':'hi','citations':[]}]}]");
        assertThat(own(request.extras(), "future")).isEqualTo("{\"a\":1}");
        assertThat(own(request.extras(), "metadata")).isEqualTo("{\"tag\":\"x\"}");
        assertThat(request.endUser()).isEqualTo("u");
        assertThat(own(request.messages().get(0).extras(), "mood")).isEqualTo("\"good\"");
        assertThat(own(request.messages().get(0).content().get(0).extras(), "citations"))
                .isEqualTo("[]");
        assertThat(own(((Tool.Function) request.toolUse().tools().get(0)).extras(), "eager_input_streaming"))
                .isEqualTo("true");
    }

    private static String own(Extras extras, String name) {
        return String.valueOf(extras.member(Dialect.ANTHROPIC_MESSAGES, name));
    }

    @Test
    void serverToolsAreTheVendorsOwn() {
        ChatRequest request = read("'tools':[{'type':'web_search_20250305','name':'web_search','max_uses':3},"
                + "{'type':'custom','name':'f','description':'d','input_schema':{'type':'object'},'strict':true}],"
                + HI);
        assertThat(request.toolUse().tools())
                .containsExactly(
                        new Tool.Vendor(
                                Dialect.ANTHROPIC_MESSAGES,
                                "web_search",
                                TestData.json("{'type':'web_search_20250305','name':'web_search','max_uses':3}")),
                        new Tool.Function("f", "d", TestData.json("{'type':'object'}"), true, Extras.NONE));
    }

    @Test
    void toolChoiceAndItsInvertedParallelSwitch() {
        assertThat(read("'tool_choice':{'type':'any','disable_parallel_tool_use':true}," + HI)
                        .toolUse())
                .satisfies(use -> {
                    assertThat(use.choice()).isEqualTo(ToolChoice.REQUIRED);
                    assertThat(use.parallel()).isFalse();
                });
        assertThat(read("'tool_choice':{'type':'tool','name':'f'}," + HI)
                        .toolUse()
                        .choice())
                .isEqualTo(ToolChoice.named("f"));
        assertThat(read("'tool_choice':{'type':'none'}," + HI).toolUse().choice())
                .isEqualTo(ToolChoice.NONE);
        assertThat(read(HI).toolUse().choice()).isNull();
    }

    @Test
    void everyWayToAskForThinking() {
        assertThat(read("'thinking':{'type':'enabled','budget_tokens':2000}," + HI)
                        .reasoning())
                .isEqualTo(new ReasoningOptions(ReasoningOptions.Mode.ENABLED, null, 2000, null));
        assertThat(read("'thinking':{'type':'adaptive','display':'omitted'},'output_config':{'effort':'xhigh'}," + HI)
                        .reasoning())
                .isEqualTo(new ReasoningOptions(
                        ReasoningOptions.Mode.ADAPTIVE, ReasoningOptions.Effort.XHIGH, null, "omitted"));
        assertThat(read("'thinking':{'type':'disabled'}," + HI).reasoning().mode())
                .isEqualTo(ReasoningOptions.Mode.DISABLED);
        assertThat(read("'thinking':{'type':'between_tools'}," + HI).reasoning().mode())
                .isEqualTo(ReasoningOptions.Mode.BETWEEN_TOOLS);
    }

    @Test
    void wordsThatAreNewerThanThisCodeAreKept() {
        ChatRequest request =
                read("'thinking':{'type':'telepathic','depth':3},'output_config':{'effort':'cosmic','x':1}," + HI);
        assertThat(request.reasoning()).isEqualTo(ReasoningOptions.DEFAULTS);
        assertThat(own(request.extras(), "thinking")).isEqualTo("{\"type\":\"telepathic\",\"depth\":3}");
        assertThat(own(request.extras(), "output_config")).isEqualTo("{\"effort\":\"cosmic\",\"x\":1}");
    }

    @Test
    void aSchemaUnderItsNewAndItsOldName() {
        OutputFormat expected = new OutputFormat.JsonSchema(null, null, TestData.json("{'type':'object'}"), null);
        assertThat(read("'output_config':{'format':{'type':'json_schema','schema':{'type':'object'}}}," + HI)
                        .outputFormat())
                .isEqualTo(expected);
        assertThat(read("'output_format':{'type':'json_schema','schema':{'type':'object'}}," + HI)
                        .outputFormat())
                .isEqualTo(expected);
    }

    @Test
    void aCacheMarkOfANewKindIsKeptAsItWasWritten() {
        Extras extras = messages("[{'role':'user','content':[{'type':'text','text':'x','cache_control':"
                        + "{'type':'ephemeral','ttl':'5m','scope':'global'}}]}]")
                .get(0)
                .content()
                .get(0)
                .extras();
        assertThat(extras.cacheMark()).isEqualTo(new CacheMark("5m"));
        assertThat(own(extras, "cache_control")).contains("\"scope\":\"global\"");
    }

    @Test
    void aGeminiSignatureInsideAnIdComesOutAndTheOldBytesAreForgotten() {
        OpaqueToken token = new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, "sig==", null);
        String id = ToolCallIds.forClient("call_1", token);
        ChatRequest request = read("'messages':[{'role':'user','content':'x'},"
                + "{'role':'assistant','content':[{'type':'tool_use','id':'" + id + "','name':'f','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'" + id + "','content':'r'}]}]");
        Content.ToolCall call =
                (Content.ToolCall) request.messages().get(1).content().get(0);
        assertThat(call.id()).isEqualTo("call_1");
        assertThat(call.token()).isEqualTo(token);
        assertThat(request.messages().get(2).content()).containsExactly(new Content.ToolResult("call_1", "r"));
        assertThat(request.wire()).isNull();
        assertThat(request.dialect()).isEqualTo(Dialect.ANTHROPIC_MESSAGES);
    }

    @Test
    void aLeftOutModelLeavesTheChoiceToTheGateway() {
        assertThat(CODEC.decodeRequest(body("{'max_tokens':1," + HI + "}")).model())
                .isEqualTo("auto");
    }

    @Test
    void zeroMaxTokensWarmsACache() {
        assertThat(CODEC.decodeRequest(body("{'model':'m','max_tokens':0," + HI + "}"))
                        .maxOutputTokens())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[]|expected a JSON object",
                "{'model':'m'|not valid JSON",
                "{'model':'m','model':'n'}|appears twice",
                "{'model':5}|model: expected a string, got a number",
                "{'model':''}|model: must not be empty",
                "{'model':'m','max_tokens':1}|messages: at least one message is required",
                "{'model':'m','max_tokens':1,'messages':[]}|messages: at least one message is required",
                "{'model':'m','max_tokens':1,'messages':{}}|messages: expected an array, got an object",
                "{'model':'m','max_tokens':1,'messages':['x']}|messages[0]: expected an object, got a string",
                "{'model':'m','max_tokens':1,'messages':[{'content':'x'}]}|messages[0].role: is required",
                "{'model':'m','max_tokens':1,'messages':[{'role':'bot','content':'x'}]}|messages[0].role: is not a role",
                "{'model':'m','max_tokens':1,'messages':[{'role':'user'}]}|messages[0].content: expected a string or an array",
                "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':[{'text':'x'}]}]}|messages[0].content[0].type: is required",
                "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':[{'type':'text','text':1}]}]}|messages[0].content[0].text: expected a string, got a number",
                "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':[{'type':'image'}]}]}|messages[0].content[0].source: expected an object, got nothing",
                "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':[{'type':'tool_use','id':'a','name':'f','input':{}}]}]}|messages[0].content[0]: a user turn holds no tool_use",
                "{'model':'m','max_tokens':1,'messages':[{'role':'assistant','content':[{'type':'tool_result','tool_use_id':'a'}]}]}|messages[0].content[0]: a tool_result block belongs",
                "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'a'}]}]}|messages[0].content[0].tool_use_id: \"a\" is not the id of a tool_use",
                "{'model':'m','messages':[{'role':'user','content':'x'}]}|max_tokens: is required",
                "{'model':'m','max_tokens':-1,'messages':[{'role':'user','content':'x'}]}|max_tokens: is -1: it must be 0 or more",
                "{'model':'m','max_tokens':1.5,'messages':[{'role':'user','content':'x'}]}|max_tokens: expected a whole number",
                "{'model':'m','max_tokens':1,'stream':'yes','messages':[{'role':'user','content':'x'}]}|stream: expected true or false, got a string",
                "{'model':'m','max_tokens':1,'temperature':'hot','messages':[{'role':'user','content':'x'}]}|temperature: expected a number",
                "{'model':'m','max_tokens':1,'stop_sequences':[1],'messages':[{'role':'user','content':'x'}]}|stop_sequences[0]: expected a string",
                "{'model':'m','max_tokens':1,'tools':[{'input_schema':{}}],'messages':[{'role':'user','content':'x'}]}|tools[0].name: is required",
                "{'model':'m','max_tokens':1,'tools':[{'name':'f','input_schema':'x'}],'messages':[{'role':'user','content':'x'}]}|tools[0].input_schema: expected an object",
                "{'model':'m','max_tokens':1,'tool_choice':{'type':'some'},'messages':[{'role':'user','content':'x'}]}|tool_choice.type: is not a tool choice",
                "{'model':'m','max_tokens':1,'tool_choice':'auto','messages':[{'role':'user','content':'x'}]}|tool_choice: expected an object, got a string",
                "{'model':'m','max_tokens':1,'thinking':{'budget_tokens':5},'messages':[{'role':'user','content':'x'}]}|thinking.type: is required"
            })
    void mistakesAreNamedWithTheirPlace(String json, String sentence) {
        assertThatThrownBy(() -> CODEC.decodeRequest(body(json)))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aResultIsOnlyForACallOfTheTurnBefore() {
        assertThatThrownBy(() -> messages("[" + CALLS
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1'},{'type':'tool_result','tool_use_id':'t2'}]},"
                        + "{'role':'assistant','content':'fine'},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1'}]}]"))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessageContaining("messages[4].content[0].tool_use_id: \"t1\" was answered already");
        assertThatThrownBy(() -> messages("[" + CALLS + "{'role':'user','content':'no'},"
                        + "{'role':'assistant','content':'fine'},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1'}]}]"))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessageContaining("messages[4].content[0].tool_use_id: \"t1\"")
                .hasMessageContaining("is not a call of the assistant turn directly before");
    }

    @Test
    void twoCallsOfOneTurnMayNotShareAnId() {
        String again = CALLS.replace("'t2'", "'t1'");
        assertThatThrownBy(() -> messages("[" + again + "{'role':'user','content':'no'}]"))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessageContaining("\"t1\" appears twice before it is answered");
    }

    @Test
    void aConversationOfManyResultsIsReadInLinearTime() {
        StringBuilder calls = new StringBuilder();
        StringBuilder turns = new StringBuilder();
        int count = 30_000;
        for (int i = 0; i < count; i++) {
            calls.append(i == 0 ? "" : ",").append("{'type':'tool_use','id':'t" + i + "','name':'f','input':{}}");
            turns.append(",{'role':'user','content':[{'type':'tool_result','tool_use_id':'t" + i + "'}]}");
        }
        List<Message> messages = messages("[{'role':'assistant','content':[" + calls + "]}" + turns + "]");
        assertThat(messages).hasSize(2);
        assertThat(messages.get(1).content()).hasSize(count);
    }
}
