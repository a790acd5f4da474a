package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Window;

/**
 * A sequence of character classes: {@code A} a letter, {@code 9} a digit, {@code X} either, {@code B} a letter that is not easily
 * taken for a digit (no S, L, O, I, B, Z), {@code Y} either of {@code B} and {@code 9}; everything else stands for itself.
 */
record Shape(String classes) {

    boolean isAt(Window text, int from) {
        for (int i = 0; i < classes.length(); i++) {
            if (!fits(text.at(from + i), classes.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    int length() {
        return classes.length();
    }

    private static boolean fits(char c, char wanted) {
        return switch (wanted) {
            case 'A' -> Chars.isLetter(c);
            case '9' -> c >= '0' && c <= '9';
            case 'X' -> Chars.isLetter(c) || c >= '0' && c <= '9';
            case 'B' -> isPlainLetter(c);
            case 'Y' -> isPlainLetter(c) || c >= '0' && c <= '9';
            default -> c == wanted;
        };
    }

    private static boolean isPlainLetter(char c) {
        return Chars.isLetter(c) && "SLOIBZ".indexOf(Chars.upper(c)) < 0;
    }
}
