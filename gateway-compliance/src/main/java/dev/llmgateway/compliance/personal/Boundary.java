package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Window;

/** Where a number can begin and end, so that no piece of something longer is taken for one. */
final class Boundary {

    private Boundary() {}

    /** Whether a number can begin at {@code start}: not within a word, a decimal fraction, a version or a dashed identifier. */
    static boolean opens(Window text, int start) {
        char before = text.at(start - 1);
        return switch (before) {
            case '.', '-' -> !Chars.isWord(text.at(start - 2));
            case ',' -> !Chars.isDigit(text.at(start - 2));
            default -> !Chars.isWord(before) || isEscape(text, start);
        };
    }

    /** Whether a number can end before {@code end}. */
    static boolean closes(Window text, int end) {
        char after = text.at(end);
        return switch (after) {
            case '-' -> !Chars.isWord(text.at(end + 1));
            case '.', ',' -> !Chars.isDigit(text.at(end + 1));
            default -> !Chars.isWord(after);
        };
    }

    /** Whether the group before, one space away, has letters and digits: then all groups are parts of one code. */
    static boolean isInCode(Window text, int start) {
        if (text.at(start - 1) != ' ') {
            return false;
        }
        boolean letter = false;
        boolean digit = false;
        for (int i = start - 2; i > start - 6; i--) {
            char c = text.at(i);
            letter |= Chars.isUpper(c);
            digit |= Chars.isDigit(c);
            if (!Chars.isUpper(c) && !Chars.isDigit(c)) {
                break;
            }
        }
        return letter && digit;
    }

    /** Whether another number stands before, one space away. */
    static boolean isAfterNumber(Window text, int start) {
        return text.at(start - 1) == ' ' && Chars.isDigit(text.at(start - 2));
    }

    /** Whether what stands before is a line break or a tab as JSON writes it. */
    static boolean isEscape(Window text, int start) {
        char before = text.at(start - 1);
        return (before == 'n' || before == 't' || before == 'r') && text.at(start - 2) == '\\';
    }

    /** Whether the text is nothing but this: a field of a form, or an argument of a tool. */
    static boolean isAlone(Window text, int start, int end) {
        return start == 0 && text.at(end) == Window.NONE;
    }
}
