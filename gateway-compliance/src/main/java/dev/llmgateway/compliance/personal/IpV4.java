package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import org.jspecify.annotations.Nullable;

/** An IPv4 address in dotted decimals, with the length of a network's prefix if there is one. */
final class IpV4 {

    private static final int OCTETS = 4;

    /** Four small numbers after these are parts of a version or of a document. */
    private static final Words NO_ADDRESS = Words.of(
            "version", "ver", "v", "release", "rev", "revision", "build", "section", "chapter", "oid", "clause", "rfc");

    private IpV4() {}

    static @Nullable Match match(Window text, int start) {
        int end = end(text, start);
        if (end < 0
                || isObjectIdentifier(text, start)
                || !Boundary.opens(text, start)
                || !isEnd(text, start, end)
                || NO_ADDRESS.standRightBefore(text, start)) {
            return null;
        }
        return new Match(Kind.IP_ADDRESS, "ipv4", 0.9, start, prefixEnd(text, end, 32));
    }

    /** Where four octets that begin at {@code start} end; negative when there are none. */
    static int end(Window text, int start) {
        int at = start;
        for (int octet = 0; octet < OCTETS; octet++) {
            if (octet > 0 && text.at(at++) != '.') {
                return -1;
            }
            int from = at;
            int value = 0;
            while (at - from < 4 && Chars.isDigit(text.at(at))) {
                value = 10 * value + Chars.digit(text.at(at++));
            }
            if (at == from || at - from > 3 || value > 255) {
                return -1;
            }
        }
        return at;
    }

    /** After {@code /} and a number that a prefix's length can be, if they follow; otherwise the same place. */
    static int prefixEnd(Window text, int end, int longest) {
        if (text.at(end) != '/' || !Chars.isDigit(text.at(end + 1))) {
            return end;
        }
        int at = end + 1;
        int length = 0;
        while (at - end <= 4 && Chars.isDigit(text.at(at))) {
            length = 10 * length + Chars.digit(text.at(at++));
        }
        return length <= longest && !Chars.isWord(text.at(at)) ? at : end;
    }

    /** The attributes of certificates and the arcs of organizations are object identifiers of four numbers. */
    private static boolean isObjectIdentifier(Window text, int start) {
        return text.hasLiteral(start, "2.5.4.") || text.hasLiteral(start, "2.5.29.") || text.hasLiteral(start, "1.3.");
    }

    /** Object identifiers and long versions go on with a fifth number, and all their numbers are small. */
    private static boolean isEnd(Window text, int start, int end) {
        char after = text.at(end);
        if (Chars.isWord(after)) {
            return false;
        }
        boolean goesOn = after == '.' && Chars.isDigit(text.at(end + 1));
        return !goesOn || end - start >= "10.10.10.10".length() && text.at(start + 3) == '.';
    }
}
