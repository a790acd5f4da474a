package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A model that numbers the calls of every answer anew: Claude Code takes a call whose id it has seen for the one that it has run,
 * and asks again without end, so that each call is shown under an id of its own.
 */
class NewCallIdsTest {

    private static final Map<DialectCodec, String> CONVERSATIONS = Map.of(
            new AnthropicMessagesCodec(),
            "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'},{'role':'assistant','content':"
                    + "[{'type':'tool_use','id':'call_0','name':'f','input':{}}]},{'role':'user','content':"
                    + "[{'type':'tool_result','tool_use_id':'call_0','content':'r'}]}]}",
            new OpenAiResponsesCodec(),
            "{'model':'m','input':[{'role':'user','content':'x'},{'type':'function_call','call_id':'call_0','name':'f',"
                    + "'arguments':'{}'},{'type':'function_call_output','call_id':'call_0','output':'r'}]}");

    private static final ChatResponse ANSWER = new ChatResponse(
            "x",
            "m",
            List.of(
                    new Content.ToolCall("call_0", "f", "{\"n\":1}"),
                    new Content.ToolCall("call_0_2", "f", "{\"n\":2}"),
                    new Content.ToolCall("call_1", "f", "{\"n\":3}")),
            StopReason.TOOL_USE,
            null);

    private static String streamed(DialectCodec client, ChatRequest request) {
        EventEncoder encoder = client.eventEncoder(request);
        SseBuffer out = new SseBuffer();
        ResponseUnfolder.unfold(ANSWER).forEach(event -> encoder.encode(event, out));
        encoder.finish(out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void noCallIsShownUnderAnIdThatTheConversationHas() {
        CONVERSATIONS.forEach((client, body) -> {
            ChatRequest request = client.decodeRequest(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
            String whole = new String(client.encodeResponse(ANSWER, request), StandardCharsets.UTF_8);
            for (String shown : List.of(whole, streamed(client, request))) {
                assertThat(shown)
                        .contains("\"call_0_2\"", "\"call_0_2_2\"", "\"call_1\"")
                        .doesNotContain("\"call_0\"");
            }
        });
    }

    /** Whoever serves Kimi's models in Anthropic's format. */
    @Test
    void anthropicsOwnBytesAreChangedForThatAlone() {
        DialectCodec codec = new AnthropicMessagesCodec();
        ChatRequest first = ChatRequest.builder("m").user("x").build();
        ChatRequest next = codec.decodeRequest(CONVERSATIONS.entrySet().stream()
                .filter(it -> it.getKey() instanceof AnthropicMessagesCodec)
                .findFirst()
                .orElseThrow()
                .getValue()
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));
        // As no encoder of ours writes them.
        byte[] body = text(codec.encodeResponse(ANSWER, first))
                .replace("{\"id\"", "{ \"id\"")
                .getBytes(StandardCharsets.UTF_8);
        String streamed = streamed(codec, first);
        String spaced = streamed.replace("data: {\"type\":\"content", "data: { \"type\":\"content");
        Target target = new Target("p", "m", ModelTraits.anthropic());
        ChatResponse again = codec.decodeResponse(body, target);

        assertThat(codec.encodeResponse(again, first)).isEqualTo(body);
        assertThat(text(codec.encodeResponse(again, next)))
                .contains("\"call_0_2_2\"")
                .doesNotContain("\"call_0\"");
        assertThat(passed(codec, spaced, target, first)).isEqualTo(spaced);
        assertThat(passed(codec, streamed, target, next))
                .isEqualTo(streamed.replace("\"call_0_2\"", "\"call_0_2_2\"").replace("\"call_0\"", "\"call_0_2\""));
    }

    private static String passed(DialectCodec codec, String stream, Target target, ChatRequest request) {
        EventDecoder decoder = codec.eventDecoder(target);
        EventEncoder encoder = codec.eventEncoder(request);
        SseBuffer out = new SseBuffer();
        for (String frame : stream.strip().split("\n\n")) {
            String[] lines = frame.split("\n");
            decoder.decode(
                    SseEvent.of(lines[0].substring(7), lines[1].substring(6)), event -> encoder.encode(event, out));
        }
        decoder.end(event -> encoder.encode(event, out));
        encoder.finish(out);
        return text(out.toByteArray());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aFirstCallKeepsItsId() {
        for (DialectCodec client :
                List.of(new OpenAiChatCodec(), new AnthropicMessagesCodec(), new OpenAiResponsesCodec())) {
            ChatRequest request = ChatRequest.builder("m").user("x").build();
            String whole = new String(client.encodeResponse(ANSWER, request), StandardCharsets.UTF_8);

            assertThat(whole).contains("\"call_0\"", "\"call_0_2\"").doesNotContain("_2_2");
        }
    }
}
