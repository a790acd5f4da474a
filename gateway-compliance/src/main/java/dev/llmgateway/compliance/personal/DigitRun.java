package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Window;

/**
 * Groups of digits with separators between them, read once and then shown to every form of number. Reading stops at bounds that
 * no number of interest reaches, so that what comes after a run may be another digit.
 */
final class DigitRun {

    /** Between two groups stands a dash or a slash with spaces. */
    static final char SEVERAL = '+';

    private static final char NOTHING = '\0';

    private static final int MOST_GROUPS = 8;
    private static final int MOST_DIGITS = 23;
    private static final int MOST_SEPARATORS = 3;

    private final byte[] digits = new byte[MOST_DIGITS];
    private final int[] starts = new int[MOST_GROUPS];
    private final int[] ends = new int[MOST_GROUPS];
    private final char[] separators = new char[MOST_GROUPS];
    private int groups;
    private int count;

    private DigitRun() {}

    /** Reads from the first digit on; the run is empty when its first group is longer than any number of interest. */
    static DigitRun read(Window text, int start) {
        DigitRun run = new DigitRun();
        int at = start;
        while (run.groups < MOST_GROUPS && run.readGroup(text, at)) {
            int end = run.ends[run.groups - 1];
            at = end;
            while (at - end < MOST_SEPARATORS && isSeparator(text.at(at))) {
                at++;
            }
            if (at == end || !Chars.isDigit(text.at(at))) {
                break;
            }
            char separator = at - end == 1 ? text.at(end) : together(text, end, at);
            if (separator == NOTHING) {
                break;
            }
            run.separators[run.groups - 1] = separator;
        }
        return run;
    }

    private boolean readGroup(Window text, int start) {
        int before = count;
        int i = start;
        for (char c = text.at(i); Chars.isDigit(c); c = text.at(i)) {
            if (count == MOST_DIGITS) {
                count = before;
                return false;
            }
            digits[count++] = (byte) Chars.digit(c);
            i++;
        }
        starts[groups] = start;
        ends[groups] = i;
        groups++;
        return true;
    }

    /** What several separators are together: a parenthesis, {@link #SEVERAL}, or nothing that stands within a number. */
    private static char together(Window text, int from, int to) {
        char together = NOTHING;
        boolean repeated = true;
        for (int i = from; i < to; i++) {
            char c = text.at(i);
            if (c == '.') {
                return NOTHING;
            }
            repeated &= c == text.at(from);
            boolean parenthesis = c == '(' || c == ')' || c == '\uFF08' || c == '\uFF09';
            together = parenthesis ? c : together == NOTHING ? SEVERAL : together;
        }
        return repeated ? NOTHING : together;
    }

    static boolean isSeparator(char c) {
        return switch (c) {
            case ' ',
                    '-',
                    '.',
                    '/',
                    '(',
                    ')',
                    '\u00A0',
                    '\u2010',
                    '\u2011',
                    '\u2012',
                    '\u2013',
                    '\u202F',
                    '\uFF08',
                    '\uFF09',
                    '\uFF0D' -> true;
            default -> false;
        };
    }

    int start() {
        return starts[0];
    }

    int groups() {
        return groups;
    }

    /** The number of digits in the first groups. */
    int digits(int ofGroups) {
        int sum = 0;
        for (int i = 0; i < ofGroups; i++) {
            sum += size(i);
        }
        return sum;
    }

    int digit(int i) {
        return digits[i];
    }

    /** The number that {@code length} digits from {@code from} on make. */
    int number(int from, int length) {
        int number = 0;
        for (int i = from; i < from + length; i++) {
            number = 10 * number + digits[i];
        }
        return number;
    }

    int size(int group) {
        return ends[group] - starts[group];
    }

    /** Whether it is a row of single digits, as no number is written. */
    boolean hasManySingles() {
        int singles = 0;
        for (int i = 0; i < groups; i++) {
            singles += size(i) == 1 ? 1 : 0;
        }
        return singles > 2;
    }

    int end(int group) {
        return ends[group];
    }

    /** What stands after a group that is not the last: the separator, a parenthesis among others, or {@link #SEVERAL}. */
    char separator(int group) {
        return separators[group];
    }

    /** Whether it begins with groups of these sizes, one and the same of the separators between all of them. */
    boolean hasGroups(String allowed, int... sizes) {
        if (groups < sizes.length) {
            return false;
        }
        for (int i = 0; i < sizes.length; i++) {
            if (size(i) != sizes[i]) {
                return false;
            }
        }
        return isUniform(allowed, sizes.length);
    }

    /** Whether between the first groups one and the same of the separators stands. */
    boolean isUniform(String allowed, int ofGroups) {
        for (int i = 0; i < ofGroups - 1; i++) {
            if (separators[i] != separators[0] || allowed.indexOf(separators[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    boolean isAllSame(int ofDigits) {
        for (int i = 1; i < ofDigits; i++) {
            if (digits[i] != digits[0]) {
                return false;
            }
        }
        return true;
    }

    /** The first digits, written in ASCII. */
    String written(int ofDigits) {
        StringBuilder written = new StringBuilder(ofDigits + 1);
        for (int i = 0; i < ofDigits; i++) {
            written.append((char) ('0' + digits[i]));
        }
        return written.toString();
    }
}
