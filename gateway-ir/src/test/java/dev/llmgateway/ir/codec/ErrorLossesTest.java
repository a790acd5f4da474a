package dev.llmgateway.ir.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a provider says of an error is told or named, wherever it stands. */
class ErrorLossesTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final List<DialectCodec> ALL = List.of(CHAT, RESPONSES, MESSAGES);
    private static final Target TARGET = new Target("openai", "m", ModelTraits.openAi());

    private static WireError read(DialectCodec provider, int status, String body) {
        return provider.decodeError(status, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode told(DialectCodec caller, WireError error) {
        return Json.parse(caller.encodeError(error, "req_ours"));
    }

    private static WireError failure(DialectCodec provider, String event, String data) {
        EventDecoder decoder = provider.eventDecoder(TARGET);
        SseEvent frame = SseEvent.of(event, data.replace('\'', '"'));
        return catchThrowableOfType(ProviderStreamException.class, () -> decoder.decode(frame, it -> {}))
                .error();
    }

    private static String endOfStream(DialectCodec caller, WireError error) {
        ChatRequest request = caller.decodeRequest("""
                {"model":"m","stream":true,"max_tokens":9,"input":"x","messages":[{"role":"user","content":"x"}]}""".getBytes(StandardCharsets.UTF_8));
        SseBuffer out = new SseBuffer();
        caller.eventEncoder(request).fail(error, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void whatStandsBesideTheErrorIsToldCallersOfTheSameVendor() {
        WireError openAis =
                read(CHAT, 400, "{'error':{'message':'m'},'user_id':'u','request_id':'r','trace':[{'x':1}]}");
        WireError anthropics =
                read(MESSAGES, 400, "{'type':'error','error':{'type':'api_error','message':'m'},'zap':{'x':1}}");

        for (DialectCodec caller : List.of(CHAT, RESPONSES)) {
            assertThat(told(caller, openAis).propertyNames())
                    .containsExactly("error", "user_id", "request_id", "trace");
            assertThat(openAis.lostFor(caller.dialect())).isEmpty();
            assertThat(anthropics.lostFor(caller.dialect())).containsExactly("answer.zap");
        }
        assertThat(told(MESSAGES, anthropics).path("zap")).isEqualTo(Json.parse("{\"x\":1}"));
        assertThat(anthropics.lostFor(Dialect.ANTHROPIC_MESSAGES)).isEmpty();
        assertThat(told(MESSAGES, openAis).propertyNames()).containsExactly("type", "error", "request_id");
        assertThat(openAis.lostFor(Dialect.ANTHROPIC_MESSAGES))
                .containsExactly("answer.user_id", "answer.request_id=r", "answer.trace");
    }

    @Test
    void theIdOfTheRequestIsOursAndAnthropicsIsNamed() {
        WireError error = read(MESSAGES, 529, """
                {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011CSHoEeqs5C35K2UUqR7Fy"}""");

        assertThat(told(MESSAGES, error).path("request_id").stringValue()).isEqualTo("req_ours");
        for (DialectCodec caller : ALL) {
            assertThat(error.lostFor(caller.dialect()))
                    .containsExactly("answer.request_id=req_011CSHoEeqs5C35K2UUqR7Fy");
        }
        assertThat(error.lostFor(null)).isEmpty();
    }

    /** The first is OpenRouter's, whose last chunk has the error beside choices that say nothing. */
    @Test
    void itIsToldInStreamsToo() {
        WireError chunk = failure(CHAT, null, """
                {'id':'gen-1','object':'chat.completion.chunk','created':1,'model':'m','provider':'OpenAI','user_id':'u',
                'choices':[{'index':0,'delta':{'role':'assistant','content':''},'finish_reason':'error'}],
                'error':{'code':'server_error','message':'Provider disconnected'}}""");
        WireError failed = failure(RESPONSES, "response.failed", """
                {'type':'response.failed','sequence_number':3,'response':{'id':'r','status':'failed','output':[{'type':'message'}],
                'usage':{'input_tokens':5},'user_id':'u','error':{'code':'c','message':'m'}}}""");
        WireError overloaded = failure(MESSAGES, "error", """
                {'type':'error','error':{'type':'overloaded_error','message':'Overloaded'},'zap':1,'request_id':'req_1'}""");

        assertThat(endOfStream(CHAT, chunk)).contains("},\"user_id\":\"u\"}\n");
        assertThat(endOfStream(RESPONSES, chunk)).contains("},\"user_id\":\"u\"}\n");
        assertThat(chunk.lostFor(Dialect.OPENAI_CHAT)).isEmpty();
        assertThat(chunk.lostFor(Dialect.ANTHROPIC_MESSAGES)).containsExactly("answer.user_id");
        assertThat(endOfStream(RESPONSES, failed)).contains("},\"user_id\":\"u\"}\n");
        assertThat(failed.lostFor(Dialect.OPENAI_RESPONSES)).containsExactly("answer.usage");
        assertThat(endOfStream(MESSAGES, overloaded)).contains("\"Overloaded\"},\"zap\":1}\n");
        assertThat(overloaded.lostFor(Dialect.ANTHROPIC_MESSAGES)).containsExactly("answer.request_id=req_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'https://':'a'", "'https://':''", "'x':['https://','b']"})
    void noNameOfAMemberBreaksTheReading(String member) {
        WireError error = read(CHAT, 503, "{'error':{'message':'m'," + member + "}}");

        assertThat(error.message()).isEqualTo("m");
        assertThat(error.status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'error':['too long']}", "{'error':5}", "5", "true", "[1,2]"})
    void anErrorOfAShapeThatNobodyKnowsIsNamedAsMore(String body) {
        for (DialectCodec provider : List.of(CHAT, MESSAGES)) {
            assertThat(read(provider, 422, body).lostFor(Dialect.OPENAI_CHAT)).isNotEmpty();
        }
    }

    @Test
    void theMemberAtFaultIsToldInStreamsOfResponsesToo() {
        WireError error =
                failure(CHAT, null, "{'error':{'message':'bad','code':'invalid_value','param':'messages[3].x'}}");

        assertThat(endOfStream(RESPONSES, error)).contains("\"param\":\"messages[3].x\"");
    }

    @Test
    void whatStandsBesideAFailedResponseIsNamed() {
        WireError error = failure(RESPONSES, "response.failed", """
                {'type':'response.failed','sequence_number':3,'beside':1,'response':{'id':'r','status':'failed',
                'error':{'code':'server_error','message':'down'},'output':[{'type':'message'}]}}""");

        assertThat(error.lostFor(Dialect.ANTHROPIC_MESSAGES)).containsExactly("answer.beside");
        WireError ofAnthropic =
                read(MESSAGES, 500, "{'type':'error','id':'e1','error':{'type':'api_error','message':'m'}}");
        assertThat(ofAnthropic.lostFor(Dialect.OPENAI_CHAT)).containsExactly("answer.id");
    }

    /** OpenRouter's, in a choice. */
    @Test
    void whatAChoiceSaysBesideItsErrorIsToldOrNamed() {
        WireError error = failure(CHAT, null, """
                {'choices':[{'index':0,'delta':{'role':'assistant','content':''},'finish_reason':'error',
                'native_finish_reason':'overloaded','error':{'code':502,'message':'down'}}]}""");

        assertThat(error.message()).contains("down");
        assertThat(endOfStream(CHAT, error)).contains("native_finish_reason", "overloaded");
        assertThat(error.lostFor(Dialect.ANTHROPIC_MESSAGES)).contains("answer.native_finish_reason");
    }

    @Test
    void theOutputOfAWholeAnswerThatFailedIsNamed() {
        byte[] failed = """
                {'id':'resp_1','object':'response','status':'failed','error':{'code':'server_error','message':'down'},
                'output':[{'type':'message','content':[{'type':'output_text','text':'half'}]}]}""".replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        ProviderStreamException thrown =
                catchThrowableOfType(ProviderStreamException.class, () -> RESPONSES.decodeResponse(failed, TARGET));
        assertThat(thrown.error().lostFor(Dialect.OPENAI_RESPONSES)).containsExactly("answer.output");
    }

    @Test
    void whatThereIsOfAnAnswerBesideAnErrorIsNamed() {
        WireError error = failure(CHAT, null, """
                {'choices':[{'index':0,'delta':{'content':'half'},'finish_reason':'error'}],'usage':{'prompt_tokens':5},
                'error':{'code':502,'message':'cut'}}""");

        assertThat(error.lostFor(Dialect.OPENAI_CHAT)).containsExactly("answer.choices", "answer.usage");
        assertThat(endOfStream(CHAT, error)).doesNotContain("half");
    }

    /** Clients of OpenAI take texts and nulls alone. A status is told by the word for it; vendors' own numbers have none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "429 | 429 | rate_limit_exceeded | -",
                "429 | '429' | rate_limit_exceeded | -",
                "429 | 1302 | 1302 | 1302",
                "400 | 400 | 400 | 400",
                "400 | '1214' | 1214 | 1214",
                "500 | -1 | -1 | -1",
                "404 | true | true | true"
            })
    void aCodeThatIsANumberIsToldAsText(int status, String code, String chats, String messages) {
        WireError error = read(CHAT, status, "{'error':{'message':'m','code':" + code + "}}");

        assertThat(told(CHAT, error).at("/error/code").stringValue()).isEqualTo(chats);
        assertThat(told(MESSAGES, error).at("/error/details/error_code").stringValue(null))
                .isEqualTo(messages);
        assertThat(error.lostFor(Dialect.OPENAI_CHAT)).isEmpty();
    }

    /** Agents give up at some words and try again at all that they do not know. */
    @Test
    void aStatusInAStreamOfResponsesIsTheWordForIt() {
        WireError error =
                failure(CHAT, null, "{'error':{'message':'m','type':'BadRequestError','param':null,'code':400}}");

        assertThat(endOfStream(RESPONSES, error)).contains("\"error\":{\"code\":\"invalid_prompt\",\"message\":\"m\"}");
        assertThat(endOfStream(CHAT, error)).contains("\"code\":\"400\"");
    }

    @Test
    void aNumberBesideTheWordForALongPromptIsNamed() {
        WireError error = read(CHAT, 400, "{'error':{'message':'maximum context length is 10','code':1261}}");

        assertThat(told(CHAT, error).at("/error/code").stringValue()).isEqualTo("context_length_exceeded");
        assertThat(error.lostFor(Dialect.OPENAI_CHAT)).containsExactly("error.code");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'code':{'x':1} | error.code",
                "'param':['a'] | error.param",
                "'message':{'message':'m','x':1} | error.message"
            })
    void whatClientsCouldNotReadIsNamed(String member, String name) {
        WireError error = read(CHAT, 400, "{'error':{" + member + "}}");

        assertThat(error.lostFor(Dialect.OPENAI_CHAT)).containsExactly(name);
        assertThat(told(CHAT, error).path("error").propertyNames()).containsExactly("message", "type", "param", "code");
    }

    @Test
    void theMemberAtFaultIsNamedWhereOnlyItsOwnFormatHasAPlaceForIt() {
        WireError hidden = read(CHAT, 400, "{'error':{'message':'too large','param':'max_tokens'}}");
        WireError said = read(CHAT, 400, "{'error':{'message':'max_tokens is too large','param':'max_tokens'}}");

        assertThat(hidden.lostFor(Dialect.ANTHROPIC_MESSAGES)).containsExactly("error.param");
        assertThat(hidden.lostFor(Dialect.OPENAI_RESPONSES)).isEmpty();
        assertThat(said.lostFor(Dialect.ANTHROPIC_MESSAGES)).isEmpty();
    }

    /** FastAPI's, of vLLM and DeepInfra, Azure's front, Ollama's, Google's in its array. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'detail':[{'loc':['body','n'],'msg':'wrong','type':'int_type','input':'x'}]} | error.detail",
                "{'object':'error','message':'m','type':'BadRequestError','param':null,'code':400,'x':1} | error.x",
                "{'statusCode':404,'message':'Resource not found'} | error.statusCode",
                "{'error':'model not found','hint':'pull it'} | answer.hint",
                "{'error':'Not Found','message':'No static resource'} | answer.message",
                "[{'error':{'message':'m','code':400,'status':'INVALID_ARGUMENT'}}] | error.status",
            })
    void errorsOfOtherShapesLoseNothingEither(String body, String name) {
        WireError error = read(CHAT, 404, body);

        assertThat(error.lostFor(Dialect.OPENAI_CHAT)).isEmpty();
        assertThat(error.lostFor(Dialect.ANTHROPIC_MESSAGES)).containsExactly(name);
        String place = name.replace("answer.", "/").replace("error.", "/error/");
        assertThat(told(CHAT, error).at(place).isMissingNode()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Bad Gateway</html>", "[{'error':{'message':'m'}},{'error':{'message':'n'}}]"})
    void whatHasNoNameIsNamedAsMore(String body) {
        assertThat(read(CHAT, 502, body).lostFor(Dialect.OPENAI_CHAT)).containsExactly("answer...");
        assertThat(read(CHAT, 502, "").lostFor(Dialect.OPENAI_CHAT)).isEmpty();
    }

    @Test
    void anthropicsOwnCodeIsKeptBesideItsDetails() {
        WireError number = read(MESSAGES, 400, "{'error':{'type':'api_error','message':'m','code':1214}}");
        WireError both = read(
                MESSAGES,
                400,
                "{'error':{'type':'api_error','message':'m','code':'a','details':{'error_code':'b','x':1}}}");

        assertThat(told(MESSAGES, number).at("/error/code").intValue()).isEqualTo(1214);
        assertThat(number.lostFor(Dialect.OPENAI_CHAT)).containsExactly("error.code");
        assertThat(told(MESSAGES, both).at("/error/code").stringValue()).isEqualTo("a");
        assertThat(told(MESSAGES, both).at("/error/details/error_code").stringValue())
                .isEqualTo("b");
    }

    @Test
    void ofVeryManyMembersSomeAreNamed() {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            members.append(",'x").append(i).append("':1");
        }
        List<String> lost = read(CHAT, 400, "{'error':{'message':'m'" + members + ",'" + "y".repeat(101) + "':1}}")
                .lostFor(Dialect.ANTHROPIC_MESSAGES);

        assertThat(lost).hasSize(33).contains("error.x31").endsWith("error...");
    }

    /** A long name may hold a secret, which the half of it would no longer show. */
    @Test
    void aLongNameOfWhatIsLeftOutIsNotTold() {
        String member = "'" + "y".repeat(101) + "':'" + "z".repeat(9_000) + "'";

        assertThat(read(CHAT, 400, "{'error':{'message':'m'," + member + "}}").lostFor(Dialect.OPENAI_CHAT))
                .containsExactly("error...");
    }

    @Test
    void ofWhatMayNotBeToldTheNamesThatMayAre() {
        ErrorExtras extras = read(CHAT, 400, "{'error':{'message':'m','x':'secret','secret':1},'y':1}")
                .extras()
                .withheld(name -> !name.contains("secret"));

        assertThat(extras.lostFor(Dialect.OPENAI_CHAT)).containsExactly("error.x", "error...", "answer.y");
        assertThat(extras.texts()).noneMatch(text -> text.contains("secret"));
    }

    @Provide
    static Arbitrary<Map<String, String>> members() {
        Arbitrary<String> values = Arbitraries.of(
                "1",
                "0",
                "true",
                "\"text\"",
                "\"\"",
                "[]",
                "{}",
                "[1,{\"a\":null}]",
                "{\"a\":{\"b\":[\"c\"]}}",
                "null");
        Arbitrary<String> free =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> vendors = Arbitraries.of(
                "message", "detail", "details", "object", "status", "choices", "usage", "response", "request_id");
        return Arbitraries.maps(Arbitraries.oneOf(free, vendors), values).ofMaxSize(8);
    }

    /** What is not null and not empty stands in the answer or among the names; and the answer has each member once. */
    @Property
    void everyMemberIsToldOrNamed(
            @ForAll("members") Map<String, String> inside,
            @ForAll("members") Map<String, String> beside,
            @ForAll boolean streamed) {
        String error = object(inside, "\"type\":\"api_error\"", "type", "message", "code", "param");
        String body = object(beside, "\"error\":" + error, "error", "type", "object", "id", "role", "model");
        for (DialectCodec provider : ALL) {
            WireError read = streamed ? failure(provider, "error", body) : read(provider, 400, body);
            for (DialectCodec caller : ALL) {
                JsonNode told = told(caller, read);
                List<String> lost = read.lostFor(caller.dialect());
                assertThatAllIsToldOrNamed(Json.parse(error), told.path("error"), "error.", lost);
                assertThatAllIsToldOrNamed(Json.parse(body), told, "answer.", lost);
            }
        }
    }

    private static String object(Map<String, String> members, String first, String... taken) {
        StringBuilder json = new StringBuilder("{").append(first);
        members.forEach((name, value) -> {
            if (!List.of(taken).contains(name)) {
                json.append(",\"").append(name).append("\":").append(value);
            }
        });
        return json.append('}').toString();
    }

    private static void assertThatAllIsToldOrNamed(JsonNode said, JsonNode told, String where, List<String> lost) {
        JsonNode message = told.has("message") ? told.get("message") : told.at("/error/message");
        said.forEachEntry((name, value) -> {
            boolean saysNothing =
                    value.isContainer() ? value.isEmpty() : List.of("", "0").contains(value.asString(""));
            boolean isFixed = name.equals("type") || name.equals("error");
            boolean isNamed =
                    lost.stream().anyMatch(it -> it.equals(where + name) || it.startsWith(where + name + "="));
            boolean isTold = value.equals(told.get(name)) || value.equals(message);
            assertThat(saysNothing || isFixed || isNamed || isTold)
                    .as("%s in %s beside %s", where + name, told, lost)
                    .isTrue();
        });
    }
}
