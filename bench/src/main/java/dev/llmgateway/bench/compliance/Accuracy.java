package dev.llmgateway.bench.compliance;

import dev.llmgateway.compliance.Finding;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.detect.Category;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How much of what the cases hold is found, and how much of what they do not. All kinds are on. */
final class Accuracy {

    private static final double STRUCTURAL = 0.97;
    private static final double FAMILY = 0.90;
    private static final double CONTEXTUAL = 0.85;
    private static final double PERSONAL = 0.97;
    private static final double FALSE_SECRETS = 0.02;
    private static final double FALSE_PERSONAL = 0.03;

    private final Scanner scanner;
    private final List<Line> lines = new ArrayList<>();

    Accuracy(Scanner scanner) {
        this.scanner = scanner;
    }

    List<Line> measure() throws IOException {
        List<Case> secrets = Case.secrets();
        List<Case> personal = Case.personalData();
        recall(secrets, "structural", STRUCTURAL);
        families(of(secrets, it -> it.positive() && it.tier().equals("structural")));
        recall(secrets, "contextual", CONTEXTUAL);
        recall(secrets, "hard", Double.NaN);
        recall(secrets, "ambiguous", Double.NaN);
        core(of(personal, it -> it.core() && it.tier().equals("strong")));
        for (String tier : List.of("weak", "context", "region")) {
            recall(personal, tier, Double.NaN);
        }
        extended(of(personal, it -> !it.core() && it.tier().equals("strong")));
        falseFindings("secrets", secrets, Category.CREDENTIAL, FALSE_SECRETS);
        falseFindings("personal data", personal, Category.PERSONAL, FALSE_PERSONAL);
        return lines;
    }

    private void recall(List<Case> cases, String tier, double target) {
        List<Case> positive = of(cases, it -> it.positive() && it.tier().equals(tier));
        String what = (cases.getFirst().kind() != null ? "personal data, " : "secrets, ") + tier;
        line(what, positive, target);
    }

    private void families(List<Case> structural) {
        byFamily(structural).forEach((family, cases) -> line("secrets, structural: " + family, cases, FAMILY));
    }

    private void core(List<Case> strong) {
        Map<String, List<Case>> families = byFamily(of(strong, Case::positive));
        double macro = families.values().stream()
                .mapToDouble(it -> (double) found(it) / it.size())
                .average()
                .orElse(0);
        lines.add(Line.atLeast("recall", "personal data, core kinds, macro", macro, ratio(macro), PERSONAL));
        families.forEach((family, cases) -> line("personal data, core: " + family, cases, Double.NaN));
    }

    private void extended(List<Case> strong) {
        List<Case> positive = of(strong, Case::positive);
        line("personal data, extended kinds", positive, Double.NaN);
        byFamily(positive).forEach((family, cases) -> {
            if (found(cases) < cases.size()) {
                line("personal data, extended: " + family, cases, Double.NaN);
            }
        });
    }

    private void line(String what, List<Case> cases, double target) {
        int found = found(cases);
        long whole = cases.stream().filter(it -> it.isCoveredBy(scan(it))).count();
        double recall = (double) found / cases.size();
        String figure = ratio(recall) + " (" + found + " of " + cases.size() + ", to the last character " + whole + ")";
        Line line = Double.isNaN(target)
                ? Line.told("recall", what, figure)
                : Line.atLeast("recall", what, recall, figure, target);
        lines.add(line.remark(ids(of(cases, it -> !it.isFoundBy(scan(it))))));
    }

    private void falseFindings(String what, List<Case> cases, Category category, double target) {
        List<Case> negative = of(cases, it -> !it.positive());
        List<Case> firm = of(negative, it -> it.tier().equals("firm"));
        Predicate<Case> denied = it -> scan(it).stream()
                .anyMatch(finding -> it.kind() == null
                        ? finding.kind().category() == category
                        : finding.kind().equals(it.kind()));
        Predicate<Case> any =
                it -> scan(it).stream().anyMatch(finding -> finding.kind().category() == category);
        Line line = falseFindings(what + ", firm negatives", firm, denied);
        lines.add(Line.atMost("false findings", line.of(), rate(firm, denied), line.figure(), target)
                .remark(line.remark()));
        if (category == Category.PERSONAL) {
            lines.add(falseFindings(what + ", firm negatives, of any kind", firm, any));
        }
        lines.add(falseFindings(
                what + ", soft negatives", of(negative, it -> it.tier().equals("soft")), denied));
    }

    private static Line falseFindings(String what, List<Case> negative, Predicate<Case> isFalse) {
        List<Case> flagged = of(negative, isFalse);
        String figure = ratio(rate(negative, isFalse)) + " (" + flagged.size() + " of " + negative.size() + ")";
        return Line.told("false findings", what, figure).remark(ids(flagged));
    }

    private static double rate(List<Case> negative, Predicate<Case> isFalse) {
        return (double) of(negative, isFalse).size() / negative.size();
    }

    private int found(Collection<Case> cases) {
        return (int) cases.stream().filter(it -> it.isFoundBy(scan(it))).count();
    }

    private List<Finding> scan(Case it) {
        return scanner.scan(it.text());
    }

    private static List<Case> of(List<Case> cases, Predicate<Case> wanted) {
        return cases.stream().filter(wanted).toList();
    }

    private static Map<String, List<Case>> byFamily(List<Case> cases) {
        return cases.stream().collect(Collectors.groupingBy(Case::family, TreeMap::new, Collectors.toList()));
    }

    private static String ids(List<Case> cases) {
        String some = cases.stream().limit(8).map(Case::id).collect(Collectors.joining(" "));
        return (cases.isEmpty() ? "" : "cases ") + some + (cases.size() > 8 ? " ..." : "");
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
