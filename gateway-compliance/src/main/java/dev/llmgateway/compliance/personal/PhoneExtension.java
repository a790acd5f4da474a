package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Window;
import java.util.List;

/** What is dialled after a phone number: {@code x 123}, {@code ext. 12}, {@code #7}. */
final class PhoneExtension {

    private static final int MOST_DIGITS = 6;

    /** Longer ones before those that they begin with. */
    private static final List<String> SIGNS = List.of("extension", "extn", "ext", "durchwahl", "poste", "x", "#");

    private PhoneExtension() {}

    /** Where the extension ends that follows a number; the same place when none does. */
    static int end(Window text, int end) {
        int at = end;
        while (at - end < 2 && (text.at(at) == ' ' || text.at(at) == ',')) {
            at++;
        }
        for (String sign : SIGNS) {
            if (has(text, at, sign)) {
                return digitsEnd(text, at + sign.length(), end);
            }
        }
        return end;
    }

    private static int digitsEnd(Window text, int afterSign, int otherwise) {
        int at = afterSign;
        while (at - afterSign < 2 && (text.at(at) == '.' || text.at(at) == ':' || text.at(at) == ' ')) {
            at++;
        }
        int digits = at;
        while (at - digits < MOST_DIGITS && Chars.isDigit(text.at(at))) {
            at++;
        }
        return at == digits || Chars.isWord(text.at(at)) ? otherwise : at;
    }

    private static boolean has(Window text, int from, String sign) {
        for (int i = 0; i < sign.length(); i++) {
            if ((text.at(from + i) | 0x20) != (sign.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }
}
