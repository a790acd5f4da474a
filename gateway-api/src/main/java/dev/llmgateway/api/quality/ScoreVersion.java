package dev.llmgateway.api.quality;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a model as they were from a time on. Immutable.
 *
 * @param number counts the versions of this model, from 1
 * @param at when they began to hold; of version 1, when the first change came
 * @param cause what made them
 * @param restores the version whose scores these are again; null unless the cause is a rollback
 * @param scores all of them, changed or not
 */
public record ScoreVersion(
        int number, Instant at, Cause cause, @Nullable Integer restores, Scores scores) {

    /** What makes a version. */
    public enum Cause {
        /** They came with the card: from the shipped catalog, the configuration, or a card put in later. */
        CATALOG,
        /** An operator set them. */
        UPDATE,
        /** An operator took later ones back. */
        ROLLBACK
    }

    /** The same version when there are so many before it. */
    public ScoreVersion after(int earlier) {
        return new ScoreVersion(
                number + earlier, at, cause, restores == null ? null : Integer.valueOf(restores + earlier), scores);
    }

    /** The version that these scores were first set in. */
    public int origin() {
        return restores == null ? number : restores;
    }
}
