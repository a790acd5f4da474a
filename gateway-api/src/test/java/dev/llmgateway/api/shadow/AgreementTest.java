package dev.llmgateway.api.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static Said said(Content... parts) {
        Said said = new Said();
        ResponseUnfolder.unfold(new ChatResponse("", "", List.of(parts), StopReason.END_TURN, null))
                .forEach(said::note);
        return said;
    }

    private static Content call(String name, String arguments) {
        return new Content.ToolCall("id_" + name, name, arguments);
    }

    @Test
    void equalTextsAgreeWhateverTheirCaseAndPunctuation() {
        assertThat(Agreement.of("The cat, the DOG.", "the cat the dog")).isEqualTo(1);
        assertThat(Agreement.of("", "...")).isEqualTo(1);
    }

    @Test
    void textsAgreeByTheirPairsOfWords() {
        assertThat(Agreement.of("a b c d", "a b x c d")).isCloseTo(2.0 * 2 / (3 + 4), within(1e-12));
        assertThat(Agreement.of("a b c", "c b a")).isZero();
        assertThat(Agreement.of("a b a b", "a b")).isCloseTo(2.0 / (3 + 1), within(1e-12));
    }

    @Test
    void singleWordsAreComparedAsWords() {
        assertThat(Agreement.of("Yes.", "yes")).isEqualTo(1);
        assertThat(Agreement.of("yes", "no")).isZero();
        assertThat(Agreement.of("Paris", "It is Paris")).isEqualTo(0.5);
    }

    @Test
    void scriptsWithoutBlanksAreComparedByCharacter() {
        assertThat(Agreement.of("\u6211\u7231\u732b", "\u6211\u7231\u72d7")).isEqualTo(0.5);
    }

    @Test
    void toolCallsAgreeByNameAndJson() {
        Said one = said(call("find", "{\"a\":1,\"b\":[2]}"), call("stop", ""));
        Said other = said(new Content.Text("I look.", Extras.NONE), call("find", "{ \"b\":[2], \"a\":1 }"));

        assertThat(Agreement.of(one, other)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(Agreement.of(one, said(call("find", "{\"a\":2,\"b\":[2]}")))).isZero();
        assertThat(Agreement.of(said(call("find", "{oops")), said(call("find", "{oops"))))
                .isEqualTo(1);
    }

    @Test
    void ofALongAnswerTheBeginIsKept() {
        Said said = said(new Content.Text("x".repeat(Said.MOST_CHARACTERS + 5), Extras.NONE));

        assertThat(said.text()).hasSize(Said.MOST_CHARACTERS);
    }
}
