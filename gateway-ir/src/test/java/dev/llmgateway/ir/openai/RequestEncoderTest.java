package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.CODEC;
import static dev.llmgateway.ir.openai.Streams.GOOGLE;
import static dev.llmgateway.ir.openai.Streams.OPENAI;
import static dev.llmgateway.ir.openai.Streams.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.InstructionRole;
import dev.llmgateway.ir.codec.ModelTraits.JsonSchemaMode;
import dev.llmgateway.ir.codec.ModelTraits.MaxTokensField;
import dev.llmgateway.ir.codec.ModelTraits.ReasoningField;
import dev.llmgateway.ir.codec.ModelTraits.ToolsWithReasoning;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A client's own request, sent to targets with one peculiarity each. */
class RequestEncoderTest {

    private static final String TOOLS =
            "'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}]";

    private static Target target(UnaryOperator<ModelTraits.Builder> traits) {
        return new Target(
                "p", "w", traits.apply(ModelTraits.openAi().toBuilder()).build());
    }

    private static ChatRequest with(String members) {
        return request("{'model':'m','messages':[{'role':'user','content':'hi'}]," + members + "}");
    }

    private static JsonNode sent(ChatRequest request, Target target) {
        return Json.parse(CODEC.encodeRequest(request, target).body());
    }

    private static String text(EncodedRequest encoded) {
        return new String(encoded.body(), StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void everyByteButTheModelStays() {
        ChatRequest request =
                request("{ 'messages' : [{'role':'user', 'content':'h\\u00e9'}] ,\n 'model':\t'm', 'new':1.50 }");

        assertThat(text(CODEC.encodeRequest(request, OPENAI)))
                .isEqualTo(
                        "{ 'messages' : [{'role':'user', 'content':'h\\u00e9'}] ,\n 'model':\t'gpt-5', 'new':1.50 }");
    }

    @Test
    void aChangedRequestIsWrittenAnewWithItsExtras() {
        ChatRequest request =
                with("'seed':7,'new_member':{'a':1}").toBuilder().user("more").build();

        JsonNode body = sent(request, OPENAI);

        assertThat(body.get("messages").size()).isEqualTo(2);
        assertThat(body.get("new_member")).isEqualTo(Streams.json("{'a':1}"));
        assertThat(body.get("seed").asInt()).isEqualTo(7);
    }

    @Test
    void usageIsAlwaysAskedForInStreamsAndOnlyThere() {
        assertThat(sent(with("'stream':true"), OPENAI).get("stream_options"))
                .isEqualTo(Streams.json("{'include_usage':true}"));
        assertThat(sent(with("'stream':true,'stream_options':{'include_obfuscation':false}"), OPENAI)
                        .get("stream_options"))
                .isEqualTo(Streams.json("{'include_obfuscation':false,'include_usage':true}"));
        ChatRequest notStreamed =
                with("'stream':true,'stream_options':{'include_usage':true}").withStream(false);
        assertThat(sent(notStreamed, OPENAI).has("stream_options")).isFalse();
        assertThat(sent(notStreamed, OPENAI).get("stream").booleanValue()).isFalse();
        assertThat(sent(with("'stream':true"), target(t -> t.acceptsStreamOptions(false)))
                        .has("stream_options"))
                .isFalse();
    }

    @Test
    void theOutputLimitGetsTheNameThatTheTargetWants() {
        Target old = target(t -> t.maxTokensField(MaxTokensField.MAX_TOKENS));

        assertThat(text(CODEC.encodeRequest(with("'max_completion_tokens': 5"), old)))
                .contains("'max_tokens':5");
        assertThat(sent(with("'max_tokens':5"), OPENAI)
                        .get("max_completion_tokens")
                        .asInt())
                .isEqualTo(5);
        assertThat(sent(with("'max_tokens':5"), OPENAI).has("max_tokens")).isFalse();
        JsonNode both = sent(with("'max_tokens':5,'max_completion_tokens':6"), old);
        assertThat(both.get("max_tokens").asInt()).isEqualTo(6);
        assertThat(both.has("max_completion_tokens")).isFalse();
    }

    @Test
    void anEmptyListOfToolsIsLeftOutWithItsChoice() {
        JsonNode body = sent(with("'tools':[],'tool_choice':'auto','parallel_tool_calls':true"), OPENAI);

        assertThat(body.has("tools") || body.has("tool_choice") || body.has("parallel_tool_calls"))
                .isFalse();
    }

    @Test
    void samplingThatTheModelRefusesIsDroppedAndNamed() {
        ChatRequest request = with("'temperature':0.5,'top_p':0.9,'top_k':5,'presence_penalty':1,'stop':'x'");

        EncodedRequest encoded = CODEC.encodeRequest(
                request, target(t -> t.acceptsSampling(false).acceptsStop(false)));

        assertThat(encoded.dropped())
                .containsExactlyInAnyOrder("temperature", "top_p", "top_k", "presence_penalty", "stop");
        assertThat(text(encoded)).isEqualTo("{'model':'w','messages':[{'role':'user','content':'hi'}]}");
    }

    @Test
    void aModelThatReasonsTakesSamplingOnceItsEffortIsNone() {
        Target target = target(t -> t.acceptsSampling(false).efforts(EnumSet.of(Effort.NONE, Effort.HIGH)));

        assertThat(sent(with("'temperature':0.5,'reasoning_effort':'none'"), target)
                        .has("temperature"))
                .isTrue();
        assertThat(sent(with("'temperature':0.5,'reasoning_effort':'high'"), target)
                        .has("temperature"))
                .isFalse();
    }

    @Test
    void temperatureIsLoweredToWhatTheModelTakes() {
        assertThat(sent(with("'temperature':1.7"), target(t -> t.maxTemperature(1)))
                        .get("temperature")
                        .asDouble())
                .isEqualTo(1.0);
        EncodedRequest both = CODEC.encodeRequest(
                with("'temperature':0.7,'top_p':0.5"), target(t -> t.acceptsTopPWithTemperature(false)));
        assertThat(both.dropped()).containsExactly("top_p");
    }

    @Test
    void anEffortBecomesTheNearestThatTheModelKnows() {
        Target target = target(t -> t.efforts(EnumSet.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH)));

        assertThat(sent(with("'reasoning_effort':'minimal'"), target)
                        .get("reasoning_effort")
                        .asString())
                .isEqualTo("low");
        assertThat(sent(with("'reasoning_effort':'max'"), target)
                        .get("reasoning_effort")
                        .asString())
                .isEqualTo("high");
        EncodedRequest none = CODEC.encodeRequest(with("'reasoning_effort':'high'"), target(t -> t));
        assertThat(none.dropped()).containsExactly("reasoning_effort");
        assertThat(text(none)).doesNotContain("reasoning_effort");
    }

    @Test
    void aModelThatReasonsThoughToldNotToIsNamed() {
        Target always = target(t -> t.efforts(EnumSet.of(Effort.LOW, Effort.HIGH)));
        EncodedRequest least = CODEC.encodeRequest(with("'reasoning_effort':'none'"), always);
        assertThat(Json.parse(least.body()).get("reasoning_effort").asString()).isEqualTo("low");
        assertThat(least.dropped()).containsExactly("reasoning_effort");
        EncodedRequest disabled = CODEC.encodeRequest(with("'thinking':{'type':'disabled'}"), always);
        assertThat(Json.parse(disabled.body()).get("reasoning_effort").asString())
                .isEqualTo("low");
        assertThat(disabled.dropped()).containsExactly("thinking");
    }

    @Test
    void aModelThatCanOnlyBeToldNotToReasonIsToldNothingElse() {
        Target onOrOff = target(t -> t.efforts(EnumSet.of(Effort.NONE)));
        EncodedRequest off = CODEC.encodeRequest(with("'reasoning_effort':'none'"), onOrOff);
        assertThat(Json.parse(off.body()).get("reasoning_effort").asString()).isEqualTo("none");
        assertThat(off.dropped()).isEmpty();
        EncodedRequest hard = CODEC.encodeRequest(with("'reasoning_effort':'high'"), onOrOff);
        assertThat(text(hard)).doesNotContain("reasoning_effort");
        assertThat(hard.dropped()).containsExactly("reasoning_effort");
    }

    @Test
    void whoeverNamesAnEffortOfChatIsBelievedToKnowTheModel() {
        Target perhaps = target(t -> t.efforts(EnumSet.of(Effort.NONE, Effort.LOW, Effort.MEDIUM, Effort.HIGH))
                .mayNotReason(true));

        assertThat(sent(with("'reasoning_effort':'xhigh'"), perhaps)
                        .get("reasoning_effort")
                        .asString())
                .isEqualTo("high");
    }

    @Test
    void functionToolsTurnReasoningOffWhereChatRefusesBoth() {
        Target target = target(
                t -> t.toolsWithReasoning(ToolsWithReasoning.REFUSED).efforts(EnumSet.of(Effort.NONE, Effort.HIGH)));

        EncodedRequest absent = CODEC.encodeRequest(with(TOOLS), target);
        assertThat(Json.parse(absent.body()).get("reasoning_effort").asString()).isEqualTo("none");
        assertThat(absent.dropped()).isEmpty();
        EncodedRequest asked = CODEC.encodeRequest(with(TOOLS + ",'reasoning_effort':'high'"), target);
        assertThat(Json.parse(asked.body()).get("reasoning_effort").asString()).isEqualTo("none");
        assertThat(asked.dropped()).containsExactly("reasoning_effort");
    }

    @Test
    void anEffortBesideFunctionToolsIsDroppedWhereOnlyAnExplicitOneIsRefused() {
        Target target = target(t -> t.toolsWithReasoning(ToolsWithReasoning.REFUSED_WITH_EFFORT)
                .efforts(EnumSet.of(Effort.NONE, Effort.HIGH)));

        assertThat(sent(with(TOOLS), target).has("reasoning_effort")).isFalse();
        EncodedRequest asked = CODEC.encodeRequest(with(TOOLS + ",'reasoning_effort':'high'"), target);
        assertThat(Json.parse(asked.body()).has("reasoning_effort")).isFalse();
        assertThat(asked.dropped()).containsExactly("reasoning_effort");
    }

    @Test
    void aModelThatDoesNotReasonByItselfTakesSampling() {
        Target target =
                target(t -> t.acceptsSampling(false).reasonsByDefault(false).efforts(EnumSet.of(Effort.HIGH)));

        assertThat(sent(with("'temperature':0.5"), target).has("temperature")).isTrue();
        assertThat(sent(with("'temperature':0.5,'reasoning_effort':'high'"), target)
                        .has("temperature"))
                .isFalse();
    }

    @Test
    void aForcedToolIsDroppedAndNamedWhereForcingIsRefused() {
        EncodedRequest encoded =
                CODEC.encodeRequest(with(TOOLS + ",'tool_choice':'required'"), target(t -> t.acceptsForcedTool(false)));

        assertThat(encoded.dropped()).containsExactly("tool_choice");
        assertThat(text(encoded)).doesNotContain("tool_choice").contains("'tools'");
    }

    @Test
    void allowedToolsBecomeAShorterListForTargetsThatDoNotKnowThem() {
        ChatRequest request = with(
                "'tools':[{'type':'function','function':{'name':'f'}},{'type':'function','function':{'name':'g'}}],"
                        + "'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':[{'type':'function','function':{'name':'g'}}]}}");

        JsonNode body = sent(request, target(t -> t.acceptsOpenAiExtras(false)));

        assertThat(body.get("tools").size()).isEqualTo(1);
        assertThat(body.get("tools").get(0).get("function").get("name").asString())
                .isEqualTo("g");
        assertThat(body.get("tool_choice").asString()).isEqualTo("required");
        assertThat(sent(request, OPENAI).get("tools").size()).isEqualTo(2);
    }

    @Test
    void allowingOnlyWhatIsNotOfferedIsRefusedHereWhereTheTargetCannotTell() {
        ChatRequest request = with(
                TOOLS
                        + ",'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':{'name':'nope'}}]}}");

        assertThatThrownBy(() -> sent(request, target(t -> t.acceptsOpenAiExtras(false))))
                .isInstanceOf(UntranslatableException.class)
                .hasMessage("tool_choice: there is no \"nope\" among the tools: choose one that \"tools\" offers");
        assertThat(sent(request, OPENAI).path("tool_choice")).isNotEmpty();
    }

    @Test
    void membersThatOnlyOpenAiKnowsStayAwayFromOthers() {
        ChatRequest request =
                with("'store':false,'prompt_cache_key':'k','safety_identifier':'s','service_tier':'flex'");

        EncodedRequest encoded = CODEC.encodeRequest(request, target(t -> t.acceptsOpenAiExtras(false)));

        assertThat(encoded.dropped()).containsExactlyInAnyOrder("prompt_cache_key", "safety_identifier");
        assertThat(text(encoded)).doesNotContain("store", "prompt_cache_key").contains("service_tier");
        JsonNode anew = sent(request.toBuilder().build(), target(t -> t.acceptsOpenAiExtras(false)));
        assertThat(anew.get("user").asString()).isEqualTo("s");
        assertThat(anew.has("store") || anew.has("prompt_cache_key")).isFalse();
    }

    @Test
    void instructionsGetTheRoleThatTheTargetWants() {
        ChatRequest request = request(
                "{'model':'m','messages':[{'role':'system','content':'s'},{'role':'developer','content':'d'},{'role':'user','content':'u'}]}");

        assertThat(roles(request, OPENAI)).containsExactly("system", "developer", "user");
        assertThat(roles(request, target(t -> t.acceptsOpenAiExtras(false))))
                .containsExactly("system", "system", "user");
        assertThat(roles(request, target(t -> t.instructionRole(InstructionRole.DEVELOPER))))
                .containsExactly("developer", "developer", "user");
        JsonNode folded = sent(request, target(t -> t.instructionRole(InstructionRole.USER)));
        assertThat(folded.get("messages").size()).isEqualTo(1);
        assertThat(folded.get("messages").toString())
                .contains("<instructions>\\ns\\n</instructions>", "<instructions>\\nd\\n</instructions>", "\"u\"");
    }

    @Test
    void anImageBesideInstructionsThatAreFoldedFollowsThem() {
        ChatRequest request = request(
                "{'model':'m','messages':[{'role':'developer','content':[{'type':'image_url','image_url':{'url':'https://h/i.png'}},"
                        + "{'type':'text','text':'d'}]},{'role':'user','content':'u'}]}");
        EncodedRequest encoded = CODEC.encodeRequest(request, target(t -> t.instructionRole(InstructionRole.USER)));

        JsonNode parts = Json.parse(encoded.body()).at("/messages/0/content");
        assertThat(parts.at("/0/text").asString()).isEqualTo("<instructions>\nd\n</instructions>");
        assertThat(parts.at("/1/image_url/url").asString()).isEqualTo("https://h/i.png");
        assertThat(parts.at("/2/text").asString()).isEqualTo("u");
        assertThat(encoded.dropped()).isEmpty();
    }

    @Test
    void midInstructionsAreFoldedIntoTheNextUserTurnButNeverBetweenCallAndResult() {
        ChatRequest request = request(
                "{'model':'m','messages':[{'role':'system','content':'s'},{'role':'user','content':'u'},"
                        + "{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]},"
                        + "{'role':'system','content':'mid'},{'role':'tool','tool_call_id':'c','content':'r'},{'role':'user','content':'v'}]}");

        JsonNode body = sent(request, target(t -> t.acceptsMidInstructions(false)));

        assertThat(roles(request, target(t -> t.acceptsMidInstructions(false))))
                .containsExactly("system", "user", "assistant", "tool", "user");
        assertThat(body.get("messages").get(4).toString()).contains("mid", "\"v\"");
        assertThat(roles(request, OPENAI)).hasSize(6);
    }

    private static List<String> roles(ChatRequest request, Target target) {
        return sent(request, target).get("messages").values().stream()
                .map(message -> message.get("role").asString())
                .toList();
    }

    @Test
    void aSignatureGoesBackToGoogleAndToNobodyElse() {
        String packed = ToolCallIds.forClient(
                "call_1", new OpaqueToken(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE, "sig", null));
        ChatRequest request = request("{'model':'m','messages':[{'role':'assistant','tool_calls':[{'id':'" + packed
                + "','type':'function','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'"
                + packed
                + "','content':'r'}]}");

        JsonNode google = sent(request, GOOGLE).get("messages");
        assertThat(google.get(0).get("tool_calls").get(0))
                .isEqualTo(
                        Streams.json(
                                "{'id':'call_1','type':'function','function':{'name':'f','arguments':'{}'},'extra_content':{'google':{'thought_signature':'sig'}}}"));
        assertThat(google.get(1).get("tool_call_id").asString()).isEqualTo("call_1");
        assertThat(sent(request, OPENAI).toString()).doesNotContain("extra_content", "__ts_");
    }

    @Test
    void googleIsNotToldWhichSchemaLanguageAToolUses() {
        ChatRequest request = with(
                "'tools':[{'type':'function','function':{'name':'f','parameters':{'$schema':'x','type':'object'}}}]");

        assertThat(sent(request, GOOGLE).toString()).doesNotContain("$schema");
        assertThat(sent(request, OPENAI).toString()).contains("$schema");
    }

    @Test
    void reasoningIsReplayedInTheModelsOwnFieldOrNotAtAll() {
        ChatRequest request = request(
                "{'model':'m','messages':[{'role':'user','content':'u'},{'role':'assistant','content':'a','reasoning_content':'why'}]}");

        assertThat(sent(request, target(t -> t.reasoningField(ReasoningField.REASONING)))
                        .get("messages")
                        .get(1))
                .isEqualTo(Streams.json("{'role':'assistant','reasoning':'why','content':'a'}"));
        EncodedRequest none = CODEC.encodeRequest(request, OPENAI);
        assertThat(text(none)).doesNotContain("why");
        assertThat(none.dropped()).containsExactly("messages[].reasoning_content");
    }

    @Test
    void imageUrlsAreRefusedWhereNobodyFetchesThem() {
        ChatRequest request = request(
                "{'model':'m','messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://e.org/a.png'}}]}]}");

        assertThatThrownBy(() -> CODEC.encodeRequest(request, target(t -> t.acceptsImageUrls(false))))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageContaining("Base64");
    }

    @Test
    void aSchemaThatTheTargetCannotEnforceIsAskedForInWords() {
        ChatRequest request =
                with("'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object'}}}");

        EncodedRequest encoded = CODEC.encodeRequest(request, target(t -> t.jsonSchema(JsonSchemaMode.NONE)));

        JsonNode body = Json.parse(encoded.body());
        assertThat(body.get("response_format")).isEqualTo(Streams.json("{'type':'json_object'}"));
        assertThat(body.get("messages").get(0).get("role").asString()).isEqualTo("system");
        assertThat(body.get("messages").get(0).get("content").asString()).contains("JSON", "{\"type\":\"object\"}");
        assertThat(encoded.dropped()).containsExactly("response_format.json_schema");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object'}}} | {\"type\":\"object\"} | response_format.json_schema",
                "{'type':'json_object'} | one JSON object | response_format.type"
            })
    void jsonIsAskedForInWordsWhereTheTargetRefusesItBesideTools(String format, String words, String lost) {
        Target target = target(t -> t.acceptsJsonBesideTools(false));

        EncodedRequest encoded = CODEC.encodeRequest(with(TOOLS + ",'response_format':" + format), target);

        JsonNode body = Json.parse(encoded.body());
        assertThat(body.has("response_format")).isFalse();
        assertThat(body.path("tools")).isNotEmpty();
        assertThat(body.get("messages").get(0).get("role").asString()).isEqualTo("system");
        assertThat(body.get("messages").get(0).get("content").asString()).contains(words);
        assertThat(encoded.dropped()).containsExactly(lost);
        EncodedRequest alone = CODEC.encodeRequest(with("'response_format':" + format), target);
        assertThat(Json.parse(alone.body()).get("response_format")).isEqualTo(Streams.json(format));
        assertThat(alone.dropped()).isEmpty();
    }

    @Test
    void aLoneSurrogateCannotBreakTheOutput() {
        ChatRequest request =
                with("'new_member':'\\ud800'").toBuilder().user("a\ud800b").build();

        JsonNode body = sent(request, OPENAI);

        assertThat(body.get("messages").get(1).get("content").asString()).isEqualTo("a\ufffdb");
        assertThat(body.get("new_member").asString()).isEqualTo("\ufffd");
    }
}
