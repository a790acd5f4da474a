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

    /**
     * @param entropy the least bits that each character must carry
     * @param digits the least number of digits from the anchor on
     * @param written whether values that only show where a token goes are none
     * @param alone whether the characters of base 64 may not stand before either, for forms with a weak beginning
     */
    record Checks(double entropy, int digits, boolean written, boolean alone) {

        private static final Checks USUAL = new Checks(2.5, 0, true, false);

        private boolean hold(String value, int fromAnchor) {
            return Values.entropy(value) >= entropy
                    && (digits == 0 || Values.digits(value.substring(fromAnchor)) >= digits)
                    && !(written && Values.isPlaceholder(value));
        }
    }

    private static final AsciiSet INSIDE_BASE64 = AsciiSet.of("+/");

    /** A token that begins with its anchor. */
    static TokenForm form(String rule, String shape) {
        return new TokenForm(Kind.API_KEY, rule, null, new Shape(shape), Checks.USUAL);
    }

    /** A token with its anchor in its middle. */
    static TokenForm form(String rule, String before, String shape) {
        return new TokenForm(Kind.API_KEY, rule, Shape.run(before), new Shape(shape), Checks.USUAL);
    }

    /** The same form under another kind. */
    TokenForm of(Kind other) {
        return new TokenForm(other, rule, before, shape, checks);
    }

    /** With another floor for the entropy than 2.5 bits. */
    TokenForm entropy(double least) {
        return checked(new Checks(least, checks.digits, checks.written, checks.alone));
    }

    /** With at least so many digits from the anchor on. */
    TokenForm digits(int least) {
        return checked(new Checks(checks.entropy, least, checks.written, checks.alone));
    }

    /** Whatever its value looks like. */
    TokenForm anyValue() {
        return checked(new Checks(0, 0, false, checks.alone));
    }

    /** Not after a character of base 64. */
    TokenForm alone() {
        return checked(new Checks(checks.entropy, checks.digits, checks.written, true));
    }

    private TokenForm checked(Checks others) {
        return new TokenForm(kind, rule, before, shape, others);
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
            return Escapes.startsToken(text, start) && !(checks.alone && INSIDE_BASE64.contains(c));
        }
        return before.minimum() == 0 || !before.set().contains(c) || Escapes.startsToken(text, start);
    }
}
