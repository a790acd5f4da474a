package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.Cases.Case;
import dev.llmgateway.compliance.detect.Category;
import dev.llmgateway.compliance.detect.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the scanner must reach on the recorded cases of credentials. */
class SecretCasesTest {

    private static final Scanner SCANNER = Scanner.builder()
            .kinds(Kind.builtIn().stream()
                    .filter(it -> it.category() == Category.CREDENTIAL)
                    .toList())
            .build();

    private static List<Case> positives(String tier) {
        return Cases.secrets().stream()
                .filter(it -> it.positive() && it.tier().equals(tier))
                .toList();
    }

    private static boolean isFound(Case it) {
        return it.isFoundBy(SCANNER.scan(it.text()));
    }

    @Test
    void findsStructuralTokensOfEveryFamily() {
        List<Case> cases = positives("structural");
        List<String> missed =
                cases.stream().filter(it -> !isFound(it)).map(Case::id).toList();
        assertThat(missed).hasSizeLessThanOrEqualTo(cases.size() * 3 / 100);

        Map<String, int[]> families = new TreeMap<>();
        for (Case it : cases) {
            int[] counts = families.computeIfAbsent(it.kind(), kind -> new int[2]);
            counts[0] += isFound(it) ? 1 : 0;
            counts[1]++;
        }
        assertThat(families)
                .allSatisfy((family, counts) -> assertThat(counts[0])
                        .as("found of %d %s (missed: %s)", counts[1], family, missed)
                        .isGreaterThanOrEqualTo(counts[1] * 9 / 10));
    }

    @Test
    void findsNothingInFirmNegatives() {
        List<Case> cases = Cases.secrets().stream()
                .filter(it -> !it.positive() && it.tier().equals("firm"))
                .toList();
        assertThat(cases.stream()
                        .filter(it -> !SCANNER.scan(it.text()).isEmpty())
                        .map(Case::id)
                        .toList())
                .hasSizeLessThanOrEqualTo(cases.size() * 2 / 100);
    }

    @Test
    void findsTheSameWhereverThePiecesEnd() {
        positives("structural").stream()
                .map(Case::text)
                .filter(it -> it.length() < 400)
                .forEach(it -> EveryCut.isTheSame(SCANNER, it));
    }

    @Test
    void findsTheSameInLongTextsWhereverThePiecesEnd() {
        positives("structural").stream()
                .map(Case::text)
                .filter(it -> it.length() >= 400)
                .forEach(it -> EveryCut.isTheSame(SCANNER, it, 29));
    }
}
