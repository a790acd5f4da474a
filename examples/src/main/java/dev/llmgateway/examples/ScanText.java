package dev.llmgateway.examples;

import dev.llmgateway.compliance.Finding;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets and personal data in a text, without any gateway: what comes with the scanner, a pattern, and a detector of the
 * application's own. {@code examples/run ScanText}
 */
public final class ScanText {

    private static final Kind PROJECT = Kind.custom("project_name");

    private ScanText() {}

    public static void main(String[] args) {
        scan("Ask jane.doe@example.org about Project Bluebird; badge AB-7319-0 opens the door, AB-7319-5 does not.");
    }

    static void scan(String text) {
        Scanner scanner = Scanner.builder()
                .without(Kind.IP_ADDRESS)
                .pattern(PROJECT, "Project [A-Z][a-z]+", 40)
                .detector(new Badge())
                .build();
        for (Finding finding : scanner.scan(text)) {
            System.out.println(finding.start() + " to " + finding.end() + ": "
                    + finding.kind().id() + " (" + finding.rule() + ")");
        }
        System.out.println(scanner.redact(text));
    }

    /** A badge's number has four digits and their sum's last digit. */
    record Badge() implements Detector {
        private static final Kind KIND = Kind.custom("badge");
        private static final int DIGITS = 4;

        @Override
        public Set<Kind> kinds() {
            return Set.of(KIND);
        }

        @Override
        public List<String> anchors() {
            return List.of("ab-");
        }

        @Override
        public @Nullable Match match(Window text, int from, int to) {
            int end = to + DIGITS + 2;
            boolean hasForm = text.skip(to, AsciiSet.DIGITS, DIGITS + 1) == to + DIGITS
                    && text.at(to + DIGITS) == '-'
                    && AsciiSet.DIGITS.contains(text.at(end - 1))
                    && !AsciiSet.DIGITS.contains(text.at(end));
            return hasForm && sum(text, to) % 10 == text.at(end - 1) - '0'
                    ? new Match(KIND, "badge-number", 0.95, from, end)
                    : null;
        }

        private static int sum(Window text, int from) {
            int sum = 0;
            for (int i = from; i < from + DIGITS; i++) {
                sum += text.at(i) - '0';
            }
            return sum;
        }
    }
}
