package dev.llmgateway.compliance.detect;

import org.jspecify.annotations.Nullable;

/**
 * A detector's yes. The finding begins at {@code start}, reaches at least to {@code end}, and further as {@code tail} says.
 *
 * @param rule which form of the kind it is, such as {@code github-token}; for people and statistics
 * @param confidence how sure it is, above 0 to 1
 * @param start where the finding begins, in UTF-16 units from the start of the text
 * @param end where it ends at the earliest, exclusive
 * @param tail how it goes on after {@code end}; null when it does not
 * @param generic whether it rests on its surroundings alone; a detector that knows the value by its form may then name it
 */
public record Match(
        Kind kind,
        String rule,
        double confidence,
        int start,
        int end,
        @Nullable Tail tail,
        boolean generic) {

    public Match {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a match must not be empty: from " + start + " to " + end);
        }
    }

    /** A finding that ends at {@code end}. */
    public Match(Kind kind, String rule, double confidence, int start, int end) {
        this(kind, rule, confidence, start, end, null, false);
    }

    /** A finding that goes on while characters of {@code run} follow. */
    public static Match run(Kind kind, String rule, double confidence, int start, int end, AsciiSet run) {
        return new Match(kind, rule, confidence, start, end, Tail.run(run), false);
    }

    /** The same place under the name of a more specific match, up to where that one ends if it reaches further. */
    public Match as(Match specific) {
        boolean further = specific.end > end;
        return new Match(
                specific.kind,
                specific.rule,
                specific.confidence,
                start,
                further ? specific.end : end,
                further ? specific.tail : tail,
                false);
    }

    /** The same finding, beginning at {@code later}. */
    public Match from(int later) {
        return later == start ? this : new Match(kind, rule, confidence, later, end, tail, generic);
    }
}
