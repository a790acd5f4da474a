package dev.llmgateway.cli.scan;

import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Finding;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.StreamGate;
import dev.llmgateway.compliance.TextFilter;
import java.io.IOException;
import java.io.Reader;

/**
 * One text on its way through the scanner, in bounded memory whatever its length. Every character comes out of the gate once
 * and in order, passed or replaced, so that lines and columns can be counted there. Not thread safe.
 */
public final class ScannedText {

    /** The scanner counts characters in an {@code int}; longer texts are looked at in parts, cut after a line. */
    private static final int LONGEST_PART = 1 << 30;

    private static final int PIECE = 1 << 15;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final StreamGate.Rules rules;
    private final String name;
    private final ScanReport report;
    private final int longestPart;
    private int line = 1;
    private int column = 1;
    private int foundLine;
    private int foundColumn;
    private long findings;

    private ScannedText(Scanner scanner, String name, ScanReport report, int longestPart) {
        this.rules = StreamGate.rules(scanner, Actions.all(Action.REDACT));
        this.name = name;
        this.report = report;
        this.longestPart = longestPart;
    }

    /**
     * Reads a text to its end.
     *
     * @param name for the report
     * @return how much was found
     */
    public static long scan(Scanner scanner, String name, Reader text, ScanReport report) throws IOException {
        return scan(scanner, name, text, report, LONGEST_PART);
    }

    static long scan(Scanner scanner, String name, Reader text, ScanReport report, int longestPart) throws IOException {
        ScannedText scan = new ScannedText(scanner, name, report, longestPart);
        scan.read(text);
        return scan.findings;
    }

    private void read(Reader text) throws IOException {
        char[] piece = new char[PIECE];
        StreamGate gate = open();
        int length = 0;
        for (int count = text.read(piece); count >= 0; count = text.read(piece)) {
            int cut = length + count > longestPart ? afterLine(piece, count) : 0;
            if (cut > 0) {
                gate.accept(new String(piece, 0, cut));
                gate.finish();
                gate = open();
                length = 0;
            }
            gate.accept(new String(piece, cut, count - cut));
            length += count - cut;
        }
        gate.finish();
    }

    private StreamGate open() {
        return rules.open((finding, action) -> found(finding), new Counted());
    }

    private void found(Finding finding) {
        findings++;
        report.found(name, foundLine, foundColumn, finding);
    }

    /** The place after the last end of a line; 0 when there is none. */
    private static int afterLine(char[] piece, int count) {
        int i = count;
        while (i > 0 && piece[i - 1] != '\n') {
            i--;
        }
        return i;
    }

    private void count(char[] chars, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (chars[i] == '\n') {
                line++;
                column = 1;
            } else if (chars[i] != BYTE_ORDER_MARK || line > 1 || column > 1) {
                column++;
            }
        }
    }

    private final class Counted implements TextFilter.Output {

        @Override
        public void pass(char[] chars, int from, int length) {
            count(chars, from, length);
            report.clean(chars, from, length);
        }

        @Override
        public void replace(char[] chars, int from, int length, String instead) {
            boolean begins = !instead.isEmpty();
            if (begins) {
                foundLine = line;
                foundColumn = column;
            }
            count(chars, from, length);
        }
    }
}
