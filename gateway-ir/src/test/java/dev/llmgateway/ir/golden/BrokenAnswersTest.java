package dev.llmgateway.ir.golden;

import static dev.llmgateway.ir.RequestParts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.ReasoningField;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent keeps what was complete of an answer that broke off, and asks again with it at the end of its conversation, which
 * every provider takes then: Codex 0.169 sends such items.
 */
class BrokenAnswersTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static final Target ANTHROPIC = new Target("an", "m", ModelTraits.anthropic());
    private static final Target NO_PREFILL = new Target(
            "an", "m", ModelTraits.anthropic().toBuilder().acceptsPrefill(false).build());
    private static final Target LOCAL = new Target(
            "lo",
            "m",
            ModelTraits.openAi().toBuilder()
                    .acceptsOpenAiExtras(false)
                    .reasoningField(ReasoningField.REASONING_CONTENT)
                    .build());

    private static final String THOUGHT =
            "{'type':'reasoning','id':'rs_gw_1','summary':[{'type':'summary_text','text':'Hm'}],"
                    + "'content':null,'encrypted_content':'gw1.a.an.U0lH'}";
    private static final String USER = "{'type':'message','role':'user','content':[{'type':'input_text','text':'go'}]}";
    private static final String SAID = "{'type':'message','status':'completed','id':'msg_1','role':'assistant',"
            + "'content':[{'type':'output_text','text':'Now this. ','annotations':[],'logprobs':[]}]}";
    private static final String CALL =
            "{'type':'function_call','status':'completed','id':'fc_1','name':'f','arguments':'{}','call_id':'c1'}";
    private static final String OUTPUT = "{'type':'function_call_output','id':'fco_1','call_id':'c1','output':'r'}";

    private static final String ASKED = "{'role':'user','content':'go'}";
    private static final String GO_ON = "{'role':'user','content':'Continue.'}";
    private static final String THOUGHT_AND_CALL = "{'role':'assistant','content':["
            + "{'type':'thinking','thinking':'Hm','signature':'U0lH'},"
            + "{'type':'tool_use','id':'c1','name':'f','input':{}}]}";
    private static final String RESULT =
            "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c1','content':'r'}]}";

    private static EncodedRequest sent(DialectCodec caller, String body, DialectCodec to, Target target) {
        byte[] bytes = Json.write(json(body));
        return to.encodeRequest(caller.decodeRequest(bytes), target);
    }

    private static EncodedRequest codex(DialectCodec to, Target target, String... items) {
        String body = "{'model':'m','store':false,'include':['reasoning.encrypted_content'],'input':[%s]}";
        return sent(RESPONSES, body.formatted(String.join(",", items)), to, target);
    }

    private static JsonNode messages(EncodedRequest sent) {
        return Json.parse(sent.body()).get("messages");
    }

    private static JsonNode array(String... elements) {
        return json("[" + String.join(",", elements) + "]");
    }

    @Test
    void aLastThoughtOfWhichNothingCameIsLeftOutForAnthropicAndNamed() {
        EncodedRequest sent = codex(MESSAGES, ANTHROPIC, USER, THOUGHT, CALL, OUTPUT, THOUGHT);

        assertThat(messages(sent)).isEqualTo(array(ASKED, THOUGHT_AND_CALL, RESULT));
        assertThat(sent.dropped()).containsExactly("input[].summary", "input[].encrypted_content");
    }

    @Test
    void theConversationGoesOnBehindSuchAThought() {
        EncodedRequest sent = codex(MESSAGES, ANTHROPIC, USER, THOUGHT, USER);

        assertThat(messages(sent)).isEqualTo(array(ASKED, ASKED));
        assertThat(sent.dropped()).containsExactly("input[].summary", "input[].encrypted_content");
    }

    @Test
    void aThoughtBehindWhichTheSecondTryGoesOnIsKept() {
        EncodedRequest sent = codex(MESSAGES, ANTHROPIC, USER, THOUGHT, THOUGHT, CALL, OUTPUT);

        assertThat(messages(sent).at("/1/content")).hasSize(3);
        assertThat(sent.dropped()).isEmpty();
    }

    @Test
    void itDoesNotHideThatTheLastToolTurnLacksAnthropicsThinking() {
        String body = "{'model':'m','reasoning':{'effort':'low'},'input':[%s]}";
        EncodedRequest sent =
                sent(RESPONSES, body.formatted(String.join(",", USER, CALL, OUTPUT, THOUGHT)), MESSAGES, ANTHROPIC);

        assertThat(Json.parse(sent.body()).has("thinking")).isFalse();
        assertThat(sent.dropped()).contains("reasoning.effort");
    }

    @Test
    void aSealedThoughtAloneOfChatIsLeftOutForAnthropicAndNamed() {
        EncodedRequest sent = sent(
                CHAT,
                "{'model':'m','messages':[" + ASKED
                        + ",{'role':'assistant','content':null,'reasoning_content':'Hm','reasoning_details':"
                        + "[{'type':'reasoning.text','text':'Hm','signature':'gw1.a.an.U0lH','index':0}]}]}",
                MESSAGES,
                ANTHROPIC);

        assertThat(messages(sent)).isEqualTo(array(ASKED));
        assertThat(sent.dropped()).containsExactly("messages[].reasoning_details");
    }

    @Test
    void aThoughtAloneIsNoMessageOfChat() {
        EncodedRequest ofCodex = codex(CHAT, LOCAL, USER, THOUGHT, USER);
        EncodedRequest ofChat = sent(
                CHAT,
                "{'model':'m','messages':[" + ASKED + ",{'role':'assistant','content':'','reasoning_content':'Hm'}]}",
                CHAT,
                LOCAL);

        assertThat(messages(ofCodex)).isEqualTo(array(ASKED, ASKED));
        assertThat(ofCodex.dropped()).containsExactly("input[].summary", "input[].encrypted_content");
        assertThat(messages(ofChat)).isEqualTo(array(ASKED));
        assertThat(ofChat.dropped()).containsExactly("messages[].reasoning_content");
    }

    @Test
    void aModelThatTakesNoPrefillIsAskedToGoOnBehindWhatWasSaid() {
        EncodedRequest sent = codex(MESSAGES, NO_PREFILL, USER, SAID);

        assertThat(messages(sent))
                .isEqualTo(array(ASKED, "{'role':'assistant','content':[{'type':'text','text':'Now this. '}]}", GO_ON));
        assertThat(sent.dropped()).isEmpty();
        assertThat(messages(codex(MESSAGES, NO_PREFILL, USER, SAID, USER))).hasSize(3);
    }

    @Test
    void nothingIsAskedWhereTheThoughtThatCameLastIsLeftOut() {
        assertThat(messages(codex(MESSAGES, NO_PREFILL, USER, THOUGHT))).isEqualTo(array(ASKED));
    }

    @Test
    void aConversationOfChatThatEndsWithTheAssistantIsTheSame() {
        String body = "{'model':'m','messages':[" + ASKED + ",{'role':'assistant','content':'Now this. '}]%s}";

        assertThat(messages(sent(CHAT, body.formatted(""), MESSAGES, NO_PREFILL))
                        .get(2))
                .isEqualTo(json(GO_ON));
        assertThat(messages(sent(CHAT, body.formatted(""), MESSAGES, ANTHROPIC)))
                .isEqualTo(array(ASKED, "{'role':'assistant','content':'Now this.'}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",'reasoning_effort':'low'",
                ",'response_format':{'type':'json_schema','json_schema':{'name':'s','schema':{'type':'object','properties':{'a':{'type':'string'}}}}}"
            })
    void whoTakesAPrefillTakesNoneWhileItThinksOrAnswersByASchema(String setting) {
        String body = "{'model':'m','messages':[" + ASKED + ",{'role':'assistant','content':'{'}]" + setting + "}";

        assertThat(messages(sent(CHAT, body, MESSAGES, ANTHROPIC)).get(2)).isEqualTo(json(GO_ON));
    }

    @Test
    void norAPrefillWithAThoughtInIt() {
        assertThat(messages(codex(MESSAGES, ANTHROPIC, USER, THOUGHT, SAID)).get(2))
                .isEqualTo(json(GO_ON));
    }

    @Test
    void thePrefillOfAMessagesCallerIsItsOwn() {
        String prefill = "{'role':'assistant','content':'The answer is'}";
        String foreign = "{'role':'assistant','content':[{'type':'thinking','thinking':'Hm','signature':'gw1.o.oa.X'},"
                + "{'type':'text','text':'Well'}]}";

        EncodedRequest passed =
                sent(MESSAGES, "{'max_tokens':9,'messages':[" + ASKED + "," + prefill + "]}", MESSAGES, NO_PREFILL);
        EncodedRequest anew = sent(
                MESSAGES,
                "{'max_tokens':9,'messages':[" + String.join(",", ASKED, foreign, ASKED, prefill) + "]}",
                MESSAGES,
                NO_PREFILL);

        assertThat(messages(passed).values()).last().isEqualTo(json(prefill));
        assertThat(messages(anew).values()).last().isEqualTo(json(prefill));
    }

    @Property(tries = 300)
    void aConversationOfOthersNeverEndsWithTheAssistantWhereThatIsRefused(@ForAll("turns") List<String> turns) {
        ObjectNode body = (ObjectNode) Json.parse(request(turns));
        ArrayNode input = body.withArray("input");
        input.remove(input.size() - 1);

        JsonNode sent = messages(MESSAGES.encodeRequest(RESPONSES.decodeRequest(Json.write(body)), NO_PREFILL));

        assertThat(sent.get(sent.size() - 1).path("role").stringValue("")).isEqualTo("user");
        assertThat(sent.values().stream().filter(json(GO_ON)::equals).count())
                .isEqualTo(turns.getLast().contains("X") && !turns.getLast().contains("C") ? 1 : 0);
    }

    /** What an assistant did in a turn: T thought, X said something, E said nothing, C called a tool. */
    @Property(tries = 300)
    void noAnswerEndsWithThoughtsOrSaysNothing(@ForAll("turns") List<String> turns) {
        byte[] body = request(turns);
        List<String> atAnthropic = new ArrayList<>();
        for (JsonNode message : messages(MESSAGES.encodeRequest(RESPONSES.decodeRequest(body), ANTHROPIC))) {
            if (message.path("role").stringValue("").equals("assistant")) {
                atAnthropic.add(kinds(message.path("content")));
            }
        }
        assertThat(atAnthropic)
                .isEqualTo(turns.stream()
                        .map(turn -> turn.replace("E", "").replaceFirst("T+$", ""))
                        .filter(turn -> !turn.isEmpty())
                        .toList());

        int atLocal = 0;
        for (JsonNode message : messages(CHAT.encodeRequest(RESPONSES.decodeRequest(body), LOCAL))) {
            if (message.path("role").stringValue("").equals("assistant")) {
                atLocal++;
                assertThat(message.path("content").asString("").isEmpty()
                                && message.path("tool_calls").isEmpty())
                        .as(message.toString())
                        .isFalse();
            }
        }
        assertThat(atLocal).isEqualTo((int) turns.stream()
                .filter(turn -> turn.contains("X") || turn.contains("C"))
                .count());
    }

    @Provide
    Arbitrary<List<String>> turns() {
        return Arbitraries.strings()
                .withChars("TXEC")
                .ofMinLength(1)
                .ofMaxLength(4)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static byte[] request(List<String> turns) {
        ObjectNode body = Json.mapper().createObjectNode().put("model", "m");
        ArrayNode input = body.putArray("input");
        input.add(json(USER));
        int number = 0;
        for (String turn : turns) {
            List<JsonNode> outputs = new ArrayList<>();
            for (char kind : turn.toCharArray()) {
                number++;
                input.add(json(
                        switch (kind) {
                            case 'T' -> THOUGHT;
                            case 'C' -> CALL.replace("c1", "c" + number);
                            default ->
                                "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'"
                                        + (kind == 'X' ? "said" : "") + "'}]}";
                        }));
                if (kind == 'C') {
                    outputs.add(json(OUTPUT.replace("c1", "c" + number)));
                }
            }
            outputs.forEach(input::add);
            input.add(json(USER));
        }
        return Json.writeString(body).getBytes(StandardCharsets.UTF_8);
    }

    /** The same letters; a content that is a string is one text. */
    private static String kinds(JsonNode content) {
        if (content.isString()) {
            return "X";
        }
        StringBuilder kinds = new StringBuilder();
        content.values()
                .forEach(block -> kinds.append(
                        switch (block.path("type").stringValue("")) {
                            case "thinking" -> 'T';
                            case "tool_use" -> 'C';
                            default -> 'X';
                        }));
        return kinds.toString();
    }
}
