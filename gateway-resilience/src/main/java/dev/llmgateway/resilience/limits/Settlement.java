package dev.llmgateway.resilience.limits;

import dev.llmgateway.api.Charge;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Outcome;

/** Ends one call that was let in: gives its place back and counts what it really used. */
final class Settlement {

    private final Admission.Admitted admitted;
    private final long promptTokens;

    Settlement(Admission.Admitted admitted, long promptTokens) {
        this.admitted = admitted;
        this.promptTokens = promptTokens;
    }

    /**
     * There is no stream: nobody answered, or the caller left, or let its time run out, while somebody thought about its
     * prompt. A tiny time limit must not make prompts free.
     */
    void neverBegan(Throwable why) {
        boolean endedFromHere = why instanceof GatewayException failure && failure.isCallersOwn();
        admitted.use().settle(admitted, endedFromHere ? promptTokens : 0);
    }

    /** The stream is over. An answer that another call pays for costs nothing. */
    void settle(Outcome outcome) {
        Charge charge = outcome.answer().charge();
        admitted.use().settle(admitted, charge == null ? 0 : charge.usage().total());
    }
}
