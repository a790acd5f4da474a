package dev.llmgateway.api.routing;

import java.util.Locale;

/** The words for how much something counts, with their numbers. */
public enum Weight {
    LOW(0.1),
    MEDIUM(0.3),
    HIGH(0.6),
    VERY_HIGH(0.9);

    private final double value;

    Weight(double value) {
        this.value = value;
    }

    /** The number, 0..1. */
    public double value() {
        return value;
    }

    /** The weight as files and answers spell it: {@code very_high}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
