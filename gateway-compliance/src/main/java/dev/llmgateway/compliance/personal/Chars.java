package dev.llmgateway.compliance.personal;

/** What characters of numbers and addresses are. Full-width digits count as digits; detectors see no difference. */
final class Chars {

    private Chars() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9' || c >= '\uFF10' && c <= '\uFF19';
    }

    /** The value of a digit. */
    static int digit(char c) {
        return c <= '9' ? c - '0' : c - '\uFF10';
    }

    /** A letter of ASCII. */
    static boolean isLetter(char c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 0x20) : c;
    }

    static boolean isHex(char c) {
        int lower = c | 0x20;
        return c >= '0' && c <= '9' || lower >= 'a' && lower <= 'f';
    }

    /** What a word is made of; where one stands, no number begins or ends. Scripts without spaces between words do not count. */
    static boolean isWord(char c) {
        return isLetter(c) || isDigit(c) || c == '_' || c >= '\u00C0' && c < '\u0250';
    }
}
