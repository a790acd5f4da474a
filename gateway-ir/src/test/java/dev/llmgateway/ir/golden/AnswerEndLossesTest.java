package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What only the end of an answer tells: why it stopped, in which tier it was made, and what else was counted. */
class AnswerEndLossesTest {

    private static final Target HERE = new Target("p", "m", ModelTraits.anthropic());
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static ChatRequest asked(DialectCodec by) {
        return ChatRequest.builder("m")
                .user("hi")
                .decodedFrom(by.dialect(), null)
                .build();
    }

    private static byte[] utf8(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static ChatResponse answer(String stopReason, String usage) {
        return MESSAGES.decodeResponse(
                utf8("{'id':'msg_1','type':'message','role':'assistant','model':'m',"
                        + "'content':[{'type':'text','text':'hello'}],'stop_reason':'" + stopReason
                        + "','stop_sequence':null,"
                        + "'usage':{'input_tokens':1,'output_tokens':1," + usage + "}}"),
                HERE);
    }

    private static List<ChatEvent> stream(String stopReason, String usage) {
        List<ChatEvent> events = new ArrayList<>();
        EventDecoder decoder = MESSAGES.eventDecoder(HERE);
        String start =
                "{'type':'message_start','message':{'id':'msg_1','type':'message','role':'assistant','model':'m',"
                        + "'content':[],'usage':{'input_tokens':1,'output_tokens':1," + usage + "}}}";
        String end = "{'type':'message_delta','delta':{'stop_reason':'" + stopReason + "','stop_sequence':null},"
                + "'usage':{'output_tokens':1}}";
        decoder.decode(new SseEvent("message_start", utf8(start)), events::add);
        decoder.decode(new SseEvent("message_delta", utf8(end)), events::add);
        return events;
    }

    private static List<String> lost(List<ChatEvent> events, DialectCodec caller) {
        AnswerLosses losses = new AnswerLosses(asked(caller));
        events.forEach(losses::accept);
        return losses.names();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            end_turn | 'server_tool_use':{'web_search_requests':2,'web_fetch_requests':0} | answer.usage.server_tool_use.web_search_requests
            end_turn | 'speed':'fast','service_tier':'batch','inference_geo':'us' | answer.usage.speed answer.usage.service_tier answer.usage.inference_geo
            end_turn | 'speed':'standard','service_tier':'standard','inference_geo':'not_available','server_tool_use':{'web_search_requests':0} |
            end_turn | 'novel':0,'newer':{},'newest':[1],'none':null | answer.usage.newest
            bored    | 'service_tier':'priority' | answer.stop_reason=bored
            a, b     | 'service_tier':'standard' | answer.stop_reason
            end_turn | 'cache_creation_input_tokens':20,'cache_creation':{'ephemeral_5m_input_tokens':0,'ephemeral_1h_input_tokens':20} | answer.usage.cache_creation.ephemeral_1h_input_tokens
            end_turn | 'cache_creation_input_tokens':20,'cache_creation':{'ephemeral_5m_input_tokens':20,'ephemeral_1h_input_tokens':0} |
            pause_turn | 'service_tier':'standard' | answer.stop_reason=pause_turn
            model_context_window_exceeded | 'service_tier':'standard' | answer.stop_reason=model_context_window_exceeded
            """)
    void whatAnthropicTellsIsNamedUnlessItIsAsUsual(String stopReason, String usage, @Nullable String expected) {
        String[] names = expected == null ? new String[0] : expected.split(" ");
        for (DialectCodec caller : List.of(CHAT, RESPONSES)) {
            assertThat(AnswerLosses.of(answer(stopReason, usage), asked(caller)))
                    .containsExactlyInAnyOrder(names);
            assertThat(lost(stream(stopReason, usage), caller)).containsExactlyInAnyOrder(names);
        }
        assertThat(AnswerLosses.of(answer(stopReason, usage), asked(MESSAGES))).isEmpty();
    }

    @Test
    void theTierThatIsServedFirstIsToldInEveryFormat() {
        ChatResponse ofAnthropic = answer("end_turn", "'service_tier':'priority'");
        ChatResponse ofChat = CHAT.decodeResponse(
                utf8("{'service_tier':'priority','choices':[{'message':{'content':'a'},'finish_reason':'stop'}]}"),
                HERE);

        assertThat(json(CHAT.encodeResponse(ofAnthropic, asked(CHAT))).at("/service_tier"))
                .isEqualTo(Json.parse("\"priority\""));
        assertThat(json(RESPONSES.encodeResponse(ofAnthropic, asked(RESPONSES))).at("/service_tier"))
                .isEqualTo(Json.parse("\"priority\""));
        assertThat(json(MESSAGES.encodeResponse(ofChat, asked(MESSAGES))).at("/usage/service_tier"))
                .isEqualTo(Json.parse("\"priority\""));
        assertThat(AnswerLosses.of(ofChat, asked(MESSAGES))).isEmpty();
        assertThat(streamed(stream("end_turn", "'service_tier':'priority'"), CHAT))
                .contains("\"service_tier\":\"priority\"");
    }

    private static String streamed(List<ChatEvent> events, DialectCodec client) {
        SseBuffer out = new SseBuffer();
        EventEncoder encoder = client.eventEncoder(asked(client));
        events.forEach(it -> encoder.encode(it, out));
        encoder.finish(out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void anAnswerThatIsWrittenAnewForAnthropicTellsAllInItsPlace() {
        ChatResponse answer = answer("bored", "'speed':'fast'");

        JsonNode sent = json(MESSAGES.encodeResponse(answer.withChoices(answer.choices()), asked(MESSAGES)));

        assertThat(sent.at("/usage/speed").stringValue()).isEqualTo("fast");
        assertThat(sent.has("usage.speed")).isFalse();
        assertThat(sent.get("stop_reason").stringValue()).isEqualTo("bored");
    }

    @Test
    void aReasonOfAChatProviderIsNamedWithItsWord() {
        ChatResponse answer =
                CHAT.decodeResponse(utf8("{'choices':[{'message':{'content':'a'},'finish_reason':'bored'}]}"), HERE);

        assertThat(AnswerLosses.of(answer, asked(MESSAGES))).containsExactly("answer.finish_reason=bored");
    }

    @Test
    void logProbabilitiesWithoutATextAreNamedForACallerOfResponses() {
        String logprobs = "'logprobs':{'content':[{'token':'x','logprob':-0.5}]}";
        String call = "'tool_calls':[{'index':0,'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]";
        ChatResponse answer = CHAT.decodeResponse(
                utf8("{'choices':[{'message':{'content':null," + call + "},'finish_reason':'tool_calls'," + logprobs
                        + "}]}"),
                HERE);
        List<ChatEvent> events = new ArrayList<>();
        CHAT.eventDecoder(HERE)
                .decode(
                        new SseEvent(
                                null,
                                utf8("{'choices':[{'index':0,'delta':{" + call + "},'finish_reason':'tool_calls',"
                                        + logprobs + "}]}")),
                        events::add);

        assertThat(AnswerLosses.of(answer, asked(RESPONSES))).containsExactly("answer.logprobs");
        assertThat(lost(events, RESPONSES)).containsExactly("answer.logprobs");
        assertThat(AnswerLosses.of(answer, asked(CHAT))).isEmpty();
    }

    private static JsonNode json(byte[] body) {
        return Json.parse(body);
    }
}
