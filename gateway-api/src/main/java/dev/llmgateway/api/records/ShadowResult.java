package dev.llmgateway.api.records;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call beside its copy. It holds nothing of what was said.
 *
 * @param requestId the call's; unique
 * @param at when the call had been answered, in whole microseconds
 * @param primary who answered the call
 * @param candidate who was asked with the copy
 * @param errorType why the candidate failed, in a word ({@link ErrorTypes}); null when it answered
 * @param agreement how far both answers agree, 0..1 (by {@code api.shadow.Agreement}); null when the candidate failed
 */
public record ShadowResult(
        String requestId,
        Instant at,
        Side primary,
        Side candidate,
        @Nullable String errorType,
        @Nullable Double agreement) {

    public ShadowResult {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * A model at a provider, and what its answer took.
     *
     * @param provider the configured provider's id
     * @param model the model's id on the wire
     * @param latency from the begin to the end of the answer
     * @param ttft from the begin to the first content; null when none came
     * @param inputTokens the whole prompt
     * @param costUsd in US dollars; null when the price is not known
     */
    public record Side(
            String provider,
            String model,
            Duration latency,
            @Nullable Duration ttft,
            long inputTokens,
            long outputTokens,
            @Nullable Double costUsd) {}

    /** Whether the candidate answered. */
    public boolean isAnswered() {
        return errorType == null;
    }
}
