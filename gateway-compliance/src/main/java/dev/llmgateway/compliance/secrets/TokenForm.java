package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token that is known by its own form; one line of the tables {@link CloudTokens}, {@link ModelTokens}, {@link CodeTokens} and
 * {@link ServiceTokens}.
 *
 * @param rule whose token it is
 * @param before what must stand before the shape and belongs to the token, when its anchor is in its middle
 * @param shape the token from its anchor on
 * @param checks what else must hold
 */
record TokenForm(Kind kind, String rule, Shape.@Nullable Run before, Shape shape, Checks checks) implements Detector {

    private static final AsciiSet INSIDE_BASE64 = AsciiSet.of("+/");

    /** A token that begins with its anchor. */
    static TokenForm form(String rule, String shape, Checks.Check... checks) {
        return new TokenForm(Kind.API_KEY, rule, null, new Shape(shape), Checks.with(checks));
    }

    /** A token with its anchor in its middle, after {@code before}. */
    static TokenForm inner(String rule, String before, String shape, Checks.Check... checks) {
        return new TokenForm(Kind.API_KEY, rule, Shape.run(before), new Shape(shape), Checks.with(checks));
    }

    /** The same form under another kind. */
    TokenForm of(Kind other) {
        return new TokenForm(other, rule, before, shape, checks);
    }

    @Override
    public Set<Kind> kinds() {
        return Set.of(kind);
    }

    @Override
    public List<String> anchors() {
        return shape.anchors();
    }

    @Override
    public @Nullable Match match(Window text, int from, int to) {
        int first = before == null ? from : startBefore(before, text, from);
        if (first < 0 || !canBegin(text, first)) {
            return null;
        }
        Shape.Span span = shape.at(text, from);
        if (span == null) {
            return null;
        }
        int start = span.start() == from ? first : span.start();
        if (!checks.hold(text.slice(start, span.end()), Math.max(from, start) - start)) {
            return null;
        }
        AsciiSet rest = shape.rest();
        return new Match(kind, rule, 1, start, span.end(), rest == null ? null : new TokenTail(rest), false);
    }

    private static int startBefore(Shape.Run before, Window text, int from) {
        int start = Escapes.afterUrlEscape(text, text.skipBack(from, before.set(), before.maximum()));
        return from - start < before.minimum() ? -1 : start;
    }

    private boolean canBegin(Window text, int start) {
        char c = text.at(start - 1);
        if (before == null) {
            boolean begins = !AsciiSet.LETTERS_DIGITS.contains(text.at(start)) || Escapes.startsToken(text, start);
            return begins && !(checks.separate() && INSIDE_BASE64.contains(c));
        }
        return before.minimum() == 0 || !before.set().contains(c) || Escapes.startsToken(text, start);
    }
}
