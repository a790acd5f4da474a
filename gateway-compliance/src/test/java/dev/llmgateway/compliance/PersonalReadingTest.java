package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.detect.Category;
import dev.llmgateway.compliance.detect.Kind;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However often something begins that could be a number or an address, nothing is held longer than the longest look ahead, which is
 * that for a domain. So each question reads a bounded stretch, and the whole scan takes time in proportion to the text.
 */
class PersonalReadingTest {

    private static final int LONGEST_LOOK_AHEAD = 512;

    private static final Set<Kind> PERSONAL = Kind.builtIn().stream()
            .filter(it -> it.category() == Category.PERSONAL)
            .collect(Collectors.toUnmodifiableSet());

    private static final StreamGate.Rules RULES =
            StreamGate.rules(Scanner.builder().kinds(PERSONAL).build(), Actions.all(Action.REDACT));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1 ",
                "12 ",
                "::",
                ":",
                "@",
                "a@",
                "a.a@",
                "a.",
                "+(",
                "+++(((",
                "1.",
                "1.1.1.1 ",
                "0123 ",
                "06 12 34 56 78 ",
                "415 555 0132, ",
                "4155550132 ",
                "4111111111111112 ",
                "GB29 NWBK ",
                "bc1q",
                "3a",
                "a:",
                "12:34:",
                "ab-",
                "1-1-",
                "AA 12 34 56 ",
                "AA ",
                "\uFF11",
                "1\u00A0"
            })
    void holdsABoundedStretch(String repeated) {
        StreamGate gate = RULES.open();
        String piece = repeated.repeat(1 + 64 / repeated.length());
        for (int i = 0; i < 500; i++) {
            gate.accept(piece);
            assertThat(gate.held()).isLessThanOrEqualTo(LONGEST_LOOK_AHEAD + piece.length());
        }
    }
}
