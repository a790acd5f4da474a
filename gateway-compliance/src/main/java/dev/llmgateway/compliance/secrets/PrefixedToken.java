package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token that begins with a fixed prefix, letter by letter, and goes on in characters of one set.
 *
 * @param minimum how many characters must follow the prefix; more may
 */
record PrefixedToken(String rule, String prefix, AsciiSet set, int minimum) implements Detector {

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.API_KEY);
    }

    @Override
    public List<String> anchors() {
        return List.of(prefix.toLowerCase(Locale.ROOT));
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        if (!text.hasLiteral(from, prefix) || !text.startsWord(from)) {
            return null;
        }
        int end = text.skip(to, set, minimum);
        return end - to < minimum ? null : Match.run(Kind.API_KEY, rule, 1, from, end, set);
    }
}
