package dev.llmgateway.resilience.limits;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.tokens.TokenEstimator;
import org.jspecify.annotations.Nullable;

/**
 * Ends one call that was let in: gives its place back and counts what it really used. What the provider did not tell is
 * estimated from the prompt and from what was read of the answer.
 */
final class Settlement {

    private static final int LONGEST_SAMPLE = 4_096;

    private final Admission.Admitted admitted;
    private final long promptTokens;
    /** The beginning of what was read; its kind of text stands for the rest. */
    private final StringBuilder sample = new StringBuilder();

    private long readCharacters;

    Settlement(Admission.Admitted admitted, long promptTokens) {
        this.admitted = admitted;
        this.promptTokens = promptTokens;
    }

    /** More of the answer was read. Quick, since most providers tell the usage and nobody asks for the estimate. */
    synchronized void read(String text) {
        readCharacters += text.length();
        int room = LONGEST_SAMPLE - sample.length();
        if (room > 0) {
            sample.append(text, 0, Math.min(room, text.length()));
        }
    }

    /** Another thread than the reader may close the stream. */
    private synchronized long readTokens() {
        return sample.isEmpty() ? 0 : TokenEstimator.estimate(sample) * readCharacters / sample.length();
    }

    /**
     * There is no stream: nobody answered, or the caller left, or let its time run out, while somebody thought about its
     * prompt. A tiny time limit must not make prompts free.
     */
    void neverBegan(Throwable why) {
        boolean endedFromHere = why instanceof GatewayException.Cancelled
                || (why instanceof GatewayException.TimedOut late && !late.mayFailOver());
        admitted.use().settle(admitted, endedFromHere ? promptTokens : 0);
    }

    /** The stream is over. An answer that was made for another call costs nothing. */
    void settle(Outcome outcome) {
        Origin origin = outcome.answer().origin();
        admitted.use().settle(admitted, origin != null && origin.isAgain() ? 0 : used(outcome));
    }

    private long used(Outcome outcome) {
        Usage told = outcome.answer().usage();
        return switch (outcome) {
            case Outcome.Completed ignored -> told == null ? promptTokens + readTokens() : told.total();
            case Outcome.Failed ignored -> soFar(told);
            case Outcome.Abandoned ignored -> soFar(told);
        };
    }

    /** Usage that is told at the start of an answer knows the prompt, but not what came later. */
    private long soFar(@Nullable Usage told) {
        return told == null ? promptTokens + readTokens() : told.totalInput() + Math.max(told.output(), readTokens());
    }
}
