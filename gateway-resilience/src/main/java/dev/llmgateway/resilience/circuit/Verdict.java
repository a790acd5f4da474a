package dev.llmgateway.resilience.circuit;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.ProviderFailed.Phase;
import dev.llmgateway.api.GatewayException.TimedOut;
import dev.llmgateway.ir.codec.WireError.Kind;
import java.time.Duration;

/** What the exception that ended an attempt says about the target that was asked. */
sealed interface Verdict {

    /** The target failed. */
    record Failed(String reason) implements Verdict {}

    /** The provider works, and asks to be left alone. */
    record Limited(Duration retryAfter) implements Verdict {}

    /** The end was not the target's fault. */
    record Nothing() implements Verdict {}

    Verdict NOTHING = new Nothing();

    /**
     * Judges.
     *
     * @param cancellation the attempt's: one that was ended from outside may fail in any way
     * @param wasSilent whether nothing of an answer had come for as long as the breaker's patience
     */
    static Verdict of(Throwable thrown, Cancellation cancellation, boolean wasSilent) {
        return switch (thrown) {
            case ProviderFailed failure when !cancellation.isCancelled() -> of(failure);
            /* The call's own limit may be as short as its caller likes, and its answer be read as slowly. */
            case TimedOut late when late.mayFailOver() || wasSilent -> new Failed("a time-out");
            case Throwable ignored -> NOTHING;
        };
    }

    private static Verdict of(ProviderFailed failure) {
        int status = failure.error().status();
        boolean answered = failure.phase() == Phase.STATUS || failure.phase() == Phase.REPORTED;
        if (!answered || (status >= 500 && failure.error().kind() != Kind.RATE_LIMIT)) {
            return new Failed(Words.of(failure));
        }
        Duration retryAfter = failure.retryAfter();
        boolean isLimited = status == 429 || failure.error().kind() == Kind.RATE_LIMIT;
        return isLimited && retryAfter != null ? new Limited(retryAfter) : NOTHING;
    }
}
