package dev.llmgateway.api.quality;

import dev.llmgateway.api.routing.ScoreKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
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
     * @param source where it comes from
     * @param raw the figure that was normalised (an Elo, a benchmark's percentage); null when it was given as it is
     * @param method how it was made of the raw figure, as {@code docs/catalog.md} lists the ways; null when it was given
     *     as it is
     * @param confidence how much it is worth; null when nobody says
     */
    public record Score(
            double value,
            String source,
            @Nullable Double raw,
            @Nullable String method,
            @Nullable Confidence confidence) {

        /** @throws IllegalArgumentException when the value is outside of 0..1 */
        public Score {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("a score is " + value + ": it must be from 0 to 1");
            }
        }

        /** A score of which no more is known. */
        public Score(double value, String source, @Nullable Double raw) {
            this(value, source, raw, null, null);
        }

        /** The score of an arena rating: 1000 is 0, 1500 is 1, linear between and cut beyond. */
        public static Score ofElo(double elo, String source) {
            double value = (elo - LOWEST_ELO) / (HIGHEST_ELO - LOWEST_ELO);
            return new Score(Math.clamp(value, 0, 1), source, elo, "arena_elo", null);
        }

        /** An arena rating as the Elo that it was, or the one that is normalised to it when it was given as it is. */
        public double elo() {
            return raw == null ? LOWEST_ELO + value * (HIGHEST_ELO - LOWEST_ELO) : raw;
        }

        /** The same score, said of a model that has none itself by one that resembles it. */
        public Score inheritedFrom(String cardId) {
            return new Score(value, "inherited from " + cardId + ": " + source, raw, method, Confidence.PROXY);
        }
    }

    /** How much a score is worth. */
    public enum Confidence {
        /** Measured, by this benchmark, on this model. */
        HIGH,
        /** Estimated from a benchmark that it follows closely. */
        MEDIUM,
        /** Estimated from one that it follows loosely: good for an order at most. */
        LOW,
        /** Measured on something near: another ability, or a model that resembles this one. */
        PROXY;

        /** The confidence as files and answers spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
