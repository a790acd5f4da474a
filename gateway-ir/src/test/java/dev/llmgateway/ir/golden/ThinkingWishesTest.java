package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.ReasoningField;
import dev.llmgateway.ir.codec.ModelTraits.Thinking;
import dev.llmgateway.ir.codec.ModelTraits.ToolsWithReasoning;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a wish to think, or to see the thoughts, becomes at a model of another format, and when it is named as lost. */
class ThinkingWishesTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    private static final List<DialectCodec> OF_OPENAI = List.of(CHAT, RESPONSES);

    private static final ModelTraits HIDES = ModelTraits.openAi().toBuilder()
            .efforts(EnumSet.complementOf(EnumSet.of(Effort.MINIMAL)))
            .build();
    private static final ModelTraits SHOWS =
            HIDES.toBuilder().reasoningField(ReasoningField.REASONING).build();
    private static final ModelTraits ALWAYS = taking(Effort.LOW, Effort.MEDIUM, Effort.HIGH);

    private static final String BUDGET = "'type':'enabled','budget_tokens':5000";
    private static final String TOOL =
            ",'tools':[{'name':'f','input_schema':{'type':'object','properties':{'a':{'type':'string'}}}}]";

    private static ModelTraits taking(Effort first, Effort... more) {
        return HIDES.toBuilder().efforts(EnumSet.of(first, more)).build();
    }

    private static EncodedRequest sent(DialectCodec from, String members, DialectCodec to, ModelTraits traits) {
        byte[] body = ("{'model':'m'," + members + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return to.encodeRequest(from.decodeRequest(body), new Target("p", "m", traits));
    }

    private static EncodedRequest ofMessages(String members, DialectCodec to, ModelTraits traits) {
        return sent(MESSAGES, "'max_tokens':9000,'messages':[{'role':'user','content':'x'}]," + members, to, traits);
    }

    private static EncodedRequest ofResponses(String reasoning, DialectCodec to, ModelTraits traits) {
        return sent(RESPONSES, "'input':'x','reasoning':{" + reasoning + "}", to, traits);
    }

    /** The effort that is asked for, or an empty text. */
    private static String effort(EncodedRequest sent) {
        JsonNode body = Json.parse(sent.body());
        return body.path("reasoning_effort")
                .stringValue(body.at("/reasoning/effort").stringValue(""));
    }

    @Test
    void aModelThatIsToAdaptReasonsAsHardAsAnthropicsWould() {
        for (DialectCodec to : OF_OPENAI) {
            EncodedRequest any = ofMessages("'thinking':{'type':'adaptive'}", to, HIDES);
            assertThat(effort(any)).isEqualTo("high");
            assertThat(any.dropped()).isEmpty();
            EncodedRequest less = ofMessages("'thinking':{'type':'adaptive'}", to, taking(Effort.LOW, Effort.MEDIUM));
            assertThat(effort(less)).isEqualTo("medium");
            assertThat(less.dropped()).isEmpty();
        }
    }

    @Test
    void thatAModelIsToAdaptIsNamedOnlyWhereNothingAsksItToReason() {
        ModelTraits perhaps = HIDES.toBuilder().mayNotReason(true).build();
        for (DialectCodec to : OF_OPENAI) {
            for (ModelTraits cannot : List.of(ModelTraits.openAi(), perhaps, taking(Effort.NONE))) {
                EncodedRequest lost = ofMessages("'thinking':{'type':'adaptive'}", to, cannot);
                assertThat(effort(lost)).isEmpty();
                assertThat(lost.dropped()).containsExactly("thinking");
            }
            EncodedRequest kept =
                    ofMessages("'thinking':{'type':'adaptive'},'output_config':{'effort':'xhigh'}", to, HIDES);
            assertThat(effort(kept)).isEqualTo("xhigh");
            assertThat(kept.dropped()).isEmpty();
        }
    }

    @Test
    void aWishToThinkIsNamedWhereToolsAreRefusedBesideReasoning() {
        ModelTraits refuses =
                HIDES.toBuilder().toolsWithReasoning(ToolsWithReasoning.REFUSED).build();

        EncodedRequest adaptive = ofMessages("'thinking':{'type':'adaptive'}" + TOOL, CHAT, refuses);
        EncodedRequest budget = ofMessages("'thinking':{" + BUDGET + "}" + TOOL, CHAT, refuses);

        for (EncodedRequest sent : List.of(adaptive, budget)) {
            assertThat(effort(sent)).isEqualTo("none");
            assertThat(sent.dropped()).containsExactly("thinking");
        }
    }

    @Test
    void thinkingBetweenToolsAloneIsNone() {
        for (DialectCodec to : OF_OPENAI) {
            EncodedRequest off = ofMessages("'thinking':{'type':'between_tools'}", to, HIDES);
            assertThat(effort(off)).isEqualTo("none");
            assertThat(off.dropped()).isEmpty();
            EncodedRequest least = ofMessages("'thinking':{'type':'between_tools'}", to, ALWAYS);
            assertThat(effort(least)).isEqualTo("low");
            assertThat(least.dropped()).containsExactly("thinking");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"between_tools", "disabled"})
    void anEffortBesideNoThinkingIsNamed(String type) {
        for (DialectCodec to : OF_OPENAI) {
            EncodedRequest sent =
                    ofMessages("'thinking':{'type':'" + type + "'},'output_config':{'effort':'high'}", to, HIDES);
            assertThat(effort(sent)).isEqualTo("none");
            assertThat(sent.dropped()).containsExactly("output_config.effort");
        }
    }

    @Test
    void thinkingThatAnEffortForbidsIsNamed() {
        String both =
                "'messages':[{'role':'user','content':'x'}],'reasoning_effort':'none','thinking':{" + BUDGET + "}";
        for (DialectCodec to : OF_OPENAI) {
            EncodedRequest sent = sent(CHAT, both, to, HIDES);
            assertThat(effort(sent)).isEqualTo("none");
            assertThat(sent.dropped()).containsExactly("thinking");
        }
    }

    @Test
    void aBudgetBesideAnEffortIsNamedAndNothingElseIs() {
        for (DialectCodec to : OF_OPENAI) {
            EncodedRequest sent = ofMessages(
                    "'thinking':{" + BUDGET + ",'display':'summarized'},'output_config':{'effort':'high'}", to, SHOWS);
            assertThat(effort(sent)).isEqualTo("high");
            assertThat(sent.dropped()).containsExactly("thinking.budget_tokens");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'display':'summarized'"})
    void thoughtsThatAreNotShownAreNamed(String display) {
        String thinking = "'thinking':{" + BUDGET + display + "}";

        assertThat(ofMessages(thinking, CHAT, HIDES).dropped()).containsExactly("thinking.display");
        assertThat(ofMessages(thinking, CHAT, SHOWS).dropped()).isEmpty();
        EncodedRequest responses = ofMessages(thinking, RESPONSES, HIDES);
        assertThat(responses.dropped()).isEqualTo(display.isEmpty() ? List.of("thinking.display") : List.of());
        assertThat(Json.parse(responses.body()).at("/reasoning/summary").isMissingNode())
                .isEqualTo(display.isEmpty());
    }

    @Test
    void thoughtsThatAreNotToBeSeenAreNamedWhereTheyAre() {
        for (String thinking : List.of("'type':'adaptive'", BUDGET)) {
            String omitted = "'thinking':{" + thinking + ",'display':'omitted'}";
            assertThat(ofMessages(omitted, CHAT, SHOWS).dropped()).containsExactly("thinking.display");
            assertThat(ofMessages(omitted, CHAT, HIDES).dropped()).isEmpty();
            assertThat(ofMessages(omitted, RESPONSES, HIDES).dropped()).isEmpty();
        }
        String novel = "'thinking':{" + BUDGET + ",'display':'novel'}";
        for (DialectCodec to : OF_OPENAI) {
            assertThat(ofMessages(novel, to, HIDES).dropped()).containsExactly("thinking.display");
        }
    }

    @Test
    void aModelThatIsToAdaptIsNotSaidToShowAnything() {
        for (ModelTraits traits : List.of(HIDES, SHOWS)) {
            assertThat(ofMessages("'thinking':{'type':'adaptive'}", CHAT, traits)
                            .dropped())
                    .isEmpty();
        }
    }

    /** OpenAI refuses {@code reasoning} of models that do not reason. */
    @Test
    void noThoughtsAreAskedForWhereThereAreNone() {
        EncodedRequest sent =
                ofMessages("'thinking':{" + BUDGET + ",'display':'summarized'}", RESPONSES, ModelTraits.openAi());

        assertThat(Json.parse(sent.body()).has("reasoning")).isFalse();
        assertThat(sent.dropped()).containsExactly("thinking");
    }

    @Test
    void aSummaryIsNamedOnlyWhereNothingIsShown() {
        String asked = "'effort':'high','summary':'auto'";
        ModelTraits claude = ModelTraits.anthropic();
        ModelTraits thoughtless = claude.toBuilder().thinking(Thinking.NONE).build();

        EncodedRequest budget = ofResponses(asked, MESSAGES, claude);
        assertThat(Json.parse(budget.body()).at("/thinking/type").stringValue()).isEqualTo("enabled");
        assertThat(budget.dropped()).isEmpty();
        assertThat(ofResponses(asked, MESSAGES, thoughtless).dropped())
                .containsExactlyInAnyOrder("reasoning.effort", "reasoning.summary");
        assertThat(ofResponses("'summary':'auto'", MESSAGES, claude).dropped()).containsExactly("reasoning.summary");
        assertThat(ofResponses(asked, CHAT, SHOWS).dropped()).isEmpty();
        assertThat(ofResponses(asked, CHAT, HIDES).dropped()).containsExactly("reasoning.summary");
    }

    @ParameterizedTest
    @CsvSource({"minimal,low,''", "xhigh,high,''", "max,high,reasoning.effort", "none,low,reasoning.effort"})
    void anEffortThatIsMovedFurtherThanToTheNextIsNamed(String asked, String effort, String dropped) {
        for (DialectCodec to : OF_OPENAI) {
            EncodedRequest sent = ofResponses("'effort':'" + asked + "'", to, ALWAYS);
            assertThat(effort(sent)).isEqualTo(effort);
            assertThat(String.join(" ", sent.dropped())).isEqualTo(dropped);
        }
    }

    @Test
    void itIsNamedAsEachCallerCallsIt() {
        ModelTraits claude = ModelTraits.anthropic().toBuilder()
                .thinking(Thinking.ADAPTIVE)
                .efforts(Set.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH))
                .build();
        String chat = "'messages':[{'role':'user','content':'x'}],'reasoning_effort':'%s'";

        assertThat(sent(CHAT, chat.formatted("max"), CHAT, ALWAYS).dropped()).containsExactly("reasoning_effort");
        assertThat(sent(CHAT, chat.formatted("max"), MESSAGES, claude).dropped())
                .containsExactly("reasoning_effort");
        assertThat(sent(CHAT, chat.formatted("xhigh"), MESSAGES, claude).dropped())
                .isEmpty();
        assertThat(ofMessages("'output_config':{'effort':'max'}", CHAT, ALWAYS).dropped())
                .containsExactly("output_config.effort");
        assertThat(ofMessages(
                                "'thinking':{'type':'enabled','budget_tokens':2000,'display':'omitted'}",
                                RESPONSES,
                                taking(Effort.HIGH))
                        .dropped())
                .containsExactly("thinking.budget_tokens");
    }

    @Test
    void whoAdaptsAndIsToBeSeenIsSummarized() {
        EncodedRequest sent = ofMessages("'thinking':{'type':'adaptive','display':'summarized'}", RESPONSES, HIDES);

        assertThat(Json.parse(sent.body()).at("/reasoning/summary").stringValue(""))
                .isEqualTo("auto");
        assertThat(effort(sent)).isEqualTo("high");
    }

    /** A deployment of any name may be a model that does not reason, which refuses an effort that its caller has not named. */
    @Test
    void aModelThatNobodyKnowsIsNotAskedToThinkByAModeAlone() {
        ModelTraits unknown =
                HIDES.toBuilder().efforts(EnumSet.allOf(Effort.class)).build();
        for (DialectCodec to : OF_OPENAI) {
            for (String type : List.of("adaptive", "between_tools")) {
                EncodedRequest sent = ofMessages("'thinking':{'type':'" + type + "'}", to, unknown);
                assertThat(new String(sent.body(), java.nio.charset.StandardCharsets.UTF_8))
                        .doesNotContain("effort");
                assertThat(sent.dropped()).contains("thinking");
            }
            EncodedRequest named =
                    ofMessages("'thinking':{'type':'adaptive'},'output_config':{'effort':'low'}", to, unknown);
            assertThat(effort(named)).isEqualTo("low");
        }
    }
}
