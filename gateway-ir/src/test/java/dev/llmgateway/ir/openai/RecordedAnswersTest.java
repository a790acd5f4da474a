package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.CODEC;
import static dev.llmgateway.ir.openai.Streams.GOOGLE;
import static dev.llmgateway.ir.openai.Streams.OPENAI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Complete answers as providers really sent them. */
class RecordedAnswersTest {

    private static final ChatRequest REQUEST =
            Streams.request("{'model':'alias','messages':[{'role':'user','content':'x'}]}");

    private static ChatResponse answer(String name) {
        return CODEC.decodeResponse(Fixtures.bytes(name), OPENAI);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai-image.json",
                "openai-json-schema.json",
                "openai-length.json",
                "openai-reasoning.json",
                "openai-refusal.json",
                "groq-tool.json"
            })
    void onlyTheModelIsReplacedForAClientThatAskedByAnAlias(String name) {
        ChatResponse read = answer(name);
        ChatResponse answer = new ChatResponse(
                read.id(),
                read.model(),
                read.created(),
                read.choices(),
                read.usage(),
                new Origin("p", "served", List.of()),
                read.wire());
        String expected = new String(Fixtures.bytes(name), StandardCharsets.UTF_8)
                .replaceFirst("(\"model\": ?)\"[^\"]+\"", "$1\"alias\"");

        assertThat(new String(CODEC.encodeResponse(answer, REQUEST), StandardCharsets.UTF_8))
                .isEqualTo(expected);
        assertThat(CODEC.encodeResponse(read, REQUEST)).isEqualTo(Fixtures.bytes(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"openai-json-schema.json", "openai-reasoning.json", "openai-refusal.json", "groq-tool.json"})
    void anAnswerThatIsWrittenAnewSaysTheSame(String name) {
        ChatResponse read = answer(name);

        byte[] anew = CODEC.encodeResponse(read.withChoices(read.choices()), REQUEST);

        assertThat(CODEC.decodeResponse(anew, OPENAI).choices()).isEqualTo(read.choices());
        assertThat(CODEC.decodeResponse(anew, OPENAI).usage()).isEqualTo(read.usage());
    }

    @Test
    void aRefusalThatEndsWithStopIsARefusal() {
        ChatResponse answer = answer("openai-refusal.json");

        assertThat(answer.first().content())
                .containsExactly(new Content.Refusal("I'm very sorry, but I can't assist with that request."));
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.REFUSAL);
    }

    @Test
    void reasoningTokensAreAPartOfTheOutput() {
        assertThat(answer("openai-reasoning.json").usage()).isEqualTo(new Usage(27, 0, 0, 0, 267, 192));
    }

    @Test
    void lengthIsTheOutputLimit() {
        assertThat(answer("openai-length.json").first().stopReason()).isEqualTo(StopReason.MAX_TOKENS);
    }

    @Test
    void groqsReasoningStandsBeforeItsToolCall() {
        ChatResponse answer = answer("groq-tool.json");

        assertThat(answer.first().content()).hasSize(2);
        assertThat(answer.first().content().getFirst()).isInstanceOf(Content.Reasoning.class);
        assertThat(answer.toolCalls())
                .containsExactly(new Content.ToolCall(
                        "fc_beee8d84-e6d7-4980-bec6-298d3ec7a73f", "final_result", "{\"response\":\"yes\"}"));
        assertThat(answer.usage()).isEqualTo(new Usage(254, 0, 0, 0, 174, 147));
    }

    @Test
    void googlesEmptyIdIsReplacedItsSignatureKeptAndItsThinkingCounted() {
        ChatResponse answer = CODEC.decodeResponse(Fixtures.bytes("google-compat-tool-empty-id.json"), GOOGLE);
        Content.ToolCall call = answer.toolCalls().getFirst();

        assertThat(call.id()).startsWith("call_");
        assertThat(call.token()).isNotNull();
        assertThat(call.token().kind()).isEqualTo(OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE);
        assertThat(answer.usage()).isEqualTo(new Usage(35, 0, 0, 0, 74, 62));
        assertThat(answer.wire().form()).isNull();
        JsonNode shown = Json.parse(CODEC.encodeResponse(answer, REQUEST));
        JsonNode message = shown.get("choices").get(0).get("message");
        assertThat(message.get("tool_calls").get(0).get("id").asString()).startsWith(call.id() + "__ts_");
        assertThat(message.has("extra_content")).isFalse();
    }

    @Test
    void googlesThoughtTagsBecomeReasoning() {
        ChatResponse answer = CODEC.decodeResponse(
                body(
                        "{'choices':[{'index':0,'message':{'role':'assistant','content':'<thought>why</thought>yes'},'finish_reason':'stop'}]}"),
                GOOGLE);

        assertThat(answer.first().content())
                .containsExactly(new Content.Reasoning("why", null, Extras.NONE), new Content.Text("yes"));
        assertThat(answer.wire().form()).isNull();
    }

    @Test
    void ollamasStopAfterAToolCallMeansToolUseAndTheClientIsToldSo() {
        ChatResponse answer = CODEC.decodeResponse(
                body(
                        "{'choices':[{'index':0,'message':{'role':'assistant','content':'','tool_calls':[{'id':'call_1','type':'function','function':{'name':'f','arguments':''}}]},'finish_reason':'stop'}]}"),
                OPENAI);

        assertThat(answer.first().stopReason()).isEqualTo(StopReason.TOOL_USE);
        assertThat(answer.toolCalls()).containsExactly(new Content.ToolCall("call_1", "f", "{}"));
        ObjectNode shown = (ObjectNode) Json.parse(CODEC.encodeResponse(answer, REQUEST));
        assertThat(shown.get("choices").get(0).get("finish_reason").asString()).isEqualTo("tool_calls");
    }

    @Test
    void deepSeeksCacheCountersAreRead() {
        ChatResponse answer = CODEC.decodeResponse(
                body(
                        "{'choices':[{'message':{'content':'x'},'finish_reason':'stop'}],'usage':{'prompt_tokens':10,'completion_tokens':2,'total_tokens':12,'prompt_cache_hit_tokens':8,'prompt_cache_miss_tokens':2}}"),
                OPENAI);

        assertThat(answer.usage()).isEqualTo(new Usage(2, 8, 0, 0, 2, 0));
    }

    @Test
    void moonshotsCacheReadsStandBesideTheOtherCounts() {
        ChatResponse answer = CODEC.decodeResponse(
                body(
                        "{'choices':[{'message':{'content':'x'},'finish_reason':'stop'}],'usage':{'prompt_tokens':10,'completion_tokens':2,'total_tokens':12,'cached_tokens':8}}"),
                OPENAI);

        assertThat(answer.usage()).isEqualTo(new Usage(2, 8, 0, 0, 2, 0));
        assertThat(AnswerLosses.of(answer, REQUEST)).isEmpty();
    }

    @Test
    void cacheWritesAreCountedApart() {
        ChatResponse answer = CODEC.decodeResponse(
                body(
                        "{'choices':[{'message':{'content':'x'},'finish_reason':'stop'}],'usage':{'prompt_tokens':10,'completion_tokens':2,'total_tokens':12,'prompt_tokens_details':{'cached_tokens':3,'cache_write_tokens':4}}}"),
                OPENAI);

        assertThat(answer.usage()).isEqualTo(new Usage(3, 3, 4, 0, 2, 0));
    }

    @Test
    void deepInfrasGemmaLeavesReasoningOutOfItsCompletion() {
        ChatResponse answer = CODEC.decodeResponse(
                body(
                        "{'choices':[{'message':{'content':'x'},'finish_reason':'stop'}],'usage':{'prompt_tokens':10,'completion_tokens':2,'total_tokens':12,'completion_tokens_details':{'reasoning_tokens':30}}}"),
                OPENAI);

        assertThat(answer.usage()).isEqualTo(new Usage(10, 0, 0, 0, 32, 30));
    }

    @Test
    void whatIsNoAnswerIsMalformed() {
        for (String body : List.of("", "[]", "{}", "{'choices':[]}", "{'choices':[{}]}", "<html>")) {
            assertThatThrownBy(() -> CODEC.decodeResponse(body(body), OPENAI))
                    .as(body)
                    .isInstanceOf(MalformedAnswerException.class);
        }
    }

    @Test
    void anErrorInPlaceOfAnAnswerKeepsItsKind() {
        String error = "{'error':{'message':'No capacity','code':503}}";
        for (String body : List.of(error, "[" + error + "]")) {
            assertThatThrownBy(() -> CODEC.decodeResponse(body(body), OPENAI))
                    .isInstanceOfSatisfying(
                            ProviderStreamException.class,
                            e -> assertThat(e.error().kind()).isEqualTo(WireError.Kind.OVERLOADED))
                    .hasMessage("No capacity");
        }
    }

    private static byte[] body(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
