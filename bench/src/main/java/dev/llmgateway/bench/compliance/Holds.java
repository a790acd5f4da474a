package dev.llmgateway.bench.compliance;

import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.StreamGate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** How many characters of clean prose wait after each of the tokens in which it comes. */
final class Holds {

    private static final double MEAN = 8;
    private static final int P99 = 40;
    private static final long SEED = 4;

    private final Scanner scanner;

    Holds(Scanner scanner) {
        this.scanner = scanner;
    }

    List<Line> measure() throws IOException {
        Corpus prose = Corpus.cleanProse(scanner);
        List<Integer> holds = holds(prose, Action.REDACT);
        double mean = holds.stream().mapToInt(it -> it).average().orElse(0);
        int p99 = holds.get(holds.size() * 99 / 100);
        int watched = Collections.max(holds(prose, Action.LOG_ONLY));
        String of = prose.documents().size() + " documents of clean prose, tokens of 1 to 7 characters: ";
        return List.of(
                Line.atMost("hold", of + "mean", mean, String.format(Locale.ROOT, "%.2f characters", mean), MEAN),
                Line.atMost("hold", of + "p99", p99, p99 + " characters", P99),
                Line.told("hold", of + "longest", holds.getLast() + " characters"),
                Line.atMost("hold", of + "log only, longest", watched, watched + " characters", 0));
    }

    /** In ascending order. */
    private List<Integer> holds(Corpus prose, Action action) {
        StreamGate.Rules rules = StreamGate.rules(scanner, Actions.all(action));
        Random random = new Random(SEED);
        List<Integer> holds = new ArrayList<>();
        for (String document : prose.documents()) {
            StreamGate gate = rules.open();
            int passed = 0;
            for (int from = 0; from < document.length(); ) {
                int to = Math.min(document.length(), from + random.nextInt(1, 8));
                passed += gate.accept(document.substring(from, to)).length();
                holds.add(to - passed);
                from = to;
            }
        }
        Collections.sort(holds);
        return holds;
    }
}
