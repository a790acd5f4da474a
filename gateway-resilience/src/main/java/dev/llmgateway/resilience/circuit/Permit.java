package dev.llmgateway.resilience.circuit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One call that is made through a {@link CircuitBreaker}. Tell how it ended, once; what is told later changes nothing. Close
 * it in any case: a call that was closed without a verdict counts neither way. Thread safe.
 */
public final class Permit implements Admission, AutoCloseable {

    private final CircuitBreaker circuit;
    private final Phase phase;
    private final Consumer<CircuitTransition> told;
    private final AtomicBoolean isOver = new AtomicBoolean();

    Permit(CircuitBreaker circuit, Phase phase, Consumer<CircuitTransition> told) {
        this.circuit = circuit;
        this.phase = phase;
        this.told = told;
    }

    /** The call did what it should. */
    public void succeeded() {
        if (isOver.compareAndSet(false, true)) {
            circuit.succeeded(this);
        }
    }

    /**
     * The call failed, and the fault lies with what was called.
     *
     * @param reason what happened, in a few words for people: "status 503"
     */
    public void failed(String reason) {
        if (isOver.compareAndSet(false, true)) {
            circuit.failed(this, reason);
        }
    }

    /** The call ended and says nothing about what was called: it was cancelled, or its own request was wrong. */
    @Override
    public void close() {
        if (isOver.compareAndSet(false, true)) {
            circuit.ended(this);
        }
    }

    /** The phase in which the call began: verdicts about another one are late. */
    Phase phase() {
        return phase;
    }

    void tell(CircuitTransition transition) {
        told.accept(transition);
    }
}
