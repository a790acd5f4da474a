package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Parts of a type that the caller's format does not have: read when it is plain what is meant, else never left out of what is asked. */
class StrangePartsTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static final String PICTURE = "data:image/png;base64,iVBORw0KGgo=";

    static Stream<DialectCodec> chatAndMessages() {
        return Stream.of(CHAT, MESSAGES);
    }

    private static byte[] body(String members) {
        return ("{'model':'m','max_tokens':9," + members + "}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
    }

    private static EncodedRequest translate(DialectCodec from, DialectCodec to, String members) {
        ModelTraits traits = to == MESSAGES ? ModelTraits.anthropic() : ModelTraits.openAi();
        return to.encodeRequest(from.decodeRequest(body(members)), new Target("here", "m", traits));
    }

    private static String user(DialectCodec codec, String parts) {
        String list = codec == RESPONSES ? "input" : "messages";
        return "'" + list + "':[{'role':'user','content':'a'},{'role':'user','content':[" + parts + "]}]";
    }

    private static List<Content> lastParts(DialectCodec to, EncodedRequest sent) {
        return to.decodeRequest(sent.body()).messages().getLast().content();
    }

    @ParameterizedTest
    @MethodSource("chatAndMessages")
    void aTextUnderChatsNameIsATextOfResponses(DialectCodec to) {
        EncodedRequest sent = translate(RESPONSES, to, user(RESPONSES, "{'type':'text','text':'What is 2+2?'}"));

        assertThat(lastParts(to, sent)).contains(new Content.Text("What is 2+2?"));
        assertThat(sent.dropped()).doesNotContain("input[].content[].text", "input[].content[]");
    }

    @ParameterizedTest
    @MethodSource("chatAndMessages")
    void anImageInChatsFormIsAnImageOfResponses(DialectCodec to) {
        for (String image : List.of("{'url':'" + PICTURE + "'}", "'" + PICTURE + "'")) {
            EncodedRequest sent =
                    translate(RESPONSES, to, user(RESPONSES, "{'type':'image_url','image_url':" + image + "}"));

            assertThat(lastParts(to, sent)).hasAtLeastOneElementOfType(Content.Image.class);
            assertThat(new String(sent.body(), StandardCharsets.UTF_8)).contains("iVBORw0KGgo=");
        }
    }

    @Test
    void theDetailOfAnImageInChatsFormIsKept() {
        String image = "{'type':'image_url','image_url':{'url':'" + PICTURE + "','detail':'high'}}";
        JsonNode sent =
                Json.parse(translate(RESPONSES, CHAT, user(RESPONSES, image)).body());

        assertThat(sent.at("/messages/1/content/0/image_url/detail").asString()).isEqualTo("high");
    }

    @ParameterizedTest
    @MethodSource("chatAndMessages")
    void whatAToolAnswersAsTextIsItsText(DialectCodec to) {
        EncodedRequest sent = translate(
                RESPONSES,
                to,
                "'input':[{'role':'user','content':'a'},{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},"
                        + "{'type':'function_call_output','call_id':'c','output':[{'type':'text','text':'RESULT'}]}]");

        assertThat(resultOf(to, sent)).containsExactly(new Content.Text("RESULT"));
    }

    @Test
    void whatTheAssistantSaidUnderChatsNameIsItsText() {
        String history = "'input':[{'role':'user','content':'a'},"
                + "{'role':'assistant','content':[{'type':'text','text':'was said'}]},{'role':'user','content':'b'}]";

        for (DialectCodec to : List.of(CHAT, MESSAGES)) {
            EncodedRequest sent = translate(RESPONSES, to, history);
            assertThat(to.decodeRequest(sent.body()).messages())
                    .contains(new Message(Role.ASSISTANT, List.of(new Content.Text("was said"))));
        }
    }

    @ParameterizedTest
    @CsvSource({"input_text", "output_text"})
    void aTextUnderTheNamesOfResponsesIsATextOfTheOthers(String type) {
        String text = "{'type':'" + type + "','text':'hello?'}";
        for (DialectCodec from : List.of(CHAT, MESSAGES)) {
            for (DialectCodec to : List.of(CHAT, MESSAGES, RESPONSES)) {
                if (from != to) {
                    EncodedRequest sent = translate(from, to, user(from, text));
                    assertThat(lastParts(to, sent)).contains(new Content.Text("hello?"));
                }
            }
        }
    }

    @Test
    void withinOneFormatTheBytesPass() {
        for (DialectCodec codec : List.of(CHAT, MESSAGES, RESPONSES)) {
            String parts = "{'type':'text','text':'x'},{'type':'hologram','x' : 1}";
            byte[] body = body(user(codec, parts));
            EncodedRequest sent = codec.encodeRequest(
                    codec.decodeRequest(body),
                    new Target("here", "m", codec == MESSAGES ? ModelTraits.anthropic() : ModelTraits.openAi()));

            assertThat(new String(sent.body(), StandardCharsets.UTF_8)).contains(parts.replace('\'', '"'));
        }
    }

    @Test
    void aPartThatTheTargetHasNoTypeForIsRefusedAtItsPlaceWithTheTypesThatThereAre() {
        for (DialectCodec from : List.of(CHAT, MESSAGES, RESPONSES)) {
            for (DialectCodec to : List.of(CHAT, MESSAGES, RESPONSES)) {
                if (from != to) {
                    String asked = user(from, "{'type':'" + textOf(from) + "','text':'a'},{'type':'hologram','x':1}");
                    assertThatThrownBy(() -> translate(from, to, asked))
                            .isInstanceOf(UntranslatableException.class)
                            .hasMessageStartingWith((from == RESPONSES ? "input" : "messages") + "[1].content[1]: ")
                            .hasMessageContainingAll("\"hologram\"", " " + textOf(from) + ",");
                }
            }
        }
    }

    private static String textOf(DialectCodec caller) {
        return caller == RESPONSES ? "input_text" : "text";
    }

    @Test
    void instructionsAreNotShortenedEither() {
        String system = "'system':[{'type':'text','text':'a'},{'type':'hologram'}],"
                + "'messages':[{'role':'user','content':'b'}]";

        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            assertThatThrownBy(() -> translate(MESSAGES, to, system))
                    .isInstanceOf(UntranslatableException.class)
                    .hasMessageStartingWith("system[1]: ");
        }
        assertThatThrownBy(
                        () -> translate(
                                CHAT,
                                MESSAGES,
                                "'messages':[{'role':'developer','content':[{'type':'hologram'}]},{'role':'user','content':'b'}]"))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageStartingWith("messages[0].content[0]: ");
    }

    @Test
    void aSourceThatOnlyAnthropicReadsIsRefusedAsThat() {
        String document = user(
                MESSAGES, "{'type':'document','source':{'type':'content','content':[{'type':'text','text':'x'}]}}");

        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            assertThatThrownBy(() -> translate(MESSAGES, to, document))
                    .isInstanceOf(UntranslatableException.class)
                    .hasMessageStartingWith("messages[1].content[0]: the source of this document")
                    .hasMessageContaining("base64");
        }
    }

    @Test
    void aRequestWithoutItsBytesTellsThePlaceAsFarAsItIsKnown() {
        ChatRequest request = ChatRequest.builder("m")
                .messages(List.of(new Message(
                        Role.USER,
                        List.of(new Content.Vendor(Dialect.OPENAI_RESPONSES, Json.parse("{\"type\":\"hologram\"}"))))))
                .build();

        assertThatThrownBy(() -> CHAT.encodeRequest(request, new Target("here", "m", ModelTraits.openAi())))
                .hasMessageStartingWith("messages[].content[]: ");
        assertThatThrownBy(() -> {
                    try {
                        CHAT.encodeRequest(request, new Target("here", "m", ModelTraits.openAi()));
                    } catch (UntranslatableException e) {
                        throw e.inWordsOf(Dialect.OPENAI_RESPONSES);
                    }
                })
                .hasMessageStartingWith("input[].content[]: ");
    }

    @Test
    void inAToolsResultItIsToldAsItsJson() {
        String parts = "[{'type':'resource','uri':'x'}]";
        String output = "'input':[{'role':'user','content':'a'},{'type':'function_call','call_id':'c','name':'f',"
                + "'arguments':'{}'},{'type':'function_call_output','call_id':'c','output':" + parts + "}]";
        String tool = "'messages':[{'role':'user','content':'a'},{'role':'assistant','tool_calls':[{'id':'c',"
                + "'type':'function','function':{'name':'f','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'c','content':" + parts + "}]";
        String result = "'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'tool_use',"
                + "'id':'c','name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'c',"
                + "'content':" + parts + "}]}]";
        Content json = new Content.Text("{\"type\":\"resource\",\"uri\":\"x\"}");

        assertThat(resultOf(CHAT, translate(RESPONSES, CHAT, output))).containsExactly(json);
        assertThat(resultOf(MESSAGES, translate(RESPONSES, MESSAGES, output))).containsExactly(json);
        assertThat(resultOf(MESSAGES, translate(CHAT, MESSAGES, tool))).containsExactly(json);
        assertThat(resultOf(RESPONSES, translate(CHAT, RESPONSES, tool))).containsExactly(json);
        assertThat(resultOf(CHAT, translate(MESSAGES, CHAT, result))).containsExactly(json);
        assertThat(resultOf(RESPONSES, translate(MESSAGES, RESPONSES, result))).containsExactly(json);
    }

    private static List<Content> resultOf(DialectCodec to, EncodedRequest sent) {
        return to.decodeRequest(sent.body()).messages().stream()
                .flatMap(message -> message.content().stream())
                .filter(Content.ToolResult.class::isInstance)
                .flatMap(result -> ((Content.ToolResult) result).content().stream())
                .toList();
    }
}
