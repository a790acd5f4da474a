package dev.llmgateway.resilience;

import dev.llmgateway.api.Sleeper;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.resilience.circuit.CircuitBreaker;
import dev.llmgateway.resilience.circuit.CircuitOpenException;
import dev.llmgateway.resilience.circuit.CircuitPolicy;
import dev.llmgateway.resilience.words.Durations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What protects calls to providers, for any other call of an application: tries again after failures that may pass, leaves
 * alone what keeps failing, and gives up in time. It needs no gateway.
 *
 * <pre>{@code
 * Resilient mails = Resilient.builder("mail server")
 *         .retry(RetryPolicy.DEFAULT)
 *         .circuit(CircuitPolicy.DEFAULT)
 *         .timeout(Duration.ofSeconds(10))
 *         .build();
 * String receipt = mails.call(() -> send(mail));
 * }</pre>
 *
 * <p>Make one for each thing that is called, and keep it: its circuit and its {@link RetryBudget} remember. The work runs on the
 * calling thread, and must react to interrupts if its time is limited. Thread safe.
 */
public final class Resilient {

    private final String name;
    private final RetryPolicy retry;
    private final @Nullable CircuitBreaker circuit;
    private final @Nullable Duration timeout;
    private final Predicate<? super Exception> isFailure;
    private final RetryBudget budget;
    private final Ticker ticker;
    private final Sleeper sleeper;

    private Resilient(Builder from) {
        name = from.name;
        retry = from.retry;
        circuit = from.circuit == null ? null : new CircuitBreaker(from.circuit, from.ticker);
        timeout = from.timeout;
        isFailure = from.isFailure;
        budget = new RetryBudget(from.ticker);
        ticker = from.ticker;
        sleeper = from.sleeper;
    }

    /**
     * Starts with a single try, no circuit and no limit of time.
     *
     * @param name what is called, for messages
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * Does the work, more than once if need be.
     *
     * @return what the first try that succeeded returned
     * @throws CircuitOpenException when the last try was not made, because what is called keeps failing
     * @throws TimeoutException when the time is up; the work was interrupted
     * @throws InterruptedException when the thread is interrupted by others
     * @throws Exception what the last try threw
     */
    public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        long start = ticker.read();
        Backoff backoff = new Backoff(retry, ThreadLocalRandom.current());
        budget.called();
        int tries = 1;
        while (true) {
            try {
                return once(work, start);
            } catch (Exception e) {
                Duration pause = tries < retry.maxAttempts() && mayPass(e) ? backoff.next() : null;
                if (pause == null || !isWithinTime(pause, start) || !budget.tryRetry()) {
                    throw e;
                }
                sleeper.sleep(pause);
                tries++;
            }
        }
    }

    private boolean mayPass(Exception e) {
        boolean isOurs = e instanceof CircuitOpenException || e instanceof TimedOut;
        return !isOurs && !(e instanceof InterruptedException) && isFailure.test(e);
    }

    private boolean isWithinTime(Duration pause, long start) {
        return timeout == null || pause.toNanos() < left(timeout, start);
    }

    private long left(Duration limit, long start) {
        return limit.toNanos() - (ticker.read() - start);
    }

    private <T extends @Nullable Object> T once(Callable<T> work, long start) throws Exception {
        Callable<T> limited = timeout == null ? work : () -> inTime(work, timeout, start);
        return circuit == null
                ? limited.call()
                : circuit.call(limited, e -> e instanceof TimedOut || isFailure.test(e));
    }

    private <T extends @Nullable Object> T inTime(Callable<T> work, Duration limit, long start) throws Exception {
        long left = left(limit, start);
        if (left <= 0) {
            throw new TimedOut(name, limit);
        }
        Interrupter interrupter = new Interrupter();
        CompletableFuture<Void> over = new CompletableFuture<>();
        over.orTimeout(left, TimeUnit.NANOSECONDS).exceptionally(late -> {
            interrupter.cut();
            return null;
        });
        try {
            return work.call();
        } catch (Exception e) {
            if (interrupter.wasCut()) {
                throw new TimedOut(name, limit, e);
            }
            throw e;
        } finally {
            over.complete(null);
            interrupter.end();
        }
    }

    /** The time that is given here is up; other such exceptions come from the work. */
    private static final class TimedOut extends TimeoutException {
        private static final long serialVersionUID = 1L;

        TimedOut(String name, Duration limit) {
            super(name + ": not done within " + Durations.words(limit));
        }

        TimedOut(String name, Duration limit, Exception cause) {
            this(name, limit);
            initCause(cause);
        }
    }

    /** Collects the parts of a {@link Resilient}. Not thread safe. */
    public static final class Builder {
        private final String name;
        private RetryPolicy retry = RetryPolicy.DEFAULT.withMaxAttempts(1);
        private @Nullable CircuitPolicy circuit;
        private @Nullable Duration timeout;
        private Predicate<? super Exception> isFailure =
                e -> e instanceof IOException || e instanceof UncheckedIOException;
        private Ticker ticker = Ticker.system();
        private Sleeper sleeper = Thread::sleep;

        private Builder(String name) {
            this.name = name;
        }

        /** How often, and how far apart, it is tried; what the policy says of HTTP and of providers has no meaning here. */
        public Builder retry(RetryPolicy policy) {
            this.retry = policy;
            return this;
        }

        /** When it is left alone. Each try counts. */
        public Builder circuit(CircuitPolicy policy) {
            this.circuit = policy;
            return this;
        }

        /**
         * The limit of a call, all its tries and waits together.
         *
         * @throws IllegalArgumentException when not longer than zero
         */
        public Builder timeout(Duration limit) {
            if (limit.isZero() || limit.isNegative()) {
                throw new IllegalArgumentException("timeout is " + limit + ": it must be longer than zero");
            }
            this.timeout = limit;
            return this;
        }

        /**
         * Which exceptions speak against what is called, and not against the call: after these it is tried again, and these count
         * for the circuit, as does time that is up. Without this: {@link IOException} and {@link UncheckedIOException}.
         */
        public Builder failures(Predicate<? super Exception> classifier) {
            this.isFailure = classifier;
            return this;
        }

        Builder time(Ticker source, Sleeper waits) {
            this.ticker = source;
            this.sleeper = waits;
            return this;
        }

        public Resilient build() {
            return new Resilient(this);
        }
    }
}
