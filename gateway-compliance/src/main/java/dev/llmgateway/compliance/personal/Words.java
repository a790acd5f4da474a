package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Window;
import java.util.List;

/**
 * Words and phrases that say what the number after them is. Only what stands before is looked at, because a stream does not know
 * yet what comes after.
 */
record Words(List<String> phrases) {

    private static final int FAR = 96;
    private static final int MOST_WORDS = 6;
    private static final int NEXT_WORDS = 2;

    /** Phrases in lower case, words parted by one space; names such as {@code taxFileNumber} and {@code tax_file_number} match too. */
    static Words of(String... phrases) {
        return new Words(List.of(phrases));
    }

    /** Whether one of them is among the last words before a place. */
    boolean standBefore(Window text, int start) {
        return areIn(before(text, start, MOST_WORDS));
    }

    /** Whether one of them is the last word before a place or the one before. */
    boolean standRightBefore(Window text, int start) {
        return areIn(before(text, start, NEXT_WORDS));
    }

    private boolean areIn(String words) {
        return phrases.stream().anyMatch(it -> words.contains(" " + it + " "));
    }

    /** The last words before a place in lower case, a space before and after each. */
    private static String before(Window text, int start, int most) {
        StringBuilder reversed = new StringBuilder(" ");
        int words = 0;
        for (int i = start - 1; i >= start - FAR && words < most; i--) {
            char c = text.at(i);
            if (c == Window.NONE) {
                break;
            }
            boolean letter = Character.isLetterOrDigit(c);
            if (letter) {
                reversed.append(Character.toLowerCase(c));
            }
            boolean wordBegins = Character.isUpperCase(c) && Character.isLowerCase(text.at(i - 1));
            boolean inSpace = reversed.charAt(reversed.length() - 1) == ' ';
            if ((!letter || wordBegins) && !inSpace) {
                reversed.append(' ');
                words++;
            }
        }
        return reversed.append(' ').reverse().toString();
    }
}
