package dev.llmgateway.store.postgres;

import static dev.llmgateway.api.records.Dimension.ERROR_TYPE;
import static dev.llmgateway.api.records.Dimension.FAILED_MODEL;
import static dev.llmgateway.api.records.Dimension.FAILED_PROVIDER;
import static dev.llmgateway.api.records.Dimension.IMPACT;
import static dev.llmgateway.api.records.Dimension.PROVIDER;
import static dev.llmgateway.api.records.Dimension.STATUS;
import static dev.llmgateway.api.records.Dimension.TENANT;

import dev.llmgateway.api.records.Dimension;
import java.util.Collection;
import java.util.List;

/**
 * Sums that tell calls apart by some dimensions. The more a cube tells apart, the less its rows have in common with a call each; so
 * the larger ones have no short spans. How calls ended multiplies the rows of every cube: the sums of all, of those that were
 * answered, mended or left are figures of each row, and only some cubes tell more. The first that tells what is wanted is used.
 */
enum Cube {
    TOTAL(Span.QUARTER_HOUR),
    MODEL(Span.QUARTER_HOUR, PROVIDER, Dimension.MODEL),
    SOURCE(Span.QUARTER_HOUR, Dimension.SOURCE),
    PROJECT(Span.QUARTER_HOUR, TENANT, Dimension.PROJECT),
    OUTCOME(Span.QUARTER_HOUR, STATUS, ERROR_TYPE, IMPACT),
    MODEL_BY_SOURCE(Span.HOUR, PROVIDER, Dimension.MODEL, Dimension.SOURCE),
    SOURCE_BY_PROJECT(Span.HOUR, TENANT, Dimension.PROJECT, Dimension.SOURCE),
    MODEL_BY_PROJECT(Span.HOUR, TENANT, Dimension.PROJECT, PROVIDER, Dimension.MODEL),
    OUTCOME_BY_MODEL(Span.QUARTER_HOUR, STATUS, ERROR_TYPE, IMPACT, PROVIDER, Dimension.MODEL),
    OUTCOME_BY_PROJECT(Span.QUARTER_HOUR, STATUS, ERROR_TYPE, IMPACT, TENANT, Dimension.PROJECT),
    FAILED_TRY(Span.QUARTER_HOUR, STATUS, ERROR_TYPE, IMPACT, FAILED_PROVIDER, FAILED_MODEL, Dimension.SOURCE),
    OUTCOME_BY_MODEL_AND_SOURCE(Span.HOUR, STATUS, ERROR_TYPE, IMPACT, PROVIDER, Dimension.MODEL, Dimension.SOURCE),
    OUTCOME_BY_MODEL_AND_PROJECT(
            Span.HOUR, STATUS, ERROR_TYPE, IMPACT, PROVIDER, Dimension.MODEL, TENANT, Dimension.PROJECT),
    EVERYTHING(Span.HOUR, Dimension.values());

    private final Span shortest;
    private final List<Dimension> own;

    Cube(Span shortest, Dimension... own) {
        this.shortest = shortest;
        this.own = List.of(own);
    }

    /** The first that tells apart what is wanted. */
    static Cube of(Collection<Dimension> wanted) {
        for (Cube cube : values()) {
            if (cube.own.containsAll(wanted)) {
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
        return own.contains(dimension);
    }

    /** The spans that it has rows of, the shortest first. */
    List<Span> spans() {
        return List.of(Span.values()).subList(shortest.ordinal(), Span.values().length);
    }
}
