package dev.llmgateway.compliance;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.llmgateway.compliance.detect.Kind;

/**
 * A regular expression of an operator or an application, and what it means wherever a text is cut.
 *
 * <p>A match that begins at a place is what RE2/J prefers among the matches in the {@code maxLength} characters from there. The
 * character before counts for {@code \b}, {@code \B} and {@code (?m)^}; {@code ^} and {@code \A} hold at the beginning of the
 * whole text alone; the end of the stretch counts as an end of the text. Of several places the leftmost counts, and the search
 * goes on after the match.
 *
 * <p>Places where nothing can begin are skipped with a weaker form of the expression, from which {@link Assertions} are taken
 * out: where the expression matches a stretch, the weaker form matches any longer one. Immutable.
 */
final class OwnPattern {

    private static final int LONGEST = 1024;

    private final Kind kind;
    private final int maxLength;
    private final Pattern atStart;
    private final Pattern afterCharacter;
    private final Pattern weaker;

    /**
     * @throws IllegalArgumentException if the kind is a built-in one, the length is not from 1 to 1024, or the expression is none
     *     or can match the empty string
     */
    OwnPattern(Kind kind, String regex, int maxLength) {
        if (Kind.ofId(kind.id()).isPresent()) {
            throw new IllegalArgumentException("the kind \"" + kind.id()
                    + "\" is built in; a pattern needs a kind of its own, such as \"own_" + kind.id() + "\"");
        }
        if (maxLength < 1 || maxLength > LONGEST) {
            throw new IllegalArgumentException("the longest match of the pattern for \"" + kind.id()
                    + "\" must have 1 to " + LONGEST + " characters, not " + maxLength);
        }
        this.kind = kind;
        this.maxLength = maxLength;
        compiled(kind, regex);
        String closed = Assertions.closed(regex);
        atStart = compiled(kind, "\\A(?:" + closed + ")");
        afterCharacter = compiled(kind, "\\A(?s:.)(?:" + closed + ")");
        weaker = compiled(kind, Assertions.without(regex));
        if (weaker.matches("")) {
            throw new IllegalArgumentException("the pattern for \"" + kind.id()
                    + "\" can match the empty string, and would be found everywhere;"
                    + " it must need at least one character, as in a+ instead of a*");
        }
    }

    private static Pattern compiled(Kind kind, String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "the pattern for \"" + kind.id()
                            + "\" is no regular expression of RE2 (which has no look-around and no"
                            + " back references): " + wrong.getDescription() + ": " + wrong.getPattern(),
                    wrong);
        }
    }

    Kind kind() {
        return kind;
    }

    int maxLength() {
        return maxLength;
    }

    /** Where in the text the first match may begin; -1 when there is none. */
    int mayBegin(String text) {
        Matcher matcher = weaker.matcher(text);
        return matcher.find() ? matcher.start() : -1;
    }

    /**
     * How long the match is that begins at {@code from} of the stretch.
     *
     * @param from 0 at the beginning of the whole text, otherwise 1: then the character before comes first
     * @return 0 when there is none
     */
    int length(String stretch, int from) {
        Matcher matcher = (from == 0 ? atStart : afterCharacter).matcher(stretch);
        return matcher.lookingAt() ? matcher.end() - from : 0;
    }
}
