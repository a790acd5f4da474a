package dev.llmgateway.api.routing;

import java.util.Locale;

/** The steps that narrow the candidates, in order. */
public enum Layer {
    /** Whether the model is served at all, can chat, and can be asked now: before the five layers proper. */
    AVAILABILITY,
    /** May the model see the data? */
    CLASSIFICATION,
    /** Can it do what the request uses, and does the prompt fit? */
    CAPABILITY,
    /** How good is it? Scores, eliminates nobody. */
    QUALITY,
    /** What would it cost? Scores, and eliminates what is dearer than the ceiling. */
    COST,
    /** Is it quick enough? */
    LATENCY;

    /** The layer as answers spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
