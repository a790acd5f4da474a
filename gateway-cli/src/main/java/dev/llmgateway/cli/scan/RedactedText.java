package dev.llmgateway.cli.scan;

import dev.llmgateway.compliance.Finding;
import dev.llmgateway.compliance.Scanner;
import java.io.PrintStream;

/**
 * The text itself, with a placeholder for each finding.
 *
 * @param out where it goes
 */
public record RedactedText(PrintStream out) implements ScanReport {

    @Override
    public void found(String name, int line, int column, Finding finding) {
        out.print(Scanner.placeholder(finding.kind()));
    }

    @Override
    public void clean(char[] chars, int from, int length) {
        out.print(new String(chars, from, length));
    }
}
