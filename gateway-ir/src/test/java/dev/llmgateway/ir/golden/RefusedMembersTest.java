package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ReasoningOptions.Effort;
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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Members that some models of a vendor refuse are not sent to them, and are named. */
class RefusedMembersTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    /** A model that takes no sampling while it reasons, and can be told not to. */
    private static final ModelTraits REASONING = ModelTraits.openAi().toBuilder()
            .acceptsSampling(false)
            .efforts(Set.of(Effort.NONE, Effort.LOW))
            .build();

    private static final ModelTraits OLDER = REASONING.toBuilder()
            .refused(Set.of("logit_bias", "prediction", "parallel_tool_calls", "verbosity"))
            .build();

    private static EncodedRequest sent(DialectCodec from, DialectCodec to, ModelTraits traits, String members) {
        String said = from == RESPONSES ? "'input':'hi'" : "'messages':[{'role':'user','content':'hi'}]";
        byte[] body = ("{'model':'m'," + said + "," + members + "}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        return to.encodeRequest(from.decodeRequest(body), new Target("p", "wire", traits));
    }

    private static List<String> without(EncodedRequest request, String... names) {
        JsonNode body = Json.parse(request.body());
        assertThat(names)
                .allSatisfy(name -> assertThat(
                                body.at("/" + name.replace('.', '/')).isMissingNode())
                        .as(name)
                        .isTrue());
        return request.dropped();
    }

    /** OpenAI: "logprobs are not supported with reasoning models." */
    @Test
    void aModelThatReasonsTellsNoProbabilities() {
        String chat = "'logprobs':true,'top_logprobs':2";
        String responses = "'include':['message.output_text.logprobs'],'top_logprobs':2";

        assertThat(without(sent(CHAT, CHAT, REASONING, chat), "logprobs", "top_logprobs"))
                .containsExactlyInAnyOrder("logprobs", "top_logprobs");
        assertThat(without(sent(RESPONSES, CHAT, REASONING, responses), "logprobs", "top_logprobs"))
                .containsExactlyInAnyOrder("include", "top_logprobs");
        EncodedRequest fromChat = sent(CHAT, RESPONSES, REASONING, chat);
        assertThat(without(fromChat, "top_logprobs")).containsExactlyInAnyOrder("logprobs", "top_logprobs");
        assertThat(include(fromChat)).containsExactly("reasoning.encrypted_content");
        EncodedRequest passed = sent(
                RESPONSES,
                RESPONSES,
                REASONING,
                "'include':['reasoning.encrypted_content','message.output_text.logprobs'],'top_logprobs':2");
        assertThat(without(passed, "top_logprobs")).containsExactlyInAnyOrder("include", "top_logprobs");
        assertThat(include(passed)).containsExactly("reasoning.encrypted_content");
    }

    private static List<String> include(EncodedRequest request) {
        return Json.parse(request.body())
                .path("include")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    @Test
    void aModelThatIsToldNotToReasonTellsThem() {
        EncodedRequest chat = sent(CHAT, CHAT, REASONING, "'reasoning_effort':'none','logprobs':true,'top_logprobs':2");
        EncodedRequest responses = sent(
                RESPONSES,
                RESPONSES,
                REASONING,
                "'reasoning':{'effort':'none'},'include':['message.output_text.logprobs'],'top_logprobs':2");

        assertThat(Json.parse(chat.body()).path("logprobs").booleanValue()).isTrue();
        assertThat(Json.parse(chat.body()).path("top_logprobs").intValue()).isEqualTo(2);
        assertThat(chat.dropped()).isEmpty();
        assertThat(include(responses)).containsExactly("message.output_text.logprobs");
        assertThat(Json.parse(responses.body()).path("top_logprobs").intValue()).isEqualTo(2);
        assertThat(responses.dropped()).isEmpty();
    }

    /** OpenAI: "Unsupported parameter: 'parallel_tool_calls' is not supported with this model", also where it is false. */
    @Test
    void anOlderModelIsNotToldWhatItRefusesToBeTold() {
        String members = "'logit_bias':{'1':2},'prediction':{'type':'content','content':'x'},'verbosity':'low',"
                + "'parallel_tool_calls':false,'tools':[{'type':'function','function':{'name':'f'}}]";
        String responses =
                "'text':{'verbosity':'low'},'parallel_tool_calls':false," + "'tools':[{'type':'function','name':'f'}]";

        assertThat(without(
                        sent(CHAT, CHAT, OLDER, members),
                        "logit_bias",
                        "prediction",
                        "verbosity",
                        "parallel_tool_calls"))
                .containsExactlyInAnyOrder("logit_bias", "prediction", "verbosity", "parallel_tool_calls");
        assertThat(without(sent(RESPONSES, CHAT, OLDER, responses), "verbosity", "parallel_tool_calls"))
                .containsExactlyInAnyOrder("text.verbosity", "parallel_tool_calls");
        assertThat(without(sent(RESPONSES, RESPONSES, OLDER, responses), "text.verbosity"))
                .containsExactly("text.verbosity");
        assertThat(without(sent(CHAT, RESPONSES, OLDER, "'verbosity':'low'"), "text"))
                .containsExactly("verbosity");
    }

    @Test
    void thatSeveralCallsAreFineIsNoLoss() {
        String tools = "'tools':[{'type':'function','function':{'name':'f'}}],";

        assertThat(without(sent(CHAT, CHAT, OLDER, tools + "'parallel_tool_calls':true"), "parallel_tool_calls"))
                .isEmpty();
    }

    @Test
    void aCallerOfMessagesLearnsInItsOwnWordsThatCallsMayBeParallel() {
        EncodedRequest request = sent(
                MESSAGES,
                CHAT,
                OLDER,
                "'max_tokens':9,'tools':[{'name':'f','input_schema':{'type':'object'}}],"
                        + "'tool_choice':{'type':'auto','disable_parallel_tool_use':true}");

        assertThat(without(request, "parallel_tool_calls")).containsExactly("tool_choice.disable_parallel_tool_use");
    }

    /** OpenAI: "The 'metadata' parameter is only allowed when 'store' is enabled." */
    @Test
    void metadataOfAnAnswerThatIsNotStoredStaysInResponses() {
        String metadata = "'metadata':{'a':'b'}";
        for (String store : List.of("", ",'store':false", ",'store':null")) {
            EncodedRequest chat = sent(RESPONSES, CHAT, ModelTraits.openAi(), metadata + store);

            assertThat(without(chat, "metadata")).containsExactly("metadata");
        }
        for (DialectCodec to : List.of(CHAT, RESPONSES)) {
            EncodedRequest stored = sent(RESPONSES, to, ModelTraits.openAi(), metadata + ",'store':true");

            assertThat(Json.parse(stored.body()).at("/metadata/a").stringValue())
                    .isEqualTo("b");
            assertThat(stored.dropped()).isEmpty();
        }
        assertThat(Json.parse(sent(CHAT, RESPONSES, ModelTraits.openAi(), metadata)
                                .body())
                        .at("/metadata/a")
                        .stringValue())
                .isEqualTo("b");
    }

    /** Groq: each of these "will result in a 400 error if they are supplied", and n "must be equal to 1". */
    @Test
    void aProviderThatHasNeitherProbabilitiesNorSeveralAnswersIsAskedForNone() {
        ModelTraits groq = ModelTraits.openAi().toBuilder()
                .refused(Set.of("logprobs", "top_logprobs", "logit_bias", "n"))
                .build();

        assertThat(without(
                        sent(CHAT, CHAT, groq, "'logprobs':true,'top_logprobs':2,'logit_bias':{'1':2},'n':1"),
                        "logprobs",
                        "top_logprobs",
                        "logit_bias"))
                .containsExactlyInAnyOrder("logprobs", "top_logprobs", "logit_bias");
        assertThat(without(
                        sent(RESPONSES, CHAT, groq, "'include':['message.output_text.logprobs'],'top_logprobs':2"),
                        "logprobs",
                        "top_logprobs"))
                .containsExactlyInAnyOrder("include", "top_logprobs");
        assertThatThrownBy(() -> sent(CHAT, CHAT, groq, "'n':2"))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageContaining("one answer per request, 2 were asked for");
    }

    /** Groq: "service_tier ... auto, on_demand, flex, performance". Responses callers (Codex' fast mode) and Chat callers alike. */
    @Test
    void aProviderWithTiersOfItsOwnIsAskedForThose() {
        ModelTraits groq = ModelTraits.openAi().toBuilder()
                .serviceTiers(Set.of("auto", "on_demand", "flex", "performance"))
                .build();
        for (DialectCodec from : List.of(CHAT, RESPONSES)) {
            for (String tier : List.of("auto", "flex", "performance", "on_demand")) {
                EncodedRequest same = sent(from, CHAT, groq, "'service_tier':'" + tier + "'");
                assertThat(Json.parse(same.body()).path("service_tier").asString())
                        .isEqualTo(tier);
                assertThat(same.dropped()).isEmpty();
            }
            EncodedRequest usual = sent(from, CHAT, groq, "'service_tier':'default'");
            assertThat(Json.parse(usual.body()).path("service_tier").asString()).isEqualTo("on_demand");
            assertThat(usual.dropped()).isEmpty();
            for (String tier : List.of("priority", "scale", "fast")) {
                assertThat(without(sent(from, CHAT, groq, "'service_tier':'" + tier + "'"), "service_tier"))
                        .containsExactly("service_tier");
            }
            assertThat(without(sent(from, CHAT, groq, "'service_tier':null"), "service_tier"))
                    .isEmpty();
            EncodedRequest openAi = sent(from, CHAT, ModelTraits.openAi(), "'service_tier':'priority'");
            assertThat(Json.parse(openAi.body()).path("service_tier").asString())
                    .isEqualTo("priority");
        }
    }

    /** Google: 'Unknown name "service_tier": Cannot find field.' */
    @Test
    void aProviderWithoutTiersIsAskedForNone() {
        ModelTraits google =
                ModelTraits.openAi().toBuilder().refused(Set.of("service_tier")).build();
        for (DialectCodec from : List.of(CHAT, RESPONSES)) {
            assertThat(without(sent(from, CHAT, google, "'service_tier':'flex'"), "service_tier"))
                    .containsExactly("service_tier");
            for (String usual : List.of("auto", "default")) {
                assertThat(without(sent(from, CHAT, google, "'service_tier':'" + usual + "'"), "service_tier"))
                        .isEmpty();
            }
        }
    }

    /** Groq: "property 'moderation' is unsupported". */
    @Test
    void moderationIsAskedOfOpenAiAlone() {
        ModelTraits copy =
                ModelTraits.openAi().toBuilder().acceptsOpenAiExtras(false).build();
        String members = "'moderation':{'model':'omni-moderation-latest'}";
        for (DialectCodec from : List.of(CHAT, RESPONSES)) {
            assertThat(without(sent(from, CHAT, copy, members), "moderation")).containsExactly("moderation");
            EncodedRequest openAi = sent(from, CHAT, ModelTraits.openAi(), members);
            assertThat(Json.parse(openAi.body()).has("moderation")).isTrue();
            assertThat(openAi.dropped()).isEmpty();
        }
    }

    /** Groq: "Up to 4 sequences"; Gemini: "up to 5". Anthropic knows no such limit. */
    @ParameterizedTest
    @CsvSource({"4,a b c d", "5,a b c d e"})
    void moreStopTextsThanAProviderTakesAreNamed(int most, String sent) {
        ModelTraits traits = ModelTraits.openAi().toBuilder()
                .acceptsOpenAiExtras(false)
                .mostStops(most)
                .build();
        EncodedRequest six = sent(MESSAGES, CHAT, traits, "'max_tokens':99,'stop_sequences':['a','b','c','d','e','f']");

        assertThat(Json.parse(six.body()).path("stop").valueStream().map(JsonNode::stringValue))
                .containsExactly(sent.split(" "));
        assertThat(six.dropped()).containsExactly("stop_sequences");
        assertThat(sent(MESSAGES, CHAT, traits, "'max_tokens':99,'stop_sequences':['a','b','c','d']")
                        .dropped())
                .isEmpty();
        EncodedRequest own = sent(CHAT, CHAT, traits, "'stop':['a','b','c','d','e','f']");
        assertThat(Json.parse(own.body()).path("stop")).hasSize(6);
    }
}
