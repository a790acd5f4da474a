package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first and the private lines of a key file of PuTTY, versions 2 and 3. */
record PuttyKey() implements Detector {

    private static final AsciiSet BLANK = AsciiSet.of(" \r\n\\rn");

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.PRIVATE_KEY);
    }

    @Override
    public List<String> anchors() {
        return List.of("private-lines:", "putty-user-key-file-");
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        if (text.at(to - 1) == '-') {
            int version = text.skip(to, AsciiSet.DIGITS, 2);
            return version == to ? null : new Match(Kind.PRIVATE_KEY, "putty-key", 1, from, version);
        }
        int digits = text.skip(to, BLANK, 1);
        int number = text.skip(digits, AsciiSet.DIGITS, 4);
        int body = text.skip(number, BLANK, 6);
        int certain = text.skip(body, ArmorTail.BODY, 16);
        return number == digits || certain - body < 16
                ? null
                : new Match(Kind.PRIVATE_KEY, "putty-key", 1, from, certain, new ArmorTail(), false);
    }
}
