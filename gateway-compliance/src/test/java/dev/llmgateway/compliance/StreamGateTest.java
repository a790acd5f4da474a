package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.GatewayException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamGateTest {

    private static final Scanner SCANNER = Scanner.defaults();
    private static final String TOKEN = "gh" + "p_" + "a1B2c3D4".repeat(5);

    private static StreamGate gate(Action action) {
        return StreamGate.rules(SCANNER, Actions.all(action)).open();
    }

    @Test
    void letsCleanTextPassOneWordBehind() {
        StreamGate gate = gate(Action.REDACT);
        assertThat(gate.accept("The answer is for")).isEqualTo("The answer is ");
        assertThat(gate.held()).isEqualTo(3);
        assertThat(gate.accept("ty-two")).isEmpty();
        assertThat(gate.accept(", or so.")).isEqualTo("forty-two, or ");
        assertThat(gate.finish()).isEqualTo("so.");
    }

    @Test
    void replacesATokenAsSoonAsItIsCertainAndSwallowsItsRest() {
        StreamGate gate = gate(Action.REDACT);
        assertThat(gate.accept("use " + TOKEN.substring(0, 20))).isEqualTo("use ");
        assertThat(gate.accept(TOKEN.substring(20))).isEqualTo("[REDACTED]");
        assertThat(gate.accept("x".repeat(100_000))).isEmpty();
        assertThat(gate.held()).isZero();
        assertThat(gate.accept(" now")).isEqualTo(" ");
        assertThat(gate.finish()).isEqualTo("now");
    }

    @Test
    void blocksBeforeAnythingOfTheFindingLeaves() {
        List<String> told = new ArrayList<>();
        StreamGate gate = StreamGate.rules(SCANNER, Actions.all(Action.BLOCK))
                .open((finding, action) -> told.add(finding.kind().id() + " " + action));
        assertThat(gate.accept("use " + TOKEN.substring(0, 30))).isEqualTo("use ");
        assertThatThrownBy(() -> gate.accept(TOKEN.substring(30)))
                .isInstanceOf(GatewayException.BlockedByCompliance.class)
                .hasMessageContaining("api_key")
                .hasMessageNotContaining("a1B2");
        assertThat(told).containsExactly("api_key BLOCK");
    }

    @Test
    void holdsNothingWhenItOnlyLogs() {
        List<Finding> told = new ArrayList<>();
        StreamGate gate =
                StreamGate.rules(SCANNER, Actions.all(Action.LOG_ONLY)).open((finding, action) -> told.add(finding));
        String text = "use " + TOKEN + " now";
        for (char c : text.toCharArray()) {
            assertThat(gate.accept(String.valueOf(c))).isEqualTo(String.valueOf(c));
        }
        assertThat(gate.finish()).isEmpty();
        assertThat(told).containsExactlyElementsOf(SCANNER.scan(text));
    }

    @Test
    void neverSplitsASurrogatePair() {
        StreamGate gate = gate(Action.REDACT);
        assertThat(gate.accept("a \uD83D")).isEqualTo("a ");
        assertThat(gate.accept("\uDE00 b")).isEqualTo("\uD83D\uDE00 ");
    }

    @Test
    void doesTheSameWhereverThePiecesEnd() {
        EveryCut.isTheSame(
                SCANNER, "mail jane.doe@example.org, or use " + TOKEN + ". Then \uD83D\uDE00 (j@x.io) " + TOKEN);
        EveryCut.isTheSame(SCANNER, TOKEN + "@example.org" + TOKEN + "\uD83D");
    }

    @Test
    void seesTheEscapesOfJsonTextAsTheSpacesThatTheyStandFor() {
        assertThat(gate(Action.REDACT).accept("{\"a\":\"x\\n" + TOKEN + "\\njane@example.org\", "))
                .isEqualTo("{\"a\":\"x\\n[REDACTED]\\n[REDACTED]\", ");
    }
}
