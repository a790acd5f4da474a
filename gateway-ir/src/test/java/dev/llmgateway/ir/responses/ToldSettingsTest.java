package dev.llmgateway.ir.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a response object repeats of its request. */
class ToldSettingsTest {

    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();
    private static final String SENT = """
            {'model':'m','input':'x','instructions':'Be \\n\\"brief\\"','reasoning':{'effort':'low','summary':'auto'},'store':false,
             'truncation':'auto','service_tier':'flex','safety_identifier':'s','user':'u','prompt_cache_key':'k',
             'max_tool_calls':3,'top_logprobs':2,'temperature':0.5,'metadata':{'a':'b'},'text':{'verbosity':'low'},
             'tools':[{'type':'function','name':'f','parameters':{'type':'object'}},{'type':'web_search'}],
             'tool_choice':'required','parallel_tool_calls':false}""";

    private static ChatRequest request(String singleQuoted) {
        return CODEC.decodeRequest(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ChatResponse answer(String id, String... dropped) {
        return new ChatResponse(
                id,
                "gpt",
                1,
                List.of(new Choice(List.of(new Content.Text("a")), StopReason.END_TURN)),
                Usage.of(1, 1),
                new Origin("p", "gpt", List.of(dropped)),
                Wire.NONE);
    }

    private static JsonNode whole(ChatRequest request, String... dropped) {
        return Json.parse(CODEC.encodeResponse(answer("resp_1", dropped), request));
    }

    /** The objects that a stream has. */
    private static List<JsonNode> streamed(ChatRequest request, ChatResponse answer) {
        EventEncoder encoder = CODEC.eventEncoder(request);
        SseBuffer out = new SseBuffer();
        for (ChatEvent event : ResponseUnfolder.unfold(answer)) {
            encoder.encode(event, out);
        }
        encoder.finish(out);
        return StreamRules.frames(out.toByteArray()).stream()
                .filter(frame -> frame.has("response"))
                .map(frame -> frame.get("response"))
                .toList();
    }

    private static JsonNode json(String singleQuoted) {
        return Json.parse(singleQuoted.replace('\'', '"'));
    }

    @Test
    void whatWasSentIsRepeatedInEachObject() {
        ChatRequest request = request(SENT);
        List<JsonNode> objects = new ArrayList<>(streamed(request, answer("resp_1")));
        objects.add(whole(request));

        assertThat(objects).hasSize(4).allSatisfy(object -> {
            assertThat(object.path("instructions").asString()).isEqualTo("Be \n\"brief\"");
            assertThat(object.path("reasoning")).isEqualTo(json("{'effort':'low','summary':'auto'}"));
            assertThat(object.path("store").asBoolean(true)).isFalse();
            assertThat(object.path("truncation").asString()).isEqualTo("auto");
            assertThat(object.path("safety_identifier").asString()).isEqualTo("s");
            assertThat(object.path("user").asString()).isEqualTo("u");
            assertThat(object.path("prompt_cache_key").asString()).isEqualTo("k");
            assertThat(object.path("max_tool_calls").asInt()).isEqualTo(3);
            assertThat(object.path("top_logprobs").asInt()).isEqualTo(2);
            assertThat(object.path("temperature").asDouble()).isEqualTo(0.5);
            assertThat(object.path("metadata")).isEqualTo(json("{'a':'b'}"));
            assertThat(object.path("tools")).hasSize(2);
            assertThat(object.path("tool_choice").asString()).isEqualTo("required");
            assertThat(object.path("parallel_tool_calls").asBoolean(true)).isFalse();
        });
        assertThat(objects)
                .extracting(object -> object.path("service_tier").asString())
                .containsExactly("flex", "flex", "default", "default");
    }

    @Test
    void whatHadNoEffectIsToldAsIfItHadNotBeenSent() {
        JsonNode told = whole(
                request(SENT),
                "reasoning.effort",
                "reasoning.summary",
                "truncation",
                "safety_identifier",
                "user",
                "prompt_cache_key",
                "max_tool_calls",
                "top_logprobs",
                "temperature",
                "text.verbosity",
                "tools[1]",
                "tool_choice",
                "parallel_tool_calls");

        assertThat(told.path("reasoning")).isEqualTo(json("{'effort':null,'summary':null}"));
        assertThat(told.path("truncation").asString()).isEqualTo("disabled");
        for (String none : List.of("safety_identifier", "user", "prompt_cache_key", "max_tool_calls")) {
            assertThat(told.path(none).isNull()).as(none).isTrue();
        }
        assertThat(told.path("top_logprobs").asInt(-1)).isZero();
        assertThat(told.path("temperature").asDouble()).isEqualTo(1.0);
        assertThat(told.path("text")).isEqualTo(json("{'format':{'type':'text'}}"));
        assertThat(told.path("tools"))
                .isEqualTo(json("[{'type':'function','name':'f','parameters':{'type':'object'}}]"));
        assertThat(told.path("tool_choice").asString()).isEqualTo("auto");
        assertThat(told.path("parallel_tool_calls").asBoolean()).isTrue();
        assertThat(told.path("instructions").asString()).startsWith("Be");
    }

    @Test
    void aToolThatTheModelDidNotHaveIsNotChosenFrom() {
        String chosen = SENT.replace("'required'", """
                {'type':'allowed_tools','mode':'auto','tools':[{'type':'function','name':'f'},{'type':'web_search'}]}""");

        assertThat(whole(request(chosen), "tools[1]").path("tool_choice").asString())
                .isEqualTo("auto");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"|", "tools[0].strict|false"},
            delimiter = '|')
    void aToolThatNobodyEnforcedIsNotToldToBeStrict(@Nullable String dropped, @Nullable String strict) {
        JsonNode tool = whole(request(SENT), dropped == null ? "seed" : dropped)
                .path("tools")
                .get(0);

        assertThat(tool.path("strict").asString(null)).isEqualTo(strict);
    }

    @ParameterizedTest
    @CsvSource({"true,'',true", "true,store,false", "false,'',false", "null,'',false"})
    void onlyWhatIsStoredIsToldSo(String sent, String dropped, boolean told) {
        JsonNode object = whole(request("{'model':'m','input':'x','store':" + sent + "}"), dropped.split(","));

        assertThat(object.path("store").asBoolean()).isEqualTo(told);
    }

    /** OpenAI's own answer to a request that says nothing but its prompt. */
    @Test
    void whatWasNotSentHasOpenAisDefaults() {
        byte[] recorded = Fixtures.bytes("openai-responses-text-stream.sse");
        JsonNode openAis = Fixtures.events(recorded).stream()
                .map(event -> Json.parse(event.data()))
                .filter(frame -> frame.path("type").asString("").equals("response.completed"))
                .map(frame -> frame.get("response"))
                .findFirst()
                .orElseThrow();

        JsonNode told = whole(request("{'model':'gpt-4.1','input':'Hello world'}"));

        List<String> answers = Arrays.asList("id", "created_at", "model", "output", "usage", "store");
        openAis.forEachEntry((name, value) -> {
            assertThat(told.has(name)).as(name).isTrue();
            if (!answers.contains(name)) {
                assertThat(told.get(name)).as(name).isEqualTo(value);
            }
        });
    }

    @Test
    void instructionsAreTheCallersMemberAndNotAMessageOfItsInput() {
        String input = "'input':[{'role':'system','content':'Be brief.'},{'role':'user','content':'x'}]";

        assertThat(whole(request("{'model':'m'," + input + "}"))
                        .path("instructions")
                        .isNull())
                .isTrue();
        ChatRequest changed = request("{'model':'m','instructions':'Be kind.'," + input + "}");
        ChatRequest cleaned = changed.toBuilder()
                .messages(List.of(Message.system("Be [REDACTED]."), Message.user("x")))
                .build();
        assertThat(whole(cleaned).path("instructions").asString()).isEqualTo("Be [REDACTED].");
    }

    @ParameterizedTest
    @CsvSource({
        "msg_01XFDUDYJgAACzvnptvVoYEL,resp_msg_01XFDUDYJgAACzvnptvVoYEL",
        "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT,resp_chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
        "resp_1,resp_1"
    })
    void theIdIsOneOfAResponse(String ofProvider, String shown) {
        ChatRequest request = request("{'model':'m','input':'x'}");
        List<JsonNode> objects = new ArrayList<>(streamed(request, answer(ofProvider)));
        objects.add(Json.parse(CODEC.encodeResponse(answer(ofProvider), request)));

        assertThat(objects)
                .hasSize(4)
                .allSatisfy(object -> assertThat(object.path("id").asString()).isEqualTo(shown));
    }
}
