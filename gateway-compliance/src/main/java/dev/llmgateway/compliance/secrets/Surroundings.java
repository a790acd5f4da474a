package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Window;

/** Looks back for the command or the format that a line belongs to. */
final class Surroundings {

    private static final AsciiSet LETTERS_DIGITS = AsciiSet.LETTERS_DIGITS;

    private Surroundings() {}

    /** Whether a login stands shortly before, as in {@code machine x login y password z} or {@code IDENTIFIED BY}. */
    static boolean isLogin(Window text, int to) {
        return hasBefore(text, to, "login", 120)
                || hasBefore(text, to, "LOGIN", 120)
                || hasBefore(text, to, "requirepass", 2);
    }

    /** Whether the word stands in the text before {@code to}, at most {@code reach} characters back. */
    static boolean hasBefore(Window text, int to, String word, int reach) {
        char last = word.charAt(word.length() - 1);
        int limit = Math.max(word.length(), to - reach);
        for (int i = to; i >= limit; i--) {
            if (text.at(i - 1) == last
                    && text.hasLiteral(i - word.length(), word)
                    && !LETTERS_DIGITS.contains(text.at(i - word.length() - 1))) {
                return true;
            }
        }
        return false;
    }
}
