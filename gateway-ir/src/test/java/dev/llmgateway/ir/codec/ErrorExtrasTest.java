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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What only the vendor says of an error, as callers of each format read it. */
class ErrorExtrasTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final Target TARGET = new Target("openai", "m", ModelTraits.openAi());

    private static final String FILTER = """
            {"error":{"message":"filtered","type":"invalid_request_error","param":"prompt","code":"content_filter","status":400,
            "innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{
            "hate":{"filtered":true,"severity":"high"},"jailbreak":{"filtered":false,"detected":false}}}}}""";
    private static final String FAILED_CALL = """
            {"error":{"message":"Failed to call a function.","type":"invalid_request_error","param":null,"code":"tool_use_failed",
            "failed_generation":"<function=read={\\"file_path\\": \\"sample.txt\\"}</function>","status_code":400}}""";

    private static WireError read(DialectCodec provider, String body) {
        return provider.decodeError(400, body.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode told(DialectCodec caller, WireError error) {
        return Json.parse(caller.encodeError(error, "req_1"));
    }

    private static JsonNode openAis(String members) {
        return told(CHAT, read(CHAT, "{\"error\":{\"message\":\"m\"," + members + "}}"))
                .path("error");
    }

    /** The first is Azure's, the second Groq's. */
    @ParameterizedTest
    @ValueSource(strings = {FILTER, FAILED_CALL})
    void callersOfBothOfOpenAisFormatsReadAllOfIt(String body) {
        for (DialectCodec provider : List.of(CHAT, RESPONSES)) {
            WireError error = read(provider, body);

            assertThat(told(CHAT, error)).isEqualTo(Json.parse(body));
            assertThat(told(RESPONSES, error)).isEqualTo(Json.parse(body));
            assertThat(error.extras().lostFor(Dialect.OPENAI_CHAT)).isEmpty();
            assertThat(error.extras().lostFor(Dialect.OPENAI_RESPONSES)).isEmpty();
        }
    }

    @Test
    void callersOfTheOtherFormatAreToldTheNames() {
        WireError filtered = read(CHAT, FILTER);
        WireError refused = read(MESSAGES, """
                {"type":"error","error":{"type":"invalid_request_error","message":"m","details":{"error_visibility":"user_facing"}}}""");

        assertThat(told(MESSAGES, filtered).toString()).doesNotContain("status", "innererror");
        assertThat(filtered.extras().lostFor(Dialect.ANTHROPIC_MESSAGES))
                .containsExactly("error.status", "error.innererror");
        assertThat(told(CHAT, refused).toString()).doesNotContain("details");
        assertThat(refused.extras().lostFor(Dialect.OPENAI_RESPONSES)).containsExactly("error.details");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error_code\":\"credits_required\",\"error_visibility\":\"user_facing\"}",
                "{\"error_visibility\":\"user_facing\"}",
                "{\"error_code\":\"credits_required\"}"
            })
    void callersOfMessagesReadAnthropicsDetails(String details) {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"m\",\"details\":"
                + details + "},\"request_id\":\"req_1\"}";

        assertThat(told(MESSAGES, read(MESSAGES, body))).isEqualTo(Json.parse(body));
    }

    @Test
    void aCodeThatHasAPlaceInTheOtherFormatIsNotLost() {
        WireError error = read(MESSAGES, """
                {"error":{"type":"not_found_error","message":"m","details":{"error_code":"model_not_found"}}}""");

        assertThat(told(CHAT, error).at("/error/code").stringValue()).isEqualTo("model_not_found");
        assertThat(error.extras().lostFor(Dialect.OPENAI_CHAT)).isEmpty();
    }

    private static WireError failure(DialectCodec provider, String event, String data) {
        EventDecoder decoder = provider.eventDecoder(TARGET);
        return catchThrowableOfType(
                        ProviderStreamException.class, () -> decoder.decode(SseEvent.of(event, data), it -> {}))
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
    void itIsToldInStreamsToo() {
        WireError failedCall = failure(CHAT, "error", FAILED_CALL.replace("\n", ""));
        WireError overloaded = failure(MESSAGES, "error", """
                {"type":"error","error":{"type":"overloaded_error","message":"Overloaded","details":{"x":"y"}}}""");
        WireError failed = failure(RESPONSES, "response.failed", """
                {"type":"response.failed","response":{"status":"failed","error":{"code":"c","message":"m","x":"y"}}}""");

        assertThat(endOfStream(CHAT, failedCall)).contains("\"failed_generation\":\"<function=read=");
        assertThat(endOfStream(RESPONSES, failedCall)).contains("\"failed_generation\":\"<function=read=");
        assertThat(endOfStream(RESPONSES, failed)).contains("\"error\":{\"code\":\"c\",\"message\":\"m\",\"x\":\"y\"}");
        assertThat(endOfStream(MESSAGES, overloaded)).contains("\"message\":\"Overloaded\",\"details\":{\"x\":\"y\"}}");
        assertThat(endOfStream(MESSAGES, failedCall)).contains("Failed to call").doesNotContain("failed_generation");
        assertThat(endOfStream(CHAT, overloaded)).contains("Overloaded").doesNotContain("details");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"x\":\"of org-AbCdEf123456, see https://host.internal/v1\" | {\"x\":\"of [organisation], see [url]\"}",
                "\"x\":[{\"y\":\"Bearer abcdef123456\"},7,true] | {\"x\":[{\"y\":\"[key]\"},7,true]}",
                "\"x\":{\"api_key\":\"abcdef\",\"y\":1} | {\"x\":{\"api_key\":\"[key]\",\"y\":1}}",
                "\"x\":{\"sk-abcdef123456\":\"y\",\"z\":1} | {\"x\":{\"z\":1}}",
                "\"https://host.internal/v1\":{\"y\":1},\"x\":1 | {\"x\":1}",
                "\"x\":[{\"metadata\":{\"consumer\":\"projects/335512345678\"}}] | {\"x\":[{\"metadata\":{\"consumer\":\"[organisation]\"}}]}"
            })
    void keysUrlsAndOrganisationsStayInside(String members, String shown) {
        WireError error = read(CHAT, "{\"error\":{\"message\":\"m\"," + members + "}}");
        boolean hidesName = members.contains("sk-abc") || members.startsWith("\"https");
        assertThat(error.lostFor(Dialect.OPENAI_CHAT)).isEqualTo(hidesName ? List.of("error...") : List.of());
        JsonNode told = openAis(members);

        Json.parse(shown)
                .forEachEntry((name, value) -> assertThat(told.get(name)).isEqualTo(value));
        assertThat(told.propertyNames()).hasSize(4 + Json.parse(shown).size());
    }

    @Test
    void aMemberThatDoesNotFitIsLeftOutAndNamedAndTheOthersAreNotCut() {
        String long1 = "x".repeat(5_000);
        String long2 = "y".repeat(5_000);

        WireError error = read(
                CHAT,
                "{\"error\":{\"message\":\"m\",\"first\":\"" + long1 + "\",\"second\":[\"" + long2
                        + "\"],\"third\":1,\"none\":null}}");
        JsonNode told = told(CHAT, error).path("error");

        assertThat(error.lostFor(Dialect.OPENAI_CHAT)).containsExactly("error.second");
        assertThat(error.lostFor(Dialect.ANTHROPIC_MESSAGES))
                .containsExactlyInAnyOrder("error.first", "error.second", "error.third");
        assertThat(told.path("first").stringValue()).isEqualTo(long1);
        assertThat(told.path("third").intValue()).isEqualTo(1);
        assertThat(told.has("second")).isFalse();
        assertThat(told.has("none")).isFalse();
    }
}
