package dev.llmgateway.telemetry.otel;

import dev.llmgateway.api.AnswerSummary;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.records.ErrorTypes;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What spans tell of an end: how it came, never in whose words. */
final class OutcomeAttributes {

    private OutcomeAttributes() {}

    /**
     * The word for what went wrong, as in the records of calls; null for nothing. A reader that left is {@code cancelled}.
     */
    static @Nullable String errorType(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed ignored -> null;
            case Outcome.Failed failed -> ErrorTypes.of(failed.error());
            case Outcome.Abandoned ignored -> ErrorTypes.CANCELLED;
        };
    }

    /** Sets the end's attributes. To leave an answer is no error, so that it does not change the span's status. */
    static void set(Span span, Outcome outcome, boolean isStream) {
        String error = errorType(outcome);
        if (error != null) {
            span.setAttribute(GenAi.ERROR, error);
        }
        if (outcome instanceof Outcome.Failed failed && !(failed.error() instanceof GatewayException.Cancelled)) {
            span.setStatus(StatusCode.ERROR);
        }
        AnswerSummary answer = outcome.answer();
        StopReason reason = answer.stopReason();
        if (reason != null) {
            span.setAttribute(GenAi.FINISH_REASONS, List.of(reason.name().toLowerCase(Locale.ROOT)));
        }
        if (isStream && answer.firstContent() != null) {
            span.setAttribute(GenAi.FIRST_CHUNK, GenAiInstruments.seconds(answer.firstContent()));
        }
    }

    /** Sets what was used, as far as the provider reported it. */
    static void usage(Span span, @Nullable Usage usage) {
        if (usage == null) {
            return;
        }
        span.setAttribute(GenAi.INPUT_TOKENS, usage.totalInput());
        span.setAttribute(GenAi.OUTPUT_TOKENS, usage.output());
        setPart(span, usage.cacheRead(), usage.cacheWrite5m() + usage.cacheWrite1h(), usage.reasoning());
    }

    private static void setPart(Span span, long read, long written, long reasoning) {
        if (read > 0) {
            span.setAttribute(GenAi.CACHE_READ, read);
        }
        if (written > 0) {
            span.setAttribute(GenAi.CACHE_WRITE, written);
        }
        if (reasoning > 0) {
            span.setAttribute(GenAi.REASONING, reasoning);
        }
    }
}
