package dev.llmgateway.routing.catalog;

import dev.llmgateway.api.routing.ScoreKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good a model is at what. Immutable; a missing kind is unknown.
 *
 * @param byKind the known scores
 */
public record Scores(Map<ScoreKind, Score> byKind) {

    /** Nothing is known. */
    public static final Scores UNKNOWN = new Scores(Map.of());

    /** The Elo that counts as 0, and the one that counts as 1. */
    private static final double LOWEST_ELO = 1000;

    private static final double HIGHEST_ELO = 1500;

    public Scores {
        EnumMap<ScoreKind, Score> copy = new EnumMap<>(ScoreKind.class);
        copy.putAll(byKind);
        byKind = Collections.unmodifiableMap(copy);
    }

    /** The score of this kind, or null. */
    public @Nullable Score get(ScoreKind kind) {
        return byKind.get(kind);
    }

    /**
     * One score.
     *
     * @param value normalised, 0..1
     * @param source where it comes from and how it was made
     * @param raw the figure that was normalised (an Elo, a benchmark's percentage); null when it was given as it is
     */
    public record Score(
            double value, String source, @Nullable Double raw) {

        /** @throws IllegalArgumentException when the value is outside of 0..1 */
        public Score {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("a score is " + value + ": it must be from 0 to 1");
            }
        }

        /** The score of an arena rating: 1000 is 0, 1500 is 1, linear between and cut beyond. */
        public static Score ofElo(double elo, String source) {
            double value = (elo - LOWEST_ELO) / (HIGHEST_ELO - LOWEST_ELO);
            return new Score(Math.clamp(value, 0, 1), source, elo);
        }
    }
}
