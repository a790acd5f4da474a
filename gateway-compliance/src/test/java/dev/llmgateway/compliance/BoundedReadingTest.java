package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However often something begins that could be a finding, nothing is held longer than the longest look ahead. Each question reads a
 * bounded stretch then, and the whole scan takes time in proportion to the text.
 */
class BoundedReadingTest {

    private static final int LONGEST_LOOK_AHEAD = 1_024;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-",
                "sk-proj-",
                "-----BEGIN ",
                "-----BEGIN RSA PRIVATE KEY-----\n",
                "-----",
                "eyJ",
                "eyJhbGciOiJ",
                "ZXlK",
                "://a:",
                "://",
                "://a:b@",
                "password=",
                "password</td> <td>",
                "password: {",
                "kind: Secret\ndata:\n  a: b1c2\n",
                "\u5BC6\u7801",
                "server=;pwd=",
                "token=",
                "Q~",
                "T3BlbkFJ",
                "ghp_",
                ".",
                "a.",
                "|",
                "AAAA",
                "xoxb-1",
                "123456789:A",
                "MII",
                "Aa1",
                "0123456789abcdef",
                "user:pass@tcp(",
                "%3D",
                "\\n",
                "private-lines: 1\n",
                "\uD83D\uDE00"
            })
    void holdsABoundedStretch(String repeated) {
        StreamGate gate =
                StreamGate.rules(Scanner.defaults(), Actions.all(Action.REDACT)).open();
        String piece = repeated.repeat(1 + 64 / repeated.length());
        for (int i = 0; i < 1_000; i++) {
            gate.accept(piece);
            assertThat(gate.held()).isLessThanOrEqualTo(LONGEST_LOOK_AHEAD + piece.length());
        }
    }
}
