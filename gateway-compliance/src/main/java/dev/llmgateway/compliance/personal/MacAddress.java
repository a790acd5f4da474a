package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hardware address of a network card: six pairs with dashes, or three groups of four with dots; {@link ColonAddress} asks for
 * the one with colons.
 */
record MacAddress() implements Detector {

    private static final int DIGITS = 12;

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.MAC_ADDRESS);
    }

    @Override
    public List<String> anchors() {
        return List.of("-", ".");
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        if (!Chars.isHex(text.at(from - 1)) || !Chars.isHex(text.at(from - 2))) {
            return null;
        }
        char separator = text.at(from);
        int start = from - (separator == '-' ? 2 : 4);
        char before = text.at(start - 1);
        boolean opens = before != separator && (!Chars.isWord(before) || Boundary.isEscape(text, start));
        return opens ? match(text, start, from - start, separator) : null;
    }

    /** Whether an address begins at {@code start}; one of only zeros or only ones belongs to no card. */
    static @Nullable Match match(Window text, int start, int groupSize, char separator) {
        boolean zeros = true;
        boolean ones = true;
        boolean decimal = true;
        int at = start;
        for (int i = 0; i < DIGITS; i++) {
            if (i > 0 && i % groupSize == 0 && text.at(at++) != separator) {
                return null;
            }
            char c = text.at(at++);
            if (!Chars.isHex(c)) {
                return null;
            }
            zeros &= c == '0';
            ones &= Chars.upper(c) == 'F';
            decimal &= Chars.isDigit(c);
        }
        char after = text.at(at);
        boolean closed = !Chars.isWord(after) && !(after == separator && Chars.isHex(text.at(at + 1)));
        boolean address = closed && !zeros && !ones && !(decimal && separator == '.');
        return address ? new Match(Kind.MAC_ADDRESS, "mac-address", 0.9, start, at) : null;
    }
}
