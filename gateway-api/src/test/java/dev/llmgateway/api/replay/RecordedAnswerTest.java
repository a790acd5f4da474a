package dev.llmgateway.api.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordedAnswerTest {

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
}
