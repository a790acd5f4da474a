package dev.llmgateway.compliance.personal;

import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hardware address of a network card, with dashes; {@link ColonAddress} asks for the one with colons. */
record MacAddress() implements Detector {

    private static final int PAIRS = 6;

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.MAC_ADDRESS);
    }

    @Override
    public List<String> anchors() {
        return List.of("-");
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        int start = from - 2;
        boolean opens = Chars.isHex(text.at(from - 1))
                && Chars.isHex(text.at(start))
                && !Chars.isWord(text.at(start - 1))
                && text.at(start - 1) != '-';
        return opens ? match(text, start, '-') : null;
    }

    /** Whether six pairs begin at {@code start}; all zeros and all ones belong to no card. */
    static @Nullable Match match(Window text, int start, char separator) {
        boolean zeros = true;
        boolean ones = true;
        for (int i = 0; i < PAIRS; i++) {
            int at = start + 3 * i;
            char high = text.at(at);
            char low = text.at(at + 1);
            if (!Chars.isHex(high) || !Chars.isHex(low) || i > 0 && text.at(at - 1) != separator) {
                return null;
            }
            zeros &= high == '0' && low == '0';
            ones &= Chars.upper(high) == 'F' && Chars.upper(low) == 'F';
        }
        int end = start + 3 * PAIRS - 1;
        char after = text.at(end);
        boolean closed = !Chars.isWord(after) && !(after == separator && Chars.isHex(text.at(end + 1)));
        return closed && !zeros && !ones ? new Match(Kind.MAC_ADDRESS, "mac-address", 0.9, start, end) : null;
    }
}
