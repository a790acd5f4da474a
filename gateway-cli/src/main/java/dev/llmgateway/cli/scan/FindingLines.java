package dev.llmgateway.cli.scan;

import dev.llmgateway.compliance.Finding;
import java.io.PrintStream;
import java.util.Locale;

/**
 * A line for people and editors for each finding.
 *
 * @param out where it goes
 */
public record FindingLines(PrintStream out) implements ScanReport {

    @Override
    public void found(String name, int line, int column, Finding finding) {
        out.printf(
                Locale.ROOT,
                "%s:%d:%d: %s (%s, %.2f, %s)%n",
                name,
                line,
                column,
                finding.kind().id(),
                finding.rule(),
                finding.confidence(),
                finding.hash());
    }
}
