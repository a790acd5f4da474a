package dev.llmgateway.api.routing;

import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the model's name in a request was found to mean.
 *
 * @param asked the name as the caller wrote it
 * @param alias the name that {@code asked} is an alias for; null when it is none
 * @param retirement the end of life of the model that was asked for; null when none is announced
 * @param model the name that is acted on: behind aliases and replacements
 * @param match what kind of name that is
 */
public record Resolution(
        String asked, @Nullable String alias, @Nullable Retirement retirement, String model, Match match) {

    /** The kinds of names. */
    public enum Match {
        /** A card's id. */
        CARD,
        /** A provider's own id of a model. */
        WIRE_ID,
        /** A configured provider and whatever model stands behind the slash. */
        PROVIDER,
        /** No preference. */
        AUTO,
        /** Nobody knows the name. */
        NONE;

        /** The kind as answers spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A model's end of life.
     *
     * @param model the model that goes away, by the name it was found under
     * @param sunset from this day on (UTC) it is not used; null when it is past and nobody knows since when
     * @param replacement what is used then; null when nothing is
     * @param inEffect whether that day has come
     */
    public record Retirement(
            String model,
            @Nullable LocalDate sunset,
            @Nullable String replacement,
            boolean inEffect) {}

    /** A name that is taken as it is. */
    public static Resolution of(String model, Match match) {
        return new Resolution(model, null, null, model, match);
    }
}
