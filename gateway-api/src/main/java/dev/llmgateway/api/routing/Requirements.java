package dev.llmgateway.api.routing;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model must satisfy to serve a request. Immutable.
 *
 * @param classification the level of the data
 * @param levelSource who says so
 * @param capabilities what the request uses and the profile requires
 * @param promptTokens the estimated size of the prompt
 * @param requestedOutputTokens how long the answer may become; null when the request does not say
 * @param maxCost the most that the call may cost, in US dollars; null for no limit
 */
public record Requirements(
        DataClassification classification,
        LevelSource levelSource,
        Set<Capability> capabilities,
        long promptTokens,
        @Nullable Integer requestedOutputTokens,
        @Nullable Double maxCost) {

    /** How long an answer is taken to be when the request does not say, for its cost. */
    public static final int USUAL_OUTPUT_TOKENS = 1024;

    /** @throws IllegalArgumentException when a number is negative, or the cost is none */
    public Requirements {
        if (promptTokens < 0) {
            throw new IllegalArgumentException("promptTokens is " + promptTokens + ": it must be at least 0");
        }
        if (requestedOutputTokens != null && requestedOutputTokens < 0) {
            throw new IllegalArgumentException(
                    "requestedOutputTokens is " + requestedOutputTokens + ": it must be at least 0");
        }
        if (maxCost != null && !(maxCost >= 0)) {
            throw new IllegalArgumentException("maxCost is " + maxCost + ": it must be at least 0");
        }
        capabilities = Set.copyOf(capabilities);
    }

    /** What is required of a model by whoever asks, the level of the data too. */
    public Requirements(
            DataClassification classification,
            Set<Capability> capabilities,
            long promptTokens,
            @Nullable Integer requestedOutputTokens,
            @Nullable Double maxCost) {
        this(classification, new LevelSource.Declared(), capabilities, promptTokens, requestedOutputTokens, maxCost);
    }

    /** The same under another ceiling besides, in US dollars; null for none. */
    public Requirements atMost(@Nullable Double ceiling) {
        boolean lower = ceiling != null && (maxCost == null || ceiling < maxCost);
        return lower
                ? new Requirements(
                        classification, levelSource, capabilities, promptTokens, requestedOutputTokens, ceiling)
                : this;
    }

    /** The tokens that the window must hold: the prompt and what was asked for behind it. */
    public long windowTokens() {
        return promptTokens + (requestedOutputTokens == null ? 0 : requestedOutputTokens);
    }
}
