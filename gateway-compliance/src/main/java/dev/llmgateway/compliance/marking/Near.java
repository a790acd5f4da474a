package dev.llmgateway.compliance.marking;

import java.util.Locale;

/**
 * Looks around a place in a text. Every method reads a bounded number of characters, so that whoever calls them at every
 * character of a text still takes linear time.
 */
final class Near {

    /** Blanks that may stand between the parts of a marking, or between it and the end of its line. */
    private static final int MOST_BLANKS = 64;

    private static final int LONGEST_WORD = 24;

    /** What markings do not stand behind, beside letters and digits: parts of names, paths, addresses and encoded data. */
    private static final String JOINING = "_-/.$@\\%+&~";

    private Near() {}

    static boolean isAt(CharSequence text, int at, String word) {
        if (at < 0 || text.length() - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text.charAt(at + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean isAtAnyCase(CharSequence text, int at, String lower) {
        if (at < 0 || text.length() - at < lower.length()) {
            return false;
        }
        for (int i = 0; i < lower.length(); i++) {
            if ((text.charAt(at + i) | 0x20) != (lower.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00a0';
    }

    /** Letters of scripts without blanks between words do not join. */
    private static boolean isWordPart(char c) {
        return c < 128
                ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' || c >= '0' && c <= '9' || c == '_'
                : Character.isLetter(c) && !Character.isIdeographic(c);
    }

    /** Whether a marking may begin here. */
    static boolean mayBegin(CharSequence text, int at) {
        if (at == 0 || isEscape(text, at)) {
            return true;
        }
        char before = text.charAt(at - 1);
        if (before == '/') {
            return isAt(text, at - 2, "//") && (at == 2 || Character.isWhitespace(text.charAt(at - 3)));
        }
        return !isWordPart(before) && JOINING.indexOf(before) < 0;
    }

    static boolean isWordEnd(CharSequence text, int end) {
        return end >= text.length() || !isWordPart(text.charAt(end));
    }

    /** Whether the two characters before are an escape of JSON for a blank: the text may be JSON in a string. */
    private static boolean isEscape(CharSequence text, int at) {
        return at >= 2 && text.charAt(at - 2) == '\\' && "nrt".indexOf(text.charAt(at - 1)) >= 0;
    }

    /** The first place from here on that is no blank. */
    static int skipBlanks(CharSequence text, int from) {
        int at = from;
        while (at < text.length() && at - from < MOST_BLANKS && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int skipBlanksBack(CharSequence text, int from) {
        int at = from;
        while (at > 0 && from - at < MOST_BLANKS && isBlank(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** Whether nothing but blanks, or marks of bold type, stands before it on its line. */
    static boolean isLineStart(CharSequence text, int at) {
        int start = skipBlanksBack(text, isAt(text, at - 2, "**") ? at - 2 : at);
        return start == 0 || isNewline(text.charAt(start - 1)) || isEscape(text, start);
    }

    static boolean isLineEnd(CharSequence text, int at) {
        int end = skipBlanks(text, isAt(text, at, "**") ? at + 2 : at);
        return end >= text.length() || isNewline(text.charAt(end)) || isAt(text, end, "\\n") || isAt(text, end, "\\r");
    }

    private static boolean isNewline(char c) {
        return c == '\n' || c == '\r';
    }

    /** Whether a paragraph, an item of a list or a sentence begins here. */
    static boolean isPortionStart(CharSequence text, int at) {
        if (isLineStart(text, at)) {
            return true;
        }
        int start = skipBlanksBack(text, at);
        char before = text.charAt(start - 1);
        return ".!?:;\"'“".indexOf(before) >= 0
                || "-*#>•)".indexOf(before) >= 0 && start < at && isLineStart(text, start - bullet(text, start));
    }

    /** The length of what begins an item of a list and ends here: {@code -}, {@code ##}, {@code 3)}. */
    private static int bullet(CharSequence text, int end) {
        int at = end;
        while (at > 0 && end - at < LONGEST_WORD && !Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return end - at;
    }

    /**
     * The word before, in lower case, within the same sentence: empty when none is near.
     *
     * @param end where to look from; the word itself ends there or before blanks and hyphens
     */
    static String wordBefore(CharSequence text, int end) {
        int at = gapBack(text, end);
        int start = at;
        while (start > 0 && at - start < LONGEST_WORD && isInWord(text.charAt(start - 1))) {
            start--;
        }
        return text.subSequence(start, at).toString().toLowerCase(Locale.ROOT).replace('’', '\'');
    }

    /** Where the word before begins; for the next look back. */
    static int startOfWordBefore(CharSequence text, int end) {
        return gapBack(text, end) - wordBefore(text, end).length();
    }

    private static int gapBack(CharSequence text, int end) {
        int at = end;
        while (at > 0 && end - at < MOST_BLANKS && isGap(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** The word behind, in lower case, within the same sentence: empty when none is near. */
    static String wordAfter(CharSequence text, int from) {
        int start = from;
        while (start < text.length() && start - from < MOST_BLANKS && isGap(text.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < text.length() && end - start < LONGEST_WORD && isInWord(text.charAt(end))) {
            end++;
        }
        return text.subSequence(start, end).toString().toLowerCase(Locale.ROOT).replace('’', '\'');
    }

    /** Whether the sentence ends in a question mark soon. */
    static boolean isAsked(CharSequence text, int from) {
        int until = Math.min(text.length(), from + 2 * MOST_BLANKS);
        for (int at = from; at < until; at++) {
            char c = text.charAt(at);
            if (c == '?' || c == '？') {
                return true;
            }
            if (c == '.' || c == '!' || c == ';' || isNewline(c)) {
                return false;
            }
        }
        return false;
    }

    private static boolean isGap(char c) {
        return isBlank(c) || "-\n\r\"“”'(*".indexOf(c) >= 0;
    }

    private static boolean isInWord(char c) {
        return isWordPart(c) || c == '\'' || c == '’';
    }
}
