package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Window;
import java.util.Set;

/** Looks back for the command or the format that a line belongs to. */
final class Surroundings {

    private static final AsciiSet LETTERS_DIGITS = AsciiSet.LETTERS_DIGITS;

    private static final AsciiSet COMMAND = AsciiSet.of("a-zA-Z0-9_.-");
    private static final int REACH = 260;

    private Surroundings() {}

    /** Whether a login stands shortly before, as in {@code machine x login y password z} or {@code IDENTIFIED BY}. */
    static boolean isLogin(Window text, int to) {
        return hasBefore(text, to, "login", 120)
                || hasBefore(text, to, "LOGIN", 120)
                || hasBefore(text, to, "requirepass", 2);
    }

    /** Whether it is a pair of a cookie's. */
    static boolean isCookie(Window text, int to, Assignment.Form form) {
        return form == Assignment.Form.EQUALS
                && (hasBefore(text, to, "Cookie", REACH) || hasBefore(text, to, "cookie", REACH));
    }

    /** Whether it is in the same command line, after one of these commands. */
    static boolean isCommand(Window text, int to, Set<String> commands) {
        int i = to;
        while (to - i < REACH && !separatesCommands(text, i - 1)) {
            int start = text.skipBack(i, COMMAND, REACH);
            if (start < i && i - start < 20 && commands.contains(text.slice(start, i))) {
                return true;
            }
            i = start < i ? start : i - 1;
        }
        return false;
    }

    private static boolean separatesCommands(Window text, int i) {
        char c = text.at(i);
        return c == Window.NONE || c == ';' || c == '|' || c == '\n' && text.at(i - 1) != '\\';
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
