package dev.llmgateway.cli.scan;

import dev.llmgateway.compliance.Finding;
import java.io.PrintStream;
import java.util.Locale;

/**
 * A JSON object for each finding, one a line.
 *
 * @param out where it goes
 */
public record JsonLines(PrintStream out) implements ScanReport {

    @Override
    public void found(String name, int line, int column, Finding finding) {
        out.printf(
                Locale.ROOT,
                "{\"file\":%s,\"line\":%d,\"column\":%d,\"length\":%d,\"kind\":%s,\"rule\":%s,\"confidence\":%.2f,\"hash\":%s}%n",
                quoted(name),
                line,
                column,
                finding.end() - finding.start(),
                quoted(finding.kind().id()),
                quoted(finding.rule()),
                finding.confidence(),
                quoted(finding.hash()));
    }

    /* A JSON library would take longer to load than most files take to scan. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                default -> {
                    if (c < ' ' || Character.isSurrogate(c)) {
                        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
