package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Dimension;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Sums that tell calls apart by some dimensions. Every cube tells apart how calls ended, which costs little: nearly all end well.
 * The more a cube tells apart, the less its rows have in common with a call each; so the larger ones have no short spans. The
 * order is that of their sizes.
 */
enum Cube {
    OUTCOME(Span.QUARTER_HOUR),
    MODEL(Span.QUARTER_HOUR, Dimension.PROVIDER, Dimension.MODEL),
    SOURCE(Span.QUARTER_HOUR, Dimension.SOURCE),
    PROJECT(Span.QUARTER_HOUR, Dimension.TENANT, Dimension.PROJECT),
    MODEL_BY_SOURCE(Span.HOUR, Dimension.PROVIDER, Dimension.MODEL, Dimension.SOURCE),
    SOURCE_BY_PROJECT(Span.HOUR, Dimension.TENANT, Dimension.PROJECT, Dimension.SOURCE),
    MODEL_BY_PROJECT(Span.HOUR, Dimension.TENANT, Dimension.PROJECT, Dimension.PROVIDER, Dimension.MODEL),
    EVERYTHING(Span.DAY, Dimension.TENANT, Dimension.PROJECT, Dimension.SOURCE, Dimension.PROVIDER, Dimension.MODEL);

    private static final Set<Dimension> HOW_CALLS_END = EnumSet.of(
            Dimension.STATUS,
            Dimension.ERROR_TYPE,
            Dimension.FAILED_PROVIDER,
            Dimension.FAILED_MODEL,
            Dimension.IMPACT);

    private final Span shortest;
    private final List<Dimension> own;

    Cube(Span shortest, Dimension... own) {
        this.shortest = shortest;
        this.own = List.of(own);
    }

    /** The smallest that tells apart what is wanted. */
    static Cube of(Collection<Dimension> wanted) {
        for (Cube cube : values()) {
            if (wanted.stream().allMatch(cube::tells)) {
                return cube;
            }
        }
        return EVERYTHING;
    }

    /** What its rows say in their column; must not change. */
    int number() {
        return ordinal() + 1;
    }

    /** Whether calls that differ in this are in different rows. */
    boolean tells(Dimension dimension) {
        return own.contains(dimension) || HOW_CALLS_END.contains(dimension);
    }

    /** The spans that it has rows of, the shortest first. */
    List<Span> spans() {
        return List.of(Span.values()).subList(shortest.ordinal(), Span.values().length);
    }
}
