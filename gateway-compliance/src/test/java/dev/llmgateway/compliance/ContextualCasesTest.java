package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.detect.Category;
import dev.llmgateway.compliance.detect.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Secrets that only their surroundings give away, on the recorded cases. */
class ContextualCasesTest {

    private static final Scanner SCANNER = Scanner.builder()
            .kinds(Kind.builtIn().stream()
                    .filter(it -> it.category() == Category.CREDENTIAL)
                    .toList())
            .build();

    @Test
    void findsWhatItsSurroundingsCallASecret() {
        assertThat(missed("contextual").size())
                .as("missed of %d: %s", count("contextual"), missed("contextual"))
                .isLessThanOrEqualTo(count("contextual") * 5 / 100);
    }

    @Test
    void leavesWhatIsNone() {
        List<String> flagged = Cases.secrets().stream()
                .filter(it -> !it.positive() && it.tier().equals("firm"))
                .filter(it -> !SCANNER.scan(it.text()).isEmpty())
                .map(it -> it.id() + " " + it.text())
                .toList();
        assertThat(flagged).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void findsTheSameWhereverThePiecesEnd() {
        List<Cases.Case> cases = new ArrayList<>(positive("contextual"));
        cases.addAll(positive("hard"));
        cases.stream()
                .map(Cases.Case::text)
                .filter(it -> it.length() < 400)
                .forEach(it -> EveryCut.isTheSame(SCANNER, it));
    }

    private static List<String> missed(String tier) {
        return positive(tier).stream()
                .filter(it -> !it.isCoveredBy(SCANNER.scan(it.text())))
                .map(it -> it.id() + " " + it.text() + " " + SCANNER.scan(it.text()))
                .toList();
    }

    private static int count(String tier) {
        return positive(tier).size();
    }

    private static List<Cases.Case> positive(String tier) {
        return Cases.secrets().stream()
                .filter(it -> it.positive() && it.tier().equals(tier))
                .toList();
    }
}
