package dev.llmgateway.api;

import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What accounting needs to know of an answer.
 *
 * @param origin who answered; null when nobody did
 * @param usage the last usage reported; null when none was
 * @param charge what this call has to pay for; null when nobody answered it, or when another call pays, since the answer was
 *     made for that one
 * @param lost what of the answer had no place in the caller's format ({@link dev.llmgateway.ir.codec.AnswerLosses})
 * @param stopReason of the first choice; null when it did not finish
 * @param firstContent from the start to the first content; null when none came
 * @param duration from the start to the end
 */
public record AnswerSummary(
        @Nullable Origin origin,
        @Nullable Usage usage,
        @Nullable Charge charge,
        List<String> lost,
        @Nullable StopReason stopReason,
        @Nullable Duration firstContent,
        Duration duration) {

    public AnswerSummary {
        lost = List.copyOf(lost);
    }

    /** Nobody answered. */
    public static AnswerSummary nothing(Duration duration) {
        return new AnswerSummary(null, null, null, List.of(), null, null, duration);
    }
}
