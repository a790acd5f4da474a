package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.Cases.Case;
import dev.llmgateway.compliance.detect.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PersonalCasesTest {

    private static final Set<Kind> CORE =
            Set.of(Kind.EMAIL, Kind.PHONE_NUMBER, Kind.US_SSN, Kind.PAYMENT_CARD, Kind.IBAN, Kind.IP_ADDRESS);

    private static final Scanner SCANNER = Scanner.defaults();

    @Test
    void findsTheCoreKinds() {
        assertThat(macroRecall(CORE::contains)).isGreaterThanOrEqualTo(0.97);
    }

    @Test
    void findsTheOtherKinds() {
        assertThat(macroRecall(it -> !CORE.contains(it))).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void namesWhatItFindsAndCoversIt() {
        List<String> missed = positives()
                .filter(it -> {
                    List<Finding> named = SCANNER.scan(it.text()).stream()
                            .filter(found -> found.kind().equals(Cases.personalKind(it)))
                            .toList();
                    return named.isEmpty() || !it.isCoveredBy(named);
                })
                .map(it -> it.id() + " " + it.kind() + " " + it.text() + " -> " + SCANNER.scan(it.text()))
                .toList();
        assertThat(missed).isEmpty();
    }

    @Test
    void findsNothingInFirmNegatives() {
        List<Case> negatives = Cases.personal().stream()
                .filter(it -> !it.positive() && it.tier().equals("firm"))
                .toList();
        List<String> flagged = negatives.stream()
                .filter(it -> SCANNER.scan(it.text()).stream()
                        .anyMatch(found -> found.kind().equals(Cases.personalKind(it))))
                .map(it -> it.id() + " " + it.kind() + " " + it.text() + " -> " + SCANNER.scan(it.text()))
                .toList();
        assertThat(flagged).isEmpty();
    }

    @Test
    void doesTheSameWhereverThePiecesEnd() {
        positives().forEach(it -> EveryCut.isTheSame(SCANNER, it.text()));
    }

    private static java.util.stream.Stream<Case> positives() {
        return Cases.personal().stream().filter(it -> it.positive() && it.tier().equals("strong"));
    }

    /** Some cases say only that there is something. */
    private static boolean isFound(Case it) {
        List<Finding> findings = SCANNER.scan(it.text());
        return it.spans().isEmpty() ? !findings.isEmpty() : it.isFoundBy(findings);
    }

    private static double macroRecall(Predicate<Kind> wanted) {
        Map<String, Double> byKind = new TreeMap<>(positives()
                .filter(it -> wanted.test(Cases.personalKind(it)))
                .collect(Collectors.groupingBy(Case::kind, Collectors.averagingDouble(it -> isFound(it) ? 1 : 0))));
        return byKind.values().stream().mapToDouble(it -> it).average().orElse(0);
    }
}
