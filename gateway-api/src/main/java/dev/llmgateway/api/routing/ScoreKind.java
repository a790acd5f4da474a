package dev.llmgateway.api.routing;

import java.util.Locale;

/** What a model's quality is measured at. Scores are normalised to 0..1. */
public enum ScoreKind {
    CODING,
    REASONING,
    /** Doing as told. */
    INSTRUCTION,
    /** Work on documents. */
    DOCUMENT,
    /** Sorting things. */
    CLASSIFICATION,
    /** Rating by people who compared answers: an Elo of 1000..1500, mapped linearly to 0..1. */
    ARENA;

    /** The kind as answers spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
