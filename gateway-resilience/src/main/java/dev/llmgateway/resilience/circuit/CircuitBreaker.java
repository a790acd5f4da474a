package dev.llmgateway.resilience.circuit;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.CircuitState;
import dev.llmgateway.resilience.circuit.Phase.Closed;
import dev.llmgateway.resilience.circuit.Phase.HalfOpen;
import dev.llmgateway.resilience.circuit.Phase.Open;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops calls to something that keeps failing. Closed, all calls are made, and failures are counted in a sliding window. At
 * the threshold the circuit opens, and calls are refused at once. After a while it is half open: a few calls at a time try;
 * the first that succeeds closes it, the first that fails opens it again. It depends on nothing else of a gateway:
 *
 * <pre>{@code
 * CircuitBreaker mails = new CircuitBreaker(CircuitPolicy.DEFAULT, Ticker.system());
 * mails.call(() -> send(mail));     // throws CircuitOpenException without a call while the circuit is open
 * }</pre>
 *
 * <p>A verdict counts only in the phase in which its call began. A call of better times that fails late does not open what
 * has just recovered, and one that ends well late does not close what has opened meanwhile; of several probes the first
 * verdict decides.
 *
 * <p>Thread safe. While the circuit is closed, a call that succeeds costs one volatile read and takes no lock; failures,
 * and calls while it is not closed, take a lock for a moment.
 */
public final class CircuitBreaker {

    private static final Consumer<CircuitTransition> NOBODY = transition -> {};

    /** What to wait for when all places of a half-open circuit are taken: a guess, since probes end when they end. */
    private static final Duration FOR_A_PROBE = Duration.ofSeconds(1);

    private final Supplier<CircuitPolicy> policy;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final FailureWindow failures = new FailureWindow();
    private final Phase first = new Closed();
    private volatile Phase phase = first;
    private @Nullable Long changedAt;
    private @Nullable String lastFailure;

    /** A closed circuit. */
    public CircuitBreaker(CircuitPolicy policy, Ticker ticker) {
        this(() -> policy, ticker);
    }

    /**
     * A closed circuit with a policy that may change.
     *
     * @param policy asked at failures and changes; must be quick and not throw
     */
    public CircuitBreaker(Supplier<CircuitPolicy> policy, Ticker ticker) {
        this.policy = policy;
        this.ticker = ticker;
    }

    /**
     * Calls, when the circuit lets it. Whatever is thrown is a failure, an interrupt excepted.
     *
     * @throws CircuitOpenException when the call was not made
     * @throws Exception what the call threw
     */
    public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        return call(work, thrown -> true);
    }

    /**
     * Calls, when the circuit lets it.
     *
     * @param isFailure which exceptions speak against what is called, and not against the call; never asked of interrupts
     * @throws CircuitOpenException when the call was not made
     * @throws Exception what the call threw
     */
    public <T extends @Nullable Object> T call(Callable<T> work, Predicate<? super Exception> isFailure)
            throws Exception {
        return switch (enter()) {
            case Admission.Refused refused -> throw new CircuitOpenException(refused);
            case Permit permit -> call(permit, work, isFailure);
        };
    }

    private static <T extends @Nullable Object> T call(
            Permit permit, Callable<T> work, Predicate<? super Exception> isFailure) throws Exception {
        try {
            T result = work.call();
            permit.succeeded();
            return result;
        } catch (Exception e) {
            if (!(e instanceof InterruptedException) && isFailure.test(e)) {
                permit.failed(e.getClass().getSimpleName());
            }
            throw e;
        } finally {
            permit.close();
        }
    }

    /** Asks whether a call may be made; if so, the permit is to be closed when the call has ended. */
    public Admission enter() {
        return enter(NOBODY);
    }

    /**
     * Asks whether a call may be made.
     *
     * @param told of the changes that this call brings about, now or by its verdict; on the thread that brings them about
     */
    public Admission enter(Consumer<CircuitTransition> told) {
        Phase now = phase;
        return now instanceof Closed ? new Permit(this, now, told) : enterCarefully(told);
    }

    /** For a call that was made before anybody thought of a circuit: it counts as if it had begun with it. */
    Permit fromTheStart(Consumer<CircuitTransition> told) {
        return new Permit(this, first, told);
    }

    private Admission enterCarefully(Consumer<CircuitTransition> told) {
        CircuitTransition transition = null;
        Admission admission;
        lock.lock();
        try {
            long now = ticker.read();
            if (phase instanceof Open open && open.nanosLeft(now) <= 0) {
                transition = halfOpen(open, now);
            }
            Admission.Refused refused = refusal(phase, now);
            if (refused != null) {
                admission = refused;
            } else {
                Permit permit = new Permit(this, phase, told);
                if (phase instanceof HalfOpen halfOpen) {
                    halfOpen.lend(permit, now);
                }
                admission = permit;
            }
        } finally {
            lock.unlock();
        }
        if (transition != null) {
            told.accept(transition);
        }
        return admission;
    }

    /** Why a call would not be made now; null when it would. Takes no place of a probe. */
    public Admission.@Nullable Refused refusal() {
        if (phase instanceof Closed) {
            return null;
        }
        lock.lock();
        try {
            return refusal(phase, ticker.read());
        } finally {
            lock.unlock();
        }
    }

    private static Admission.@Nullable Refused refusal(Phase phase, long now) {
        return switch (phase) {
            case Closed ignored -> null;
            case Open open ->
                open.nanosLeft(now) <= 0
                        ? null
                        : new Admission.Refused(Duration.ofNanos(open.nanosLeft(now)), open.sentence());
            case HalfOpen halfOpen ->
                halfOpen.hasRoom(now)
                        ? null
                        : new Admission.Refused(
                                FOR_A_PROBE, halfOpen.sentence() + ", and others are trying whether it works again");
        };
    }

    /** The state now; half open as soon as the next call would try. */
    public CircuitState state() {
        return phase instanceof Closed ? CircuitState.CLOSED : snapshot().state();
    }

    /** Everything about it at this moment. */
    public CircuitSnapshot snapshot() {
        lock.lock();
        try {
            long now = ticker.read();
            Phase current = phase;
            boolean isDue = current instanceof Open open && open.nanosLeft(now) <= 0;
            Admission.Refused refused = refusal(current, now);
            return new CircuitSnapshot(
                    isDue ? CircuitState.HALF_OPEN : current.state(),
                    failures.count(now, policy.get().failureWindow().toNanos()),
                    current instanceof HalfOpen halfOpen ? halfOpen.out() : 0,
                    changedAt == null ? null : Duration.ofNanos(now - changedAt),
                    lastFailure,
                    refused == null || current instanceof HalfOpen ? Duration.ZERO : refused.retryAfter());
        } finally {
            lock.unlock();
        }
    }

    void succeeded(Permit permit) {
        if (permit.phase() instanceof HalfOpen) {
            settle(permit, this::close);
        }
    }

    void failed(Permit permit, String reason) {
        settle(permit, now -> count(now, reason));
    }

    void ended(Permit permit) {
        if (permit.phase() instanceof HalfOpen halfOpen) {
            settle(permit, now -> {
                halfOpen.giveBack(permit);
                return null;
            });
        }
    }

    /** What the end of a call does; returns the change that it brought about, or null. */
    @FunctionalInterface
    private interface Effect {

        @Nullable
        CircuitTransition apply(long now);
    }

    private void settle(Permit permit, Effect effect) {
        CircuitTransition transition = null;
        lock.lock();
        try {
            if (permit.phase() == phase) {
                transition = effect.apply(ticker.read());
            }
        } finally {
            lock.unlock();
        }
        if (transition != null) {
            permit.tell(transition);
        }
    }

    private @Nullable CircuitTransition count(long now, String reason) {
        CircuitPolicy rules = policy.get();
        long window = rules.failureWindow().toNanos();
        failures.add(now, window, rules.failureThreshold());
        lastFailure = reason;
        if (phase instanceof HalfOpen) {
            return open(now, rules, "failed again when it was tried", reason);
        }
        return failures.count(now, window) < rules.failureThreshold()
                ? null
                : open(now, rules, Words.failures(rules), reason);
    }

    private CircuitTransition open(long now, CircuitPolicy rules, String sentence, String reason) {
        return change(new Open(now, rules.openDuration(), sentence), now, sentence + " (" + reason + ")");
    }

    private CircuitTransition halfOpen(Open open, long now) {
        CircuitPolicy rules = policy.get();
        return change(
                new HalfOpen(rules.halfOpenMaxConcurrent(), rules.openDuration(), open.sentence()),
                now,
                "it is time to try again");
    }

    private CircuitTransition close(long now) {
        failures.clear();
        return change(new Closed(), now, "a call succeeded");
    }

    private CircuitTransition change(Phase to, long now, String reason) {
        CircuitTransition transition = new CircuitTransition(phase.state(), to.state(), reason);
        phase = to;
        changedAt = now;
        return transition;
    }
}
