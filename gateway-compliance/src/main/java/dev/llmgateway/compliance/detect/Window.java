package dev.llmgateway.compliance.detect;

import java.util.Arrays;

/**
 * The part of a text that is at hand: the last characters that were released, and what waits for a verdict. Positions count from
 * the start of the whole text. Whoever asks for a character that has not arrived yet gets {@link #NONE}, and the window remembers
 * it: the answer that rests on it is then not used, and the question is asked again when more has come. Not thread safe.
 */
public final class Window {

    /** Stands for the places before and after what can be read; no character of any text. */
    public static final char NONE = '\uFFFF';

    /** How many characters before the end of its anchor a detector can read. */
    public static final int LOOK_BEHIND = 320;

    /** How many characters before the end of its anchor a finding can begin. */
    public static final int REACH = 160;

    /** What a token, a mail address or a number is written with; the last run of them may still become one. */
    private static final AsciiSet RUN = AsciiSet.of("a-zA-Z0-9._%+~/=:'&(@$!#*?^{|}-");

    private static final AsciiSet ESCAPES = AsciiSet.of("bfnrt");

    private char[] chars = new char[512];
    private int base;
    private int end;
    private boolean ended;
    private int floor;
    private boolean starved;

    /** The character at {@code i}, or {@link #NONE} when it is out of reach, not there yet, or after the end. */
    public char at(int i) {
        if (i >= end) {
            starved |= !ended;
            return NONE;
        }
        return i < floor ? NONE : chars[i - base];
    }

    /** The first place from {@code from} on, at most {@code max} further, whose character is not in the set. */
    public int skip(int from, AsciiSet set, int max) {
        int i = from;
        int limit = (int) Math.min(Integer.MAX_VALUE, (long) from + max);
        while (i < limit && set.contains(at(i))) {
            i++;
        }
        return i;
    }

    /**
     * The first place of the unbroken run of characters of the set that ends before {@code to}, at most {@code max} back. The letter
     * of an escape such as {@code \\n}, as in JSON text, does not belong to the run.
     */
    public int skipBack(int to, AsciiSet set, int max) {
        int i = to;
        while (to - i < max && set.contains(at(i - 1))) {
            i--;
        }
        return i < to && endsEscape(i) ? i + 1 : i;
    }

    /**
     * Whether a word can begin at {@code i}: what is before is no ASCII letter, digit or underscore, or is the letter of an escape
     * such as {@code \\n}, as in JSON text.
     */
    public boolean startsWord(int i) {
        return !AsciiSet.WORD.contains(at(i - 1)) || endsEscape(i - 1);
    }

    private boolean endsEscape(int i) {
        return ESCAPES.contains(at(i)) && at(i - 1) == '\\';
    }

    /** Whether the literal stands at {@code from}, letter by letter. */
    public boolean hasLiteral(int from, String literal) {
        for (int i = 0; i < literal.length(); i++) {
            if (at(from + i) != literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The text between two places, as far as it can be read. */
    public String slice(int from, int to) {
        int first = Math.max(from, floor);
        if (to > end) {
            starved |= !ended;
        }
        int last = Math.min(to, end);
        return first >= last ? "" : new String(chars, first - base, last - first);
    }

    /** Where the run of characters begins in which a finding can stand that is known at {@code to}. */
    public int runStart(int to) {
        int i = to;
        int limit = Math.max(base, to - REACH);
        while (i > limit && isRun(chars[i - 1 - base])) {
            i--;
        }
        return isAfterTwoCapitals(i, to) ? i - 3 : i;
    }

    /** Two capitals and a space before a number, or before what may become one, belong to it: some begin with letters apart. */
    private boolean isAfterTwoCapitals(int run, int to) {
        int i = run - base;
        return i >= 3
                && (run == to || chars[i] >= '0' && chars[i] <= '9')
                && chars[i - 1] == ' '
                && isCapital(chars[i - 2])
                && isCapital(chars[i - 3])
                && (i == 3 || !AsciiSet.WORD.contains(chars[i - 4]));
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** What comes before this place can be part of no finding any more whose anchor ends at {@code read} or later. */
    public int undecidedFrom(int read) {
        return ended && read == end ? end : runStart(read);
    }

    private static boolean isRun(char c) {
        return c < 128 ? RUN.contains(c) : c >= '\u00C0' && c < '\u0250' || c >= '\uFF10' && c <= '\uFF19';
    }

    /** Where the text at hand ends; more may come. */
    public int end() {
        return end;
    }

    /** Begins a question at an anchor that ends at {@code to}. For those who run detectors. */
    public void ask(int to) {
        floor = Math.max(base, to - LOOK_BEHIND);
        starved = false;
    }

    /** Whether the question read past what has arrived. For those who run detectors. */
    public boolean starved() {
        return starved;
    }

    /** Adds what has arrived. For those who run detectors. */
    public void append(CharSequence text, int from, int to) {
        int used = end - base;
        int needed = used + to - from;
        if (needed > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(needed, 2 * chars.length));
        }
        text.toString().getChars(from, to, chars, used);
        end += to - from;
    }

    /** Whether nothing more comes. */
    public boolean finished() {
        return ended;
    }

    /** Nothing more comes. For those who run detectors. */
    public void finish() {
        ended = true;
    }

    /** Forgets what stands before {@code from}, sooner or later. For those who run detectors. */
    public void forgetBefore(int from) {
        int gone = from - base;
        if (gone < 256 || gone < (end - from)) {
            return;
        }
        System.arraycopy(chars, gone, chars, 0, end - from);
        base = from;
    }

    /** The characters at hand; the one at place {@code i} is at {@code i - base()}. For those who run detectors. */
    public char[] chars() {
        return chars;
    }

    /** The place of the first character at hand. For those who run detectors. */
    public int base() {
        return base;
    }
}
