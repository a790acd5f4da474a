package dev.llmgateway.resilience.circuit;

import java.time.Duration;

/** A call that was not made, because those before it failed. */
public final class CircuitOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    CircuitOpenException(Admission.Refused refused) {
        super("the call was not made: what it calls " + refused.sentence());
        retryAfter = refused.retryAfter();
    }

    /** Until a call may be made again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
