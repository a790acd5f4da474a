package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Members of Anthropic's that callers of Chat Completions send, as many gateways take them. */
class AnthropicMembersOfChatTest {

    private static final String CONTROL = "{'type':'ephemeral','ttl':'1h'}";
    private static final String MARKED =
            "'messages':[{'role':'user','content':[{'type':'text','text':'a','cache_control':" + CONTROL + "}]}]";
    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();

    /** A server that many programs share: it knows more members than OpenAI, and passes over the rest. */
    private static final ModelTraits SHARED_SERVER = ModelTraits.openAi().toBuilder()
            .acceptsOpenAiExtras(false)
            .acceptsUnknownMembers(true)
            .build();

    /** A vendor like Google or Groq, who refuses members that it does not know. */
    private static final ModelTraits STRICT_COPY = ModelTraits.openAi().toBuilder()
            .acceptsOpenAiExtras(false)
            .efforts(Set.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH))
            .build();

    private static EncodedRequest sent(DialectCodec to, String members, ModelTraits traits) {
        byte[] body = ("{'model':'m'," + members + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return to.encodeRequest(CHAT.decodeRequest(body), new Target("p", "m", traits));
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private static JsonNode part(EncodedRequest sent) {
        return Json.parse(sent.body()).at("/messages/0/content/0");
    }

    @Test
    void aCacheMarkIsOneForAnthropic() {
        EncodedRequest sent = sent(MESSAGES, MARKED, ModelTraits.anthropic());

        assertThat(part(sent)).isEqualTo(json("{'type':'text','text':'a','cache_control':" + CONTROL + "}"));
        assertThat(sent.dropped()).isEmpty();
    }

    @Test
    void aCacheMarkIsNotSentToOpenAi() {
        for (DialectCodec to : List.of(CHAT, new OpenAiResponsesCodec())) {
            EncodedRequest sent = sent(to, MARKED, ModelTraits.openAi());

            assertThat(new String(sent.body(), StandardCharsets.UTF_8)).doesNotContain("cache");
            assertThat(sent.dropped()).containsExactly("messages[].content[].cache_control");
        }
    }

    @Test
    void aModelOfOpenAiThatCachesOnDemandIsMarkedInItsOwnWords() {
        ModelTraits onDemand =
                ModelTraits.openAi().toBuilder().acceptsCacheBreakpoints(true).build();
        for (DialectCodec to : List.of(CHAT, new OpenAiResponsesCodec())) {
            EncodedRequest sent = sent(to, MARKED, onDemand);

            assertThat(new String(sent.body(), StandardCharsets.UTF_8))
                    .contains("\"prompt_cache_breakpoint\":{\"mode\":\"explicit\"}")
                    .doesNotContain("cache_control");
            assertThat(sent.dropped()).containsExactly("messages[].content[].cache_control.ttl");
        }
    }

    @Test
    void othersThatSpeakTheFormatGetItAsItIs() {
        String rewritten = MARKED.replace("]}]", "]},{'role':'assistant','reasoning_content':'r','content':'b'}]");
        for (String request : List.of(MARKED, rewritten)) {
            EncodedRequest sent = sent(CHAT, request, SHARED_SERVER);

            assertThat(part(sent).get("cache_control")).isEqualTo(json(CONTROL));
            assertThat(sent.dropped()).doesNotContain("messages[].content[].cache_control");
        }
    }

    private static final String FUNCTION = "'type':'function','function':{'name':'f','parameters':{'type':'object'}";

    @ParameterizedTest
    @ValueSource(strings = {FUNCTION + "},'cache_control':" + CONTROL, FUNCTION + ",'cache_control':" + CONTROL + "}"})
    void aToolIsMarkedInsideOrBeside(String tool) {
        String request = "'messages':[{'role':'user','content':'a'}],'tools':[{" + tool + "}]";
        EncodedRequest sent = sent(MESSAGES, request, ModelTraits.anthropic());

        assertThat(Json.parse(sent.body()).at("/tools/0/cache_control")).isEqualTo(json(CONTROL));
        assertThat(sent.dropped()).isEmpty();
        isNotSentToOpenAi(request, "tools[0].cache_control");
    }

    private static final String MARKED_CALL = "'messages':[{'role':'user','content':'a'},"
            + "{'role':'assistant','content':null,'tool_calls':[{'id':'t','type':'function',"
            + "'function':{'name':'f','arguments':'{}'},'cache_control':" + CONTROL + "}]},"
            + "{'role':'tool','tool_call_id':'t','content':'r'}]";

    @ParameterizedTest
    @ValueSource(strings = {CONTROL, "{'type':'eternal'}"})
    void theMarkOfACallIsNamedWhereTheCallerPutIt(String control) {
        isNotSentToOpenAi(MARKED_CALL.replace(CONTROL, control), "messages[].tool_calls[].cache_control");
    }

    @Test
    void theMarkOfACallIsOneForAnthropicUnlessItIsOneTooMany() {
        EncodedRequest sent = sent(MESSAGES, MARKED_CALL, ModelTraits.anthropic());

        assertThat(Json.parse(sent.body()).at("/messages/1/content/0/cache_control"))
                .isEqualTo(json(CONTROL));
        assertThat(sent.dropped()).isEmpty();
        assertThat(sent(MESSAGES, MARKED_CALL.replace("1h", "9h"), ModelTraits.anthropic())
                        .dropped())
                .containsExactly("messages[].tool_calls[].cache_control.ttl");
        String others = ",{'role':'user','content':'b','cache_control':" + CONTROL + "}";
        assertThat(sent(MESSAGES, MARKED_CALL.replaceFirst("]$", others.repeat(4) + "]"), ModelTraits.anthropic())
                        .dropped())
                .containsExactly("messages[].tool_calls[].cache_control");
    }

    /** Members of a call and of a result that nobody knows are the caller's members of a call and of a message. */
    @Test
    void whatACallAndAResultSayBesideIsNamedWhereTheCallerPutIt() {
        String request = MARKED_CALL
                .replace("'cache_control':" + CONTROL, "'colour':'red'")
                .replace("'content':'r'", "'content':'r','name':'f'");

        for (DialectCodec to : List.of(MESSAGES, new OpenAiResponsesCodec())) {
            ModelTraits traits = to == MESSAGES ? ModelTraits.anthropic() : ModelTraits.openAi();
            assertThat(sent(to, request, traits).dropped())
                    .containsExactly("messages[].tool_calls[].colour", "messages[].name");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'type':'search','cache_control':%s", "'type':'search','search':{'depth':2,'cache_control':%s}"})
    void aToolThatOnlyItsVendorRunsIsMarkedForThoseWhoTakeIt(String tool) {
        String request = PLAIN + ",'tools':[{" + tool.formatted(CONTROL) + "}]";

        isNotSent(sent(CHAT, request, ModelTraits.openAi()), "tools[0].cache_control");
        isNotSent(sent(CHAT, request, STRICT_COPY), "tools[0].cache_control");
        JsonNode unmarked = Json.parse(sent(CHAT, request, STRICT_COPY).body()).at("/tools/0");
        assertThat(unmarked.path("type").asString()).isEqualTo("search");
        assertThat(unmarked.path("search").path("depth").asInt()).isIn(0, 2);
        EncodedRequest shared = sent(CHAT, request, SHARED_SERVER);
        assertThat(new String(shared.body(), StandardCharsets.UTF_8)).contains("cache_control");
        assertThat(shared.dropped()).isEmpty();
    }

    /** A system's, a user's and an assistant's text, a call and a result, each marked as a whole message. */
    private static final String MARKED_MESSAGES = "'messages':["
            + "{'role':'system','content':'s','cache_control':" + CONTROL + "},"
            + "{'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}],'cache_control':"
            + CONTROL
            + "},"
            + "{'role':'assistant','content':'c','tool_calls':[{'id':'t','type':'function',"
            + "'function':{'name':'f','arguments':'{}'}}],'cache_control':" + CONTROL + "},"
            + "{'role':'tool','tool_call_id':'t','content':'r','cache_control':" + CONTROL + "}]";

    @Test
    void theMarkOfAWholeMessageIsOneOfItsLastPart() {
        EncodedRequest sent = sent(MESSAGES, MARKED_MESSAGES, ModelTraits.anthropic());

        JsonNode body = Json.parse(sent.body());
        for (String place :
                List.of("/system/0", "/messages/0/content/1", "/messages/1/content/1", "/messages/2/content/0")) {
            assertThat(body.at(place + "/cache_control")).as(place).isEqualTo(json(CONTROL));
        }
        assertThat(body.toString().split("cache_control")).hasSize(5);
        assertThat(sent.dropped()).isEmpty();
        isNotSentToOpenAi(MARKED_MESSAGES, "messages[].cache_control");
    }

    @Test
    void theMarkOfAMessageThatHasNothingToMarkIsNamed() {
        String request = "'messages':[{'role':'user','content':'a'},"
                + "{'role':'assistant','content':null,'reasoning_content':'r','cache_control':" + CONTROL
                + "},{'role':'user','content':'b'}]";

        EncodedRequest sent = sent(MESSAGES, request, ModelTraits.anthropic());

        assertThat(sent.dropped()).contains("messages[].cache_control");
    }

    @Test
    void aMarkThatGoesWhereTextsAreJoinedIsNamed() {
        String request = MARKED_MESSAGES.replace("'content':'c',", "'content':'c','reasoning_content':'r',");

        EncodedRequest sent = sent(CHAT, request, SHARED_SERVER);

        assertThat(Json.parse(sent.body()).at("/messages/0/content")).isEqualTo(json("'s'"));
        assertThat(Json.parse(sent.body()).at("/messages/3/cache_control")).isEqualTo(json(CONTROL));
        assertThat(sent.dropped()).contains("messages[].cache_control");
    }

    private static void isNotSentToOpenAi(String request, String lost) {
        for (ModelTraits strict : List.of(ModelTraits.openAi(), STRICT_COPY)) {
            isNotSent(sent(CHAT, request, strict), lost);
        }
        isNotSent(sent(new OpenAiResponsesCodec(), request, ModelTraits.openAi()), lost);
    }

    private static void isNotSent(EncodedRequest sent, String lost) {
        assertThat(new String(sent.body(), StandardCharsets.UTF_8)).doesNotContain("cache");
        assertThat(sent.dropped()).containsExactly(lost);
    }

    @ParameterizedTest
    @ValueSource(strings = {CONTROL, "{'type':'eternal'}", "'ephemeral'"})
    void whoeverRefusesUnknownMembersGetsNoMarkOfWhateverKind(String control) {
        for (ModelTraits strict : List.of(ModelTraits.openAi(), STRICT_COPY)) {
            isNotSent(sent(CHAT, MARKED.replace(CONTROL, control), strict), "messages[].content[].cache_control");
            isNotSent(sent(CHAT, "'cache_control':" + control + "," + PLAIN, strict), "cache_control");
            isNotSent(sent(CHAT, NOTHING_TO_MARK.replace(CONTROL, control), strict), "messages[].cache_control");
        }
    }

    @Test
    void aMarkThatIsNullIsNoLoss() {
        String request = MARKED.replace(CONTROL, "null");
        for (DialectCodec to : List.of(CHAT, MESSAGES, new OpenAiResponsesCodec())) {
            EncodedRequest sent = sent(to, request, to == MESSAGES ? ModelTraits.anthropic() : ModelTraits.openAi());

            assertThat(new String(sent.body(), StandardCharsets.UTF_8)).doesNotContain("cache_control");
            assertThat(sent.dropped()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'9h'", "7"})
    void aTimeToLiveThatAnthropicDoesNotHaveIsNamed(String ttl) {
        EncodedRequest sent = sent(MESSAGES, MARKED.replace("'1h'", ttl), ModelTraits.anthropic());

        assertThat(part(sent).get("cache_control")).isEqualTo(json("{'type':'ephemeral'}"));
        assertThat(sent.dropped()).containsExactly("messages[].content[].cache_control.ttl");
    }

    @Test
    void ofTooManyMarksThoseThatGoAreNamed() {
        String tool = "'tools':[{" + FUNCTION + "},'cache_control':" + CONTROL + "}]";
        EncodedRequest sent = sent(MESSAGES, tool + "," + MARKED_MESSAGES, ModelTraits.anthropic());

        assertThat(sent.dropped()).containsExactly("tools[0].cache_control");
    }

    private static final String PLAIN = "'messages':[{'role':'user','content':'a'}]";

    private static final String NOTHING_TO_MARK =
            "'messages':[{'role':'user','content':'a'},{'role':'user','content':' ','cache_control':" + CONTROL + "}]";

    private static final String THINKING = "'thinking':{'type':'enabled','budget_tokens':2000}";

    private static ModelTraits reasoning(ModelTraits traits) {
        return traits.toBuilder()
                .efforts(Set.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH))
                .build();
    }

    @Test
    void aBudgetOfThinkingIsAnEffortForThoseWhoKnowNoBudget() {
        for (String request : List.of(PLAIN, MARKED)) {
            for (ModelTraits strict : List.of(reasoning(ModelTraits.openAi()), STRICT_COPY)) {
                JsonNode body =
                        Json.parse(sent(CHAT, THINKING + "," + request, strict).body());
                assertThat(body.get("reasoning_effort")).isEqualTo(json("'low'"));
                assertThat(body.has("thinking")).isFalse();
            }
        }
        EncodedRequest sent = sent(new OpenAiResponsesCodec(), THINKING + "," + PLAIN, reasoning(ModelTraits.openAi()));
        assertThat(Json.parse(sent.body()).at("/reasoning/effort")).isEqualTo(json("'low'"));
        assertThat(Json.parse(sent.body()).has("thinking")).isFalse();
        assertThat(sent.dropped()).isEmpty();
    }

    @Test
    void thinkingOfAModelThatCannotBeAskedToIsNamed() {
        for (DialectCodec to : List.of(CHAT, new OpenAiResponsesCodec())) {
            EncodedRequest sent = sent(to, THINKING + "," + PLAIN, ModelTraits.openAi());

            assertThat(new String(sent.body(), StandardCharsets.UTF_8)).doesNotContain("thinking", "effort");
            assertThat(sent.dropped()).containsExactly("thinking");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'thinking':{'type':'deep'}", "'thinking':'x'"})
    void thinkingThatIsNotUnderstoodGoesNowhereAndIsNamed(String thinking) {
        for (DialectCodec to : List.of(CHAT, new OpenAiResponsesCodec())) {
            EncodedRequest sent = sent(to, thinking + "," + PLAIN, reasoning(ModelTraits.openAi()));

            assertThat(Json.parse(sent.body()).has("thinking")).isFalse();
            assertThat(sent.dropped()).containsExactly("thinking");
        }
    }

    @Test
    void serversThatPassOverWhatTheyDoNotKnowGetThinkingAsItIs() {
        EncodedRequest sent = sent(CHAT, THINKING + "," + PLAIN, reasoning(SHARED_SERVER));

        assertThat(Json.parse(sent.body()).get("thinking"))
                .isEqualTo(json("{" + THINKING + "}").get("thinking"));
        assertThat(Json.parse(sent.body()).has("reasoning_effort")).isFalse();
        assertThat(sent.dropped()).isEmpty();
    }

    @Test
    void aBudgetThatAModelDoesNotTakeIsNamedAsTheCallerSaidIt() {
        ModelTraits adapts = ModelTraits.anthropic().toBuilder()
                .thinking(ModelTraits.Thinking.ADAPTIVE)
                .build();
        EncodedRequest sent = sent(MESSAGES, THINKING + "," + PLAIN, adapts);

        assertThat(sent.dropped()).containsExactly("thinking.budget_tokens");
    }

    @Test
    void aMarkOfAnUnknownKindIsNamed() {
        EncodedRequest sent = sent(MESSAGES, MARKED.replace("ephemeral", "eternal"), ModelTraits.anthropic());

        assertThat(sent.dropped()).containsExactly("messages[].content[].cache_control");
    }

    @Test
    void aBudgetOfThinkingIsOneForAnthropic() {
        String thinking = "'thinking':{'type':'enabled','budget_tokens':2000}";
        ModelTraits budgets = ModelTraits.anthropic().toBuilder()
                .thinking(ModelTraits.Thinking.BUDGET)
                .build();
        EncodedRequest sent = sent(MESSAGES, thinking + ",'max_tokens':8000," + MARKED, budgets);

        assertThat(Json.parse(sent.body()).get("thinking"))
                .isEqualTo(json("{" + thinking + "}").get("thinking"));
        assertThat(sent.dropped()).isEmpty();
    }

    @Test
    void thinkingThatIsNotUnderstoodIsNamed() {
        EncodedRequest sent = sent(MESSAGES, "'thinking':{'type':'deep'}," + MARKED, ModelTraits.anthropic());

        assertThat(Json.parse(sent.body()).has("thinking")).isFalse();
        assertThat(sent.dropped()).containsExactly("thinking");
    }
}
