package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.AnswerIds;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Claude Code takes answers of one id for one message and puts their blocks together. Ollama draws its ids from a thousand, so that
 * they come again within a session.
 */
class AnswerIdsTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    private static final String RANDOM = "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT";

    private static String streamed(String id, DialectCodec client, String place) {
        return streamed(id, 7, client, place);
    }

    private static String streamed(String id, long created, DialectCodec client, String place) {
        return ToldStream.of(CHAT, stream(id, created), client)
                .all(place)
                .getFirst()
                .stringValue();
    }

    private static String stream(String id, long created) {
        return """
                {"id":"%1$s","created":%2$d,"model":"m","choices":[{"index":0,"delta":{"content":"a"}}]}
                {"id":"%1$s","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""".formatted(id, created);
    }

    private static String whole(String id, DialectCodec client) {
        return shown(answer(id), client);
    }

    private static String shown(ChatResponse answer, DialectCodec client) {
        ChatRequest asked = ChatRequest.builder("m").user("hi").build();
        return Json.parse(client.encodeResponse(answer, asked)).path("id").stringValue();
    }

    private static ChatResponse answer(String id) {
        byte[] body = """
                {"id":"%s","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"a"},"finish_reason":"stop"}]}""".formatted(id).getBytes(StandardCharsets.UTF_8);
        return CHAT.decodeResponse(body, new Target("p", "m", ModelTraits.openAi()));
    }

    @Test
    void oneThatMayComeAgainIsReplacedWhereTheAnswerIsTranslated() {
        assertThat(streamed("chatcmpl-417", MESSAGES, "/message/id"))
                .matches("msg_[0-9a-f]{32}")
                .isNotEqualTo(streamed("chatcmpl-417", 8, MESSAGES, "/message/id"));
        assertThat(streamed("chatcmpl-417", RESPONSES, "/response/id")).matches("resp_[0-9a-f]{32}");
        assertThat(whole("chatcmpl-417", MESSAGES)).matches("msg_[0-9a-f]{32}");
        assertThat(whole("chatcmpl-417", RESPONSES)).matches("resp_[0-9a-f]{32}");
    }

    @Test
    void theSameAnswerHasTheSameIdWheneverItIsTold() {
        assertThat(streamed("chatcmpl-417", MESSAGES, "/message/id"))
                .isEqualTo(streamed("chatcmpl-417", MESSAGES, "/message/id"));
        assertThat(whole("chatcmpl-417", RESPONSES)).isEqualTo(whole("chatcmpl-417", RESPONSES));
    }

    /** Some servers have but one id, and no clock. */
    @Test
    void anAnswerToALongerConversationHasAnother() {
        ChatRequest first = ChatRequest.builder("m").user("hi").build();
        ChatRequest second = ChatRequest.builder("m").user("hi").user("more").build();
        assertThat(AnswerIds.unique("koboldcpp", 1, first, "msg_"))
                .isNotEqualTo(AnswerIds.unique("koboldcpp", 1, second, "msg_"))
                .isEqualTo(AnswerIds.unique("koboldcpp", 1, first, "msg_"));
    }

    /** Whoever looks into the provider's logs finds it there. */
    @Test
    void aLongOneIsKept() {
        assertThat(streamed(RANDOM, MESSAGES, "/message/id")).isEqualTo(RANDOM);
        assertThat(streamed(RANDOM, RESPONSES, "/response/id")).isEqualTo("resp_" + RANDOM);
        assertThat(whole(RANDOM, MESSAGES)).isEqualTo(RANDOM);
    }

    @Test
    void withinOneFormatEveryIdPassesAlsoWhereAnAnswerIsChanged() {
        String id = "chatcmpl-417";
        ChatResponse answer = answer(id);
        ToldStream changed = ToldStream.of(
                CHAT,
                stream(id, 7),
                CHAT,
                event -> event instanceof ChatEvent.Delta delta ? delta.withText("b") : event);

        assertThat(streamed(id, CHAT, "/id")).isEqualTo(id);
        assertThat(changed.last("/choices/0/delta/content").stringValue()).isEqualTo("b");
        assertThat(changed.all("/id")).allMatch(it -> it.stringValue().equals(id));
        assertThat(shown(answer.withChoices(answer.choices()), CHAT)).isEqualTo(id);
    }
}
