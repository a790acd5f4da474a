package dev.llmgateway.bench.compliance;

import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Finding;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.StreamGate;
import dev.llmgateway.compliance.TextFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sends every positive case through a gate, cut in two at every place, and one character at a time: what leaves must be what
 * leaves of the whole text, and nothing of a finding.
 */
final class Streams {

    private final Scanner scanner;
    private final StreamGate.Rules rules;
    private long runs;
    private long differences;
    private long leaks;
    private final List<String> bad = new ArrayList<>();

    Streams(Scanner scanner) {
        this.scanner = scanner;
        this.rules = StreamGate.rules(scanner, Actions.all(Action.REDACT));
    }

    List<Line> measure() throws IOException {
        List<Case> cases = new ArrayList<>(Case.secrets());
        cases.addAll(Case.personalData());
        cases.removeIf(it -> !it.positive());
        cases.forEach(this::check);
        String of = cases.size() + " texts, every split and character by character";
        return List.of(
                Line.atMost("streams", of, differences, differences + " of " + runs + " differ", 0)
                        .remark(String.join(" ", bad)),
                Line.atMost("streams", of, leaks, leaks + " of " + runs + " let a character of a finding out", 0));
    }

    private void check(Case it) {
        String text = it.text();
        List<Finding> findings = scanner.scan(text);
        String expected = redacted(text, findings);
        long before = differences + leaks;
        run(List.of(text), findings, expected);
        for (int cut = 1; cut < text.length(); cut++) {
            run(List.of(text.substring(0, cut), text.substring(cut)), findings, expected);
        }
        run(
                IntStream.range(0, text.length())
                        .mapToObj(i -> text.substring(i, i + 1))
                        .toList(),
                findings,
                expected);
        if (differences + leaks > before && bad.size() < 8) {
            bad.add(it.id());
        }
    }

    private void run(List<String> pieces, List<Finding> findings, String expected) {
        Watched out = new Watched(findings);
        StreamGate gate = rules.open((finding, action) -> {}, out);
        pieces.forEach(gate::accept);
        gate.finish();
        runs++;
        differences += out.text.toString().equals(expected) ? 0 : 1;
        leaks += out.leaked ? 1 : 0;
    }

    private static String redacted(String text, List<Finding> findings) {
        StringBuilder safe = new StringBuilder();
        int copied = 0;
        for (Finding finding : findings) {
            safe.append(text, copied, finding.start()).append(StreamGate.REDACTED);
            copied = finding.end();
        }
        return safe.append(text, copied, text.length()).toString();
    }

    /** What leaves, and whether any of it belongs to a finding. */
    private static final class Watched implements TextFilter.Output {

        private final List<Finding> findings;
        private final StringBuilder text = new StringBuilder();
        private int place;
        private boolean leaked;

        Watched(List<Finding> findings) {
            this.findings = findings;
        }

        @Override
        public void pass(char[] chars, int from, int length) {
            int start = place;
            leaked |= findings.stream().anyMatch(it -> it.start() < start + length && start < it.end());
            place += length;
            text.append(chars, from, length);
        }

        @Override
        public void replace(char[] chars, int from, int length, String instead) {
            place += length;
            text.append(instead);
        }
    }
}
