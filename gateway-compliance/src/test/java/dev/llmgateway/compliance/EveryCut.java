package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Shows that it does not matter where the pieces of a text end. */
final class EveryCut {

    private EveryCut() {}

    /**
     * Sends the text through gates in one piece, cut in two at every place, and character by character: the outcome and the findings
     * are the same, and no character of a finding has left before the finding was certain.
     */
    static void isTheSame(Scanner scanner, String text) {
        isTheSame(scanner, text, 1);
    }

    /** The same for one of so many cuts, for long texts. */
    static void isTheSame(Scanner scanner, String text, int step) {
        StreamGate.Rules rules = StreamGate.rules(scanner, Actions.all(Action.REDACT));
        Seen whole = send(rules, List.of(text));
        assertThat(whole.findings).as("findings of a gate and of a scan").isEqualTo(scanner.scan(text));
        for (int cut = 1; cut < text.length(); cut += step) {
            assertThat(send(rules, List.of(text.substring(0, cut), text.substring(cut))))
                    .as("cut at %d", cut)
                    .isEqualTo(whole);
        }
        assertThat(send(
                        rules,
                        text.chars().mapToObj(c -> String.valueOf((char) c)).toList()))
                .as("character by character")
                .isEqualTo(whole);
    }

    private static Seen send(StreamGate.Rules rules, List<String> pieces) {
        List<Finding> findings = new ArrayList<>();
        StreamGate gate = rules.open((finding, action) -> findings.add(finding));
        StringBuilder out = new StringBuilder();
        for (String piece : pieces) {
            out.append(gate.accept(piece));
        }
        return new Seen(out.append(gate.finish()).toString(), findings);
    }

    private record Seen(String text, List<Finding> findings) {}
}
