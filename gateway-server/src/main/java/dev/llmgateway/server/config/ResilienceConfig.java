package dev.llmgateway.server.config;

import dev.llmgateway.resilience.RetryPolicy;
import dev.llmgateway.resilience.circuit.CircuitPolicy;
import dev.llmgateway.resilience.hedge.HedgeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway survives its providers: section {@code [resilience]}.
 *
 * @param retry default for all providers
 * @param timeouts limits of one request
 * @param circuitBreaker default for all providers
 * @param hedge second requests when the first is slow
 */
public record ResilienceConfig(Retry retry, Timeouts timeouts, CircuitBreaker circuitBreaker, Hedge hedge) {
    private static final int DAY_IN_SECONDS = 86_400;
    private static final int DAY_IN_MILLIS = 86_400_000;

    /**
     * When a failed call is tried again: section {@code [resilience.default_retry_policy]}.
     *
     * @param maxAttempts tries in all, the first one included
     * @param baseDelay wait before the first retry
     * @param maxDelay longest wait
     * @param jitter whether waits are spread by decorrelated jitter
     * @param statuses HTTP statuses that are tried again
     * @param honorRetryAfter whether the provider's {@code Retry-After} counts
     */
    public record Retry(
            int maxAttempts,
            Duration baseDelay,
            Duration maxDelay,
            boolean jitter,
            List<Integer> statuses,
            boolean honorRetryAfter) {
        private static final Retry DEFAULT = new Retry(
                3, Duration.ofMillis(200), Duration.ofSeconds(5), true, List.of(408, 429, 500, 502, 503, 504), true);

        /** The policy that this says. */
        public RetryPolicy policy() {
            return new RetryPolicy(maxAttempts, baseDelay, maxDelay, jitter, Set.copyOf(statuses), honorRetryAfter);
        }

        static Retry read(Section retry, Retry otherwise) {
            Retry read = new Retry(
                    retry.count("max_attempts", otherwise.maxAttempts, 1, 100),
                    retry.millis("base_delay_ms", otherwise.baseDelay, 0, DAY_IN_MILLIS),
                    retry.millis("max_delay_ms", otherwise.maxDelay, 0, DAY_IN_MILLIS),
                    retry.flag("jitter", otherwise.jitter),
                    retry.counts("retryable_statuses", otherwise.statuses, 400, 599),
                    retry.flag("honor_retry_after", otherwise.honorRetryAfter));
            boolean delaysAreSetHere = retry.has("base_delay_ms") || retry.has("max_delay_ms");
            if (delaysAreSetHere && read.baseDelay.compareTo(read.maxDelay) > 0) {
                String longest = "max_delay_ms (" + read.maxDelay.toMillis() + ")";
                retry.wrong("base_delay_ms", "is longer than " + longest, "make it at most as long");
            }
            return read;
        }
    }

    /**
     * Limits of one request: section {@code [resilience.timeout]}.
     *
     * @param connect until the provider has accepted the connection
     * @param firstEvent until the first event of a stream has come, and between later ones that no text goes before
     * @param idle behind a piece of a text
     * @param wholeAnswer until an answer that does not stream is complete, for one attempt; null for no limit but the total
     * @param stream until a stream is complete that has begun to tell its content, for one attempt
     * @param total until the answer is complete or, of a stream, has begun to tell its content, retries and failovers included
     */
    public record Timeouts(
            Duration connect,
            Duration firstEvent,
            Duration idle,
            @Nullable Duration wholeAnswer,
            Duration stream,
            Duration total) {
        static Timeouts read(Section timeout) {
            return new Timeouts(
                    timeout.millis("connect_ms", Duration.ofSeconds(5), 1, DAY_IN_MILLIS),
                    timeout.millis("first_event_ms", Duration.ofSeconds(120), 1, DAY_IN_MILLIS),
                    timeout.millis("idle_ms", Duration.ofSeconds(60), 1, DAY_IN_MILLIS),
                    timeout.optionalMillis("whole_answer_ms", 1, DAY_IN_MILLIS),
                    timeout.millis("stream_ms", Duration.ofHours(1), 1, DAY_IN_MILLIS),
                    timeout.millis("default_total_ms", Duration.ofMinutes(5), 1, DAY_IN_MILLIS));
        }
    }

    /**
     * When a failing provider is left alone: section {@code [resilience.default_circuit_breaker]}.
     *
     * @param failureThreshold failures within the window that open the circuit
     * @param failureWindow the sliding window
     * @param openDuration how long it stays open
     * @param halfOpenMaxConcurrent probes at a time when it is half open
     */
    public record CircuitBreaker(
            int failureThreshold, Duration failureWindow, Duration openDuration, int halfOpenMaxConcurrent) {
        private static final CircuitBreaker DEFAULT =
                new CircuitBreaker(5, Duration.ofSeconds(60), Duration.ofSeconds(30), 1);

        /** The policy that this says. */
        public CircuitPolicy policy() {
            return new CircuitPolicy(failureThreshold, failureWindow, openDuration, halfOpenMaxConcurrent);
        }

        static CircuitBreaker read(Section breaker, CircuitBreaker otherwise) {
            return new CircuitBreaker(
                    breaker.count("failure_threshold", otherwise.failureThreshold, 1, CircuitPolicy.MOST),
                    breaker.seconds("failure_window_secs", otherwise.failureWindow, 1, DAY_IN_SECONDS),
                    breaker.seconds("open_duration_secs", otherwise.openDuration, 1, DAY_IN_SECONDS),
                    breaker.count("half_open_max_concurrent", otherwise.halfOpenMaxConcurrent, 1, CircuitPolicy.MOST));
        }
    }

    /**
     * Second requests for the realtime profile: section {@code [resilience.hedge]}.
     *
     * @param enabled whether there are any
     * @param delay how long the first request may take before the second is sent
     * @param maxExtraPercent how much more, in percent of the spending, second requests may cost
     * @param maxCallsInFlight with so many calls at the same time there are none
     */
    public record Hedge(boolean enabled, Duration delay, int maxExtraPercent, int maxCallsInFlight) {

        /** What this says, for a gateway that hedges. */
        public HedgeSettings settings() {
            return new HedgeSettings(delay, maxExtraPercent, maxCallsInFlight);
        }

        static Hedge read(Section hedge) {
            return new Hedge(
                    hedge.flag("enabled", false),
                    hedge.millis("hedge_delay_ms", Duration.ofMillis(300), 0, DAY_IN_MILLIS),
                    hedge.count("max_extra_percent", 10, 0, 100),
                    hedge.count("max_calls_in_flight", 512, 1, 1_000_000));
        }
    }

    static ResilienceConfig read(Section resilience) {
        return new ResilienceConfig(
                resilience.section("default_retry_policy", it -> Retry.read(it, Retry.DEFAULT)),
                resilience.section("timeout", Timeouts::read),
                resilience.section("default_circuit_breaker", it -> CircuitBreaker.read(it, CircuitBreaker.DEFAULT)),
                resilience.section("hedge", Hedge::read));
    }
}
