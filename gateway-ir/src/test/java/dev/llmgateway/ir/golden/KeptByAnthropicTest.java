package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
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
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Conversations of which Anthropic keeps a part, or has summed one up. */
class KeptByAnthropicTest {

    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final List<DialectCodec> OTHERS = List.of(new OpenAiChatCodec(), new OpenAiResponsesCodec());
    private static final String RESULT =
            "{'role':'user','content':[{'type':'tool_result','tool_use_id':'toolu_1','content':'r'}]}";
    private static final String GOES_ON = "'thread':{'type':'continue','previous_message_id':'msg_1'}";

    private static ChatRequest request(String members, String... messages) {
        String body = "{'model':'m','max_tokens':99," + members + "'messages':[" + String.join(",", messages) + "]}";
        return MESSAGES.decodeRequest(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static EncodedRequest sent(ChatRequest request, DialectCodec to) {
        ModelTraits traits = to == MESSAGES ? ModelTraits.anthropic() : ModelTraits.openAi();
        return to.encodeRequest(request, new Target("p", "wire", traits));
    }

    @Test
    void aThreadGoesOnWithTheResultsOfCallsThatAnthropicKnows() {
        ChatRequest request = request(GOES_ON + ",", RESULT);

        JsonNode sent = Json.parse(sent(request, MESSAGES).body());
        assertThat(sent.at("/messages/0/content/0/tool_use_id").stringValue("")).isEqualTo("toolu_1");
        assertThat(sent.at("/thread/previous_message_id").stringValue("")).isEqualTo("msg_1");
        JsonNode anew = Json.parse(
                sent(request.toBuilder().decodedFrom(request.dialect(), null).build(), MESSAGES)
                        .body());
        assertThat(anew.path("messages")).isEqualTo(sent.path("messages"));
    }

    @Test
    void aThreadHasNoResultsOfUnknownCallsBehindItsFirstAnswer() {
        String call = "{'role':'assistant','content':[{'type':'tool_use','id':'toolu_2','name':'f','input':{}}]}";

        assertThat(request(GOES_ON + ",", RESULT, call, RESULT.replace("toolu_1", "toolu_2"))
                        .messages())
                .hasSize(3);
        assertThatThrownBy(() -> request(GOES_ON + ",", RESULT, call, RESULT))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessageContaining("messages[2].content[0].tool_use_id");
        assertThatThrownBy(() -> request("'thread':{'type':'create'},", RESULT))
                .isInstanceOf(InvalidRequestFormatException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        'thread':{'type':'continue','previous_message_id':'msg_1'} | thread: Anthropic alone has the conversation
        'container':{'id':'container_1','skills':[]} | container: Anthropic alone has this container
        'container':'container_1' | container: Anthropic alone has this container
        'compaction':{'type':'summarize'} | compaction: this model's provider has no counterpart
        'mcp_servers':[{'name':'s'}] | mcp_servers: this model's provider has no counterpart
        """)
    void whatOnlyAnthropicCanAnswerIsRefusedByOthers(String member, String complaint) {
        ChatRequest request = request(member + ",", "{'role':'user','content':'and now?'}");

        for (DialectCodec to : OTHERS) {
            assertThatThrownBy(() -> sent(request, to))
                    .isInstanceOf(UntranslatableException.class)
                    .hasMessageContaining(complaint);
        }
        assertThat(sent(request, MESSAGES).dropped()).isEmpty();
    }

    @Test
    void aSummaryInPlaceOfTheConversationIsToldToOthers() {
        ChatRequest request = request(
                "",
                "{'role':'assistant','content':[{'type':'compaction','content':'They like tea.'}]}",
                "{'role':'user','content':'go on'}");

        for (DialectCodec to : OTHERS) {
            EncodedRequest sent = sent(request, to);
            assertThat(new String(sent.body(), StandardCharsets.UTF_8))
                    .contains("<summary>\\nThey like tea.\\n</summary>", "go on");
            assertThat(sent.dropped()).isEmpty();
        }
        assertThat(Json.parse(sent(request, MESSAGES).body())
                        .at("/messages/0/content/0/type")
                        .stringValue(""))
                .isEqualTo("compaction");
    }

    @Test
    void whatIsSaidBesideASummaryIsNamed() {
        ChatRequest request = request(
                "",
                "{'role':'assistant','content':[{'type':'compaction','content':'s','cache_control':{'type':'ephemeral'},'novel':1}]}",
                "{'role':'user','content':'go on'}");

        for (DialectCodec to : OTHERS) {
            assertThat(sent(request, to).dropped())
                    .contains("messages[].content[].novel", "messages[].content[].cache_control");
        }
    }

    @Test
    void aSummaryThatCannotBeReadIsNamed() {
        ChatRequest request = request(
                "",
                "{'role':'assistant','content':[{'type':'compaction','content':null},{'type':'text','text':'hi'}]}",
                "{'role':'user','content':'go on'}");

        for (DialectCodec to : OTHERS) {
            assertThat(sent(request, to).dropped()).containsExactly("messages[].content[].compaction");
        }
    }

    @Test
    void thatAnAnswerBeginsAnewIsNamed() {
        String begun = "{'role':'assistant','content':[{'type':'text','text':'{'}]}";
        ChatRequest request = request("", "{'role':'user','content':'JSON!'}", begun);

        for (DialectCodec to : OTHERS) {
            assertThat(sent(request, to).dropped()).containsExactly("prefill");
        }
        assertThat(sent(request, MESSAGES).dropped()).isEmpty();
        ChatRequest nothing = request(
                "", "{'role':'user','content':'x'}", "{'role':'assistant','content':[{'type':'text','text':' '}]}");
        assertThat(sent(nothing, OTHERS.getFirst()).dropped()).isEmpty();
        ChatRequest goesOn = request("", "{'role':'user','content':'a'}", begun, "{'role':'user','content':'b'}");
        assertThat(sent(goesOn, OTHERS.getFirst()).dropped()).isEmpty();
    }
}
