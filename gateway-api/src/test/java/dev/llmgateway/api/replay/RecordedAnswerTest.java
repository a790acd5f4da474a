package dev.llmgateway.api.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordedAnswerTest {

    private static final OpenAiChatCodec OPEN_AI = new OpenAiChatCodec();
    private static final ChatRequest REQUEST =
            ChatRequest.builder("m").user("?").build();
    private static final byte[] BODY = """
            {"id":"a","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant",\
            "content":"Hello!","annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":\
            {"prompt_tokens":2,"completion_tokens":1,"total_tokens":3},"of_the_vendor":[1]}""".getBytes(UTF_8);

    private static final List<ChatEvent> WHOLE =
            ResponseUnfolder.unfold(OPEN_AI.decodeResponse(BODY, new Target("openai", "m", ModelTraits.openAi()))
                    .answeredBy(new Origin("openai", "m", List.of()), 17));

    private final RecordedAnswer recorded = RecordedAnswer.of(Source.answer(3));

    @Test
    void isGivenAsOftenAsWanted() {
        ChatResponse first = recorded.replay().collect();
        ChatResponse second = recorded.replay().collect();

        assertThat(first.text()).isEqualTo("word-0 word-1 word-2 ");
        assertThat(second).isEqualTo(first);
    }

    @Test
    void tellsThatItIsGivenAgain() {
        assertThat(recorded.replay().collect().origin().isAgain()).isTrue();
        assertThat(((ChatEvent.Started) recorded.events().getFirst()).origin().isAgain())
                .isFalse();
    }

    @Test
    void neverLooksCompleteWhenItWasClosed() {
        ChatStream stream = recorded.replay();
        stream.next();
        stream.close();

        assertThatThrownBy(stream::next).isInstanceOf(GatewayException.Cancelled.class);
    }

    @Test
    void countsTextsAndTheBytesTheyCameFromOnce() {
        WireForm form = WireForm.event(Dialect.OPENAI_CHAT, null, new byte[10_000], 2);
        ChatEvent first = new ChatEvent.TextDelta(0, 0, "x".repeat(500), Wire.of(form, 0));
        ChatEvent second = new ChatEvent.PartEnded(0, 0, Wire.of(form, 1));

        assertThat(RecordedAnswer.of(List.of(first, second)).bytes()).isBetween(11_000L, 11_500L);
    }

    @Test
    void keepsOfAnAnswerThatCameWholeItsBodyAndGivesTheSame() {
        RecordedAnswer compact = RecordedAnswer.of(WHOLE).compact();

        ChatResponse given = compact.replay().collect();
        assertThat(given).isEqualTo(RecordedAnswer.of(WHOLE).replay().collect());
        assertThat(given.created()).isEqualTo(17);
        assertThat(OPEN_AI.encodeResponse(given, REQUEST)).isEqualTo(BODY);
        assertThat(new AnthropicMessagesCodec().encodeResponse(given, REQUEST))
                .asString(UTF_8)
                .contains("Hello!");
        assertThat(compact.replay().collect()).isEqualTo(given);
        assertThat(compact.bytes())
                .isGreaterThan(BODY.length)
                .isLessThan(RecordedAnswer.of(WHOLE).bytes());
        assertThat(compact.events().get(1)).isEqualTo(WHOLE.get(1)).isNotSameAs(WHOLE.get(1));
    }

    @Test
    void keepsAllEventsOfAnAnswerThatWasChangedOrStreamed() {
        List<ChatEvent> changed = WHOLE.stream()
                .map(event -> event instanceof ChatEvent.Delta delta ? delta.withText("Bye!") : event)
                .toList();

        assertThat(RecordedAnswer.of(changed).compact().replay().collect().text())
                .isEqualTo("Bye!");
        assertThat(RecordedAnswer.of(WHOLE.subList(0, 3)).compact().events()).hasSize(3);
        assertThat(recorded.compact()).isSameAs(recorded);
    }
}
