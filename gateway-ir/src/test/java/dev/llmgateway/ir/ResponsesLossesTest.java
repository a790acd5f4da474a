package dev.llmgateway.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a request loses between Responses and the other dialects: it is refused, or named in the caller's words. */
class ResponsesLossesTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    private static final String TO_G = "{'type':'function','name':'g'}";
    private static final String G = "{'type':'function','name':'g','strict':false}";

    private static final String NAMESPACE =
            "{'type':'namespace','name':'ns','tools':[{'type':'function','name':'h','strict':false}]}";

    private static EncodedRequest translate(DialectCodec from, DialectCodec to, String members) {
        return translate(from, to, members, to == MESSAGES ? ModelTraits.anthropic() : ModelTraits.openAi());
    }

    private static EncodedRequest translate(DialectCodec from, DialectCodec to, String members, ModelTraits traits) {
        byte[] body = ("{'model':'m'," + members + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return to.encodeRequest(from.decodeRequest(body), new Target("here", "m", traits));
    }

    private static void refuses(DialectCodec from, DialectCodec to, String members, String... message) {
        assertThatThrownBy(() -> translate(from, to, members))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageContainingAll(message);
    }

    private static String tools(String tools, String choice) {
        return "'input':'x','tools':[" + tools + "],'tool_choice':" + choice;
    }

    private static String allowed(String mode, String tools) {
        return "{'type':'allowed_tools','mode':'" + mode + "','tools':[" + tools + "]}";
    }

    @Test
    void howLongAPromptIsToBeKeptIsNamedWhereNobodyKeepsItThatLong() {
        String marked = "'max_tokens':100,'messages':[{'role':'user','content':[{'type':'text','text':'long',"
                + "'cache_control':{'type':'ephemeral','ttl':'%s'}},{'type':'text','text':'short'}]}]";
        ModelTraits marks =
                ModelTraits.openAi().toBuilder().acceptsCacheBreakpoints(true).build();
        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            for (String ttl : List.of("1h", "5m")) {
                byte[] body = ("{'model':'m'," + marked.formatted(ttl) + "}")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8);
                EncodedRequest sent = to.encodeRequest(MESSAGES.decodeRequest(body), new Target("here", "m", marks));
                assertThat(new String(sent.body(), StandardCharsets.UTF_8)).contains("prompt_cache_breakpoint");
                assertThat(sent.dropped()).isEqualTo(ttl.equals("1h") ? List.of("cache_control.ttl") : List.of());
            }
        }
    }

    @Test
    void aToolThatIsLeftOutIsNotAllowedEither() {
        String request = tools(G + ",{'type':'web_search'}", allowed("auto", TO_G + ",{'type':'web_search'}"));

        EncodedRequest chat = translate(RESPONSES, CHAT, request);
        JsonNode choice = Json.parse(chat.body()).path("tool_choice").path("allowed_tools");
        assertThat(choice.path("tools")).hasSize(1);
        assertThat(choice.at("/tools/0/function/name").asString()).isEqualTo("g");
        assertThat(chat.dropped()).containsExactly("tools[1]");
        assertThat(translate(RESPONSES, MESSAGES, request).dropped()).containsExactly("tools[1]");
    }

    @Test
    void aChoiceOfWhichNothingIsLeftIsRefused() {
        String onlySearch = tools(G + ",{'type':'web_search'}", allowed("auto", "{'type':'web_search'}"));
        String mustCall = tools("{'type':'mcp','server_label':'s'}", "'required'");

        for (DialectCodec to : List.of(CHAT, MESSAGES)) {
            refuses(RESPONSES, to, onlySearch, "tool_choice: none of the tools");
            refuses(RESPONSES, to, mustCall, "tool_choice: none of the tools");
        }
        refuses(
                MESSAGES,
                RESPONSES,
                "'max_tokens':99,'messages':[{'role':'user','content':'x'}],'tool_choice':{'type':'any'},"
                        + "'tools':[{'type':'web_search_20250305','name':'web_search'}]",
                "tool_choice: none of the tools");
    }

    @Test
    void aForcedToolThatIsNotOfferedIsRefused() {
        String unknown = tools(G, "{'type':'quantum'}");
        String none = "'input':'x','tool_choice':{'type':'quantum'}";

        for (DialectCodec to : List.of(CHAT, MESSAGES)) {
            refuses(RESPONSES, to, unknown, "tool_choice: there is no \"quantum\" among the tools");
            refuses(RESPONSES, to, none, "tool_choice: there is no \"quantum\" among the tools");
        }
        assertThat(translate(RESPONSES, RESPONSES, unknown).dropped()).isEmpty();
    }

    @Test
    void toolsThatMayBeCalledButAreNotOfferedAreRefusedOrNamed() {
        String unknown = "{'type':'function','name':'nope'}";

        for (DialectCodec to : List.of(CHAT, MESSAGES)) {
            for (String mode : List.of("auto", "required")) {
                refuses(
                        RESPONSES,
                        to,
                        tools(G, allowed(mode, unknown)),
                        "tool_choice: there is no \"nope\" among the tools");
            }
            EncodedRequest some = translate(RESPONSES, to, tools(G, allowed("required", TO_G + "," + unknown)));
            assertThat(some.dropped()).containsExactly("tool_choice");
            assertThat(new String(some.body(), StandardCharsets.UTF_8)).doesNotContain("nope");
        }
        assertThat(translate(RESPONSES, RESPONSES, tools(G, allowed("auto", unknown)))
                        .dropped())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'function','name':'h'}",
                "{'type':'function','name':'h','namespace':'ns'}",
                "{'type':'namespace','name':'ns'}"
            })
    void aToolOfANamespaceIsKnownByItsNameItsFullNameAndItsNamespace(String reference) {
        String request = tools(G + "," + NAMESPACE, allowed("required", reference));

        EncodedRequest messages = translate(RESPONSES, MESSAGES, request);
        assertThat(Json.parse(messages.body()).path("tools")).hasSize(1);
        assertThat(Json.parse(messages.body()).at("/tools/0/name").asString()).isEqualTo("ns__h");
        assertThat(messages.dropped()).isEmpty();
        EncodedRequest chat = translate(RESPONSES, CHAT, request);
        assertThat(Json.parse(chat.body()).at("/tool_choice/allowed_tools/tools"))
                .isEqualTo(Json.parse("[{\"type\":\"function\",\"function\":{\"name\":\"ns__h\"}}]"));
        assertThat(chat.dropped()).isEmpty();
    }

    @Test
    void aNameThatTwoNamespacesHaveTellsNoTool() {
        String two = NAMESPACE + "," + NAMESPACE.replace("'ns'", "'other'");

        refuses(RESPONSES, CHAT, tools(two, allowed("auto", "{'type':'function','name':'h'}")), "there is no \"h\"");
        refuses(RESPONSES, CHAT, tools(two, "{'type':'function','name':'h'}"), "there is no \"h\"");
        EncodedRequest outside = translate(
                RESPONSES,
                CHAT,
                tools(NAMESPACE + ",{'type':'function','name':'h'}", "{'type':'function','name':'h'}"));
        assertThat(Json.parse(outside.body()).at("/tool_choice/function/name").asString())
                .isEqualTo("h");
    }

    @Test
    void whatNothingHoldsTheModelToIsNamedInTheCallersWords() {
        ModelTraits copy =
                ModelTraits.openAi().toBuilder().acceptsOpenAiExtras(false).build();
        String grammar = "'format':{'type':'grammar','syntax':'lark','definition':'start: A'}";
        String responses =
                "'input':'x','tools':[{'type':'function','name':'f','strict':true},{'type':'custom','name':'c',"
                        + grammar + "},{'type':'custom','name':'d','format':{'type':'text'}}]";
        String chat = "'messages':[{'role':'user','content':'x'}],'tools':["
                + "{'type':'function','function':{'name':'f','strict':true}},{'type':'custom','custom':{'name':'c',"
                + "'format':{'type':'grammar','grammar':{'syntax':'lark','definition':'start: A'}}}}]";

        assertThat(translate(RESPONSES, CHAT, responses, copy).dropped())
                .containsExactly("tools[0].strict", "tools[1].format");
        assertThat(translate(CHAT, CHAT, chat, copy).dropped())
                .containsExactly("tools[0].function.strict", "tools[1].custom.format");
        assertThat(translate(RESPONSES, MESSAGES, responses).dropped()).containsExactly("tools[1].format");
        assertThat(translate(CHAT, MESSAGES, chat).dropped()).containsExactly("tools[1].custom.format");
        assertThat(translate(RESPONSES, CHAT, responses).dropped()).isEmpty();
    }

    @Test
    void anOfferThatNobodyHasToTakeIsLeftOut() {
        String request = tools("{'type':'mcp','server_label':'s'}", "'auto'");

        assertThat(translate(RESPONSES, CHAT, request).dropped()).containsExactly("tools[0]");
    }

    @Test
    void whatIsSealedForSomebodyElseIsNamed() {
        String items = "'input':[{'role':'user','content':'x'},"
                + "{'type':'reasoning','summary':[],'encrypted_content':'gw1.o.there.abc'}]";

        for (DialectCodec to : List.of(CHAT, MESSAGES, RESPONSES)) {
            assertThat(translate(RESPONSES, to, items).dropped()).containsExactly("input[].encrypted_content");
        }
    }

    @Test
    void whatIsSealedIsNamedAsEachCallerCallsIt() {
        String details = "'messages':[{'role':'user','content':'x'},{'role':'assistant','content':'y',"
                + "'reasoning_details':[{'type':'reasoning.encrypted','data':'gw1.o.there.abc'}]},"
                + "{'role':'user','content':'z'}]";
        String signature = "'max_tokens':99,'messages':[{'role':'user','content':'x'},{'role':'assistant','content':["
                + "{'type':'thinking','thinking':'','signature':'gw1.a.there.abc'},{'type':'text','text':'y'}]},"
                + "{'role':'user','content':'z'}]";

        for (DialectCodec to : List.of(MESSAGES, RESPONSES)) {
            assertThat(translate(CHAT, to, details).dropped()).containsExactly("messages[].reasoning_details");
        }
        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            assertThat(translate(MESSAGES, to, signature).dropped()).containsExactly("messages[].content[].signature");
        }
    }

    @Test
    void aTextThatOnlyStandsBesideItsSignatureIsNamedOnce() {
        String details =
                "'messages':[{'role':'user','content':'x'},{'role':'assistant','content':'y','reasoning_details':"
                        + "[{'type':'reasoning.text','text':'Hm.','signature':'gw1.a.there.abc'}]},{'role':'user','content':'z'}]";

        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            assertThat(translate(CHAT, to, details).dropped()).containsExactly("messages[].reasoning_details");
        }
    }

    @Test
    void aSummaryThatGoesWithItsSealIsNamedToo() {
        String items = "'input':[{'role':'user','content':'x'},{'type':'reasoning','summary':["
                + "{'type':'summary_text','text':'s'}],'encrypted_content':'gw1.o.there.abc'}]";

        for (DialectCodec to : List.of(MESSAGES, RESPONSES)) {
            assertThat(translate(RESPONSES, to, items).dropped())
                    .containsExactlyInAnyOrder("input[].encrypted_content", "input[].summary");
        }
    }

    @Test
    void twoToolsThatOnlyTheirNamespacesTellApartAreRefused() {
        String clash = "'input':'x','tools':[{'type':'function','name':'a__b'},"
                + "{'type':'namespace','name':'a','tools':[{'type':'function','name':'b'}]}]";

        for (DialectCodec to : List.of(CHAT, MESSAGES)) {
            refuses(RESPONSES, to, clash, "the tool \"b\" of the namespace \"a\" both have the name \"a__b\"");
        }
        assertThat(translate(RESPONSES, RESPONSES, clash).dropped()).isEmpty();
    }

    @Test
    void aConversationOfWhichNothingIsLeftIsRefused() {
        String leap = "'input':[{'type':'quantum_leap'}]";
        String sealed = "'input':[{'type':'reasoning','summary':[],'encrypted_content':'gw1.o.there.abc'}]";

        for (DialectCodec to : List.of(CHAT, MESSAGES)) {
            refuses(RESPONSES, to, leap, "input: there is no");
        }
        refuses(RESPONSES, RESPONSES, sealed, "input: there is nothing");
        refuses(
                CHAT,
                RESPONSES,
                "'messages':[{'role':'assistant','content':null,"
                        + "'reasoning_details':[{'type':'reasoning.encrypted','data':'gw1.o.there.abc'}]}]",
                "messages: there is nothing");
    }

    @Test
    void aReferenceToAnItemThatIsNotKnownIsRefusedWithWhatToDo() {
        for (String reference :
                List.of("'type':'item_reference','id':'msg_1'", "'id':'msg_1'", "'type':null,'id':'msg_1'")) {
            String items = "'input':[{'role':'user','content':'x'},{" + reference + "}]";

            for (DialectCodec to : List.of(CHAT, MESSAGES)) {
                refuses(RESPONSES, to, items, "input[1]: the item \"msg_1\"", "Send the item itself", "store: false");
            }
            assertThat(translate(RESPONSES, RESPONSES, items).dropped()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compaction_trigger", "compaction"})
    void anItemThatOnlyOpenAiUnderstandsIsRefusedAtItsPlace(String type) {
        String items = "'input':[{'role':'user','content':'x'},{'type':'" + type + "','id':'i'}]";

        for (DialectCodec to : List.of(CHAT, MESSAGES)) {
            refuses(RESPONSES, to, items, "input[1]: an item of the type \"" + type + "\"");
        }
        assertThat(translate(RESPONSES, RESPONSES, items).dropped()).isEmpty();
    }

    @Test
    void aStoredPromptIsAllThatOpenAiNeeds() {
        for (String input : List.of("", ",'input':null", ",'instructions':'be brief'")) {
            String request = "'prompt':{'id':'pmpt_1','variables':{'a':'b'}}" + input;

            EncodedRequest sent = translate(RESPONSES, RESPONSES, request);
            assertThat(Json.parse(sent.body()).at("/prompt/id").asString()).isEqualTo("pmpt_1");
            for (DialectCodec to : List.of(CHAT, MESSAGES)) {
                refuses(RESPONSES, to, request, "prompt: a stored prompt can only be read by OpenAI");
            }
        }
        assertThatThrownBy(() -> translate(RESPONSES, RESPONSES, "'instructions':'x'"))
                .hasMessageContaining("input: is required");
    }

    @Test
    void aStoredPromptIsWrittenAnewWithoutAnInput() {
        ChatRequest asked = RESPONSES.decodeRequest(
                "{\"model\":\"m\",\"prompt\":{\"id\":\"pmpt_1\"}}".getBytes(StandardCharsets.UTF_8));
        ChatRequest changed = asked.toBuilder().maxOutputTokens(50).build();

        JsonNode sent = Json.parse(RESPONSES
                .encodeRequest(changed, new Target("here", "m", ModelTraits.openAi()))
                .body());

        assertThat(changed.wire()).isNull();
        assertThat(sent.at("/prompt/id").asString()).isEqualTo("pmpt_1");
        assertThat(sent.has("input")).isFalse();
    }

    @Test
    void anImageInOpenAisStorageIsNotSaidToBeAtAnotherVendor() {
        String image = "'input':[{'role':'user','content':[{'type':'input_image','file_id':'file-1'}]}]";

        refuses(RESPONSES, CHAT, image, "\"file-1\" can only be taken by OpenAI's Responses API", "Base64");
    }

    @Test
    void anImagesDetailIsNamedAsTheCallerPutsIt() {
        String image = "'input':[{'role':'user','content':[{'type':'input_text','text':'x'},"
                + "{'type':'input_image','image_url':'https://h/i.png','detail':'high'}]}]";

        assertThat(translate(RESPONSES, MESSAGES, image).dropped()).containsExactly("input[].content[].detail");
    }

    @Test
    void itemsAndToolsAreNamedAsTheCallerListsThem() {
        String request = "'input':[{'role':'user','content':'x'},{'type':'web_search_call','id':'ws'},"
                + "{'type':'function_call','call_id':'c','name':'g','arguments':'{}','novel':1},"
                + "{'type':'function_call_output','call_id':'c','output':'y','other':1}],"
                + "'tools':[{'type':'namespace','name':'a','tools':[" + G
                + ",{'type':'function','name':'h','strict':false}]},"
                + "{'type':'web_search'}]";

        for (DialectCodec to : List.of(CHAT, MESSAGES)) {
            assertThat(translate(RESPONSES, to, request).dropped())
                    .containsExactlyInAnyOrder("input[].web_search_call", "input[].novel", "input[].other", "tools[1]");
        }
    }
}
