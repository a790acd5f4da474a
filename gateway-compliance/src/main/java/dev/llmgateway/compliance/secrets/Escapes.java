package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Window;

/** Where a token can begin although a letter or a digit stands before, since that is the end of an escape. */
final class Escapes {

    private Escapes() {}

    /** Whether a word begins here, or an escape of JSON or of a URL such as {@code %3D} ends. */
    static boolean startsToken(Window text, int start) {
        if (!AsciiSet.LETTERS_DIGITS.contains(text.at(start - 1)) || text.startsWord(start)) {
            return true;
        }
        int hex = start - text.skipBack(start, AsciiSet.HEX, 4);
        return hex >= 2 && text.at(start - 3) == '%'
                || hex == 4 && text.at(start - 5) == 'u' && text.at(start - 6) == '\\';
    }

    /** The same place, or the one after the rest of an escape of a URL that begins here. */
    static int afterUrlEscape(Window text, int start) {
        boolean escape = text.at(start - 1) == '%'
                && AsciiSet.HEX.contains(text.at(start))
                && AsciiSet.HEX.contains(text.at(start + 1));
        return escape ? start + 2 : start;
    }
}
