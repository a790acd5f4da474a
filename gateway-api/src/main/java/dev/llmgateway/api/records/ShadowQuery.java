package dev.llmgateway.api.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which results are meant: those of a half-open time in which a model takes part.
 *
 * @param from the first moment; null for no limit
 * @param to the moment after the last; null for no limit
 * @param model the wire id of either model; null for any
 */
public record ShadowQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String model) {

    /** All results. */
    public static final ShadowQuery ALL = new ShadowQuery(null, null, null);

    /** Whether a result is meant. */
    public boolean matches(ShadowResult result) {
        return (from == null || !result.at().isBefore(from))
                && (to == null || result.at().isBefore(to))
                && (model == null
                        || model.equals(result.primary().model())
                        || model.equals(result.candidate().model()));
    }
}
