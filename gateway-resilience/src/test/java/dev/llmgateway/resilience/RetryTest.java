package dev.llmgateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.ProviderFailed.Phase;
import dev.llmgateway.api.GatewayException.TimedOut;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Sleeper;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.spi.NamedProvider;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries at a provider that fails as the test says; waits are noted and pass on the test's own ticks. */
final class RetryTest {

    private static final Duration TOTAL = Duration.ofSeconds(300);

    /** Near the end of the range, so that the ticks wrap around inside every test. */
    private final List<String> told = new ArrayList<>();

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofMillis(1).toNanos());

    private final RetryBudget budget = new RetryBudget(now::get);
    private final Cancellation call = new Cancellation();
    private final List<String> asked = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private final Deque<GatewayException> failures = new ArrayDeque<>();
    private RetryPolicy policy = new RetryPolicy(
            3, Duration.ofMillis(200), Duration.ofSeconds(5), false, RetryPolicy.DEFAULT.statuses(), true);
    private Duration tryTakes = Duration.ZERO;
    private Duration total = TOTAL;
    private int tries;

    private void sleep(Duration wait) {
        waits.add(wait);
        now.addAndGet(wait.toNanos());
    }

    private ChatStream answer() {
        return answer(this::sleep);
    }

    private ChatStream answer(Sleeper sleeper) {
        return new Retry(this::policyOf, budget, now::get, sleeper).intercept(step(), this::once);
    }

    private RetryPolicy policyOf(String provider) {
        asked.add(provider);
        return policy;
    }

    private Attempt step() {
        GatewayListener listener = new GatewayListener() {
            @Override
            public void retrying(Attempt attempt, GatewayException error, Duration pause) {
                told.add(error.getMessage() + ", again in " + pause.toMillis() + " ms");
            }
        };
        Exchange exchange = new Exchange(
                "req_1",
                ChatRequest.builder("m").user("hi").build(),
                CallOptions.defaults(),
                listener,
                null,
                null,
                now.get(),
                now.get() + total.toNanos());
        return new Attempt(exchange, new RouteTarget(new NamedProvider("upstream"), "m"), call);
    }

    private ChatStream once(Attempt attempt) {
        tries++;
        now.addAndGet(tryTakes.toNanos());
        GatewayException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return new Nothing();
    }

    private static final class Nothing implements ChatStream {
        @Override
        public @Nullable ChatEvent next() {
            return null;
        }

        @Override
        public void close() {}
    }

    private static ProviderFailed failure(Phase phase, int status, @Nullable Duration retryAfter) {
        WireError error = new WireError(status, WireError.kindOf(status), "failed with " + status, null, null);
        return new ProviderFailed("upstream", phase, error, retryAfter, null);
    }

    private static ProviderFailed status(int status) {
        return failure(Phase.STATUS, status, null);
    }

    private static ProviderFailed limited(Duration retryAfter) {
        return failure(Phase.STATUS, 429, retryAfter);
    }

    @Test
    void tellsOfEachRetryAndItsPause() {
        failures.add(limited(Duration.ofSeconds(2)));

        answer();

        assertThat(told).containsExactly("failed with 429, again in 2000 ms");
    }

    @Test
    void asksAgainUntilThereIsAnAnswer() {
        failures.add(status(503));
        failures.add(status(503));

        assertThat(answer()).isInstanceOf(Nothing.class);
        assertThat(tries).isEqualTo(3);
        assertThat(waits).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void throwsTheLastFailureAndSaysThatTheTriesAreSpent() {
        failures.add(status(500));
        failures.add(status(502));
        failures.add(status(503));
        failures.add(status(504));

        assertThatThrownBy(this::answer).isInstanceOfSatisfying(ProviderFailed.class, e -> {
            assertThat(e).hasMessage("failed with 503");
            assertThat(e.wasRetried()).isTrue();
        });
        assertThat(tries).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 501, 529})
    void doesNotRepeatOtherStatuses(int status) {
        ProviderFailed failure = status(status);
        failures.add(failure);

        assertThatThrownBy(this::answer).isSameAs(failure);
        assertThat(failure.wasRetried()).isFalse();
        assertThat(tries).isOne();
    }

    @Test
    void repeatsTheStatusesOfThePolicyAlone() {
        policy = new RetryPolicy(2, Duration.ZERO, Duration.ZERO, true, Set.of(529), true);
        failures.add(status(529));
        answer();
        assertThat(tries).isEqualTo(2);

        failures.add(status(503));
        assertThatThrownBy(this::answer).hasMessage("failed with 503");
        assertThat(tries).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "BROKEN_OFF"})
    void repeatsABrokenConnection(Phase phase) {
        failures.add(failure(phase, 599, null));

        answer();
        assertThat(tries).isEqualTo(2);
    }

    @Test
    void repeatsAnErrorInsideAnAnswerByItsStatus() {
        failures.add(failure(Phase.REPORTED, 500, null));
        answer();
        assertThat(tries).isEqualTo(2);

        failures.add(failure(Phase.REPORTED, 400, null));
        assertThatThrownBy(this::answer).hasMessage("failed with 400");
        assertThat(tries).isEqualTo(3);
    }

    @Test
    void doesNotRepeatWhatWasNoAnswer() {
        failures.add(failure(Phase.MALFORMED, 502, null));

        assertThatThrownBy(this::answer).hasMessage("failed with 502");
        assertThat(tries).isOne();
    }

    @Test
    void doesNotAskAnAccountWithoutCreditAgain() {
        WireError spent = new WireError(429, Kind.QUOTA_EXHAUSTED, "no credit", "insufficient_quota", null);
        failures.add(new ProviderFailed("upstream", Phase.STATUS, spent, null, null));

        assertThatThrownBy(this::answer).hasMessage("no credit");
        assertThat(tries).isOne();
    }

    @Test
    void doesNotRepeatWhatIsNotTheProvidersFault() {
        failures.add(
                new GatewayException.Unavailable("all down", TargetState.Cause.CIRCUIT_OPEN, Duration.ofSeconds(1)));

        assertThatThrownBy(this::answer).hasMessage("all down");
        assertThat(tries).isOne();
    }

    @Test
    void repeatsASilentTryWhileThereIsTimeForOneMoreHereAndOneElsewhere() {
        tryTakes = Duration.ofSeconds(80);
        failures.add(new TimedOut("silent", false));
        failures.add(new TimedOut("silent again", false));

        assertThatThrownBy(this::answer).hasMessage("silent again");
        assertThat(tries).isEqualTo(2);
    }

    @Test
    void tellsWhatTheTargetFailedWithWhenItsCircuitHasOpenedMeanwhile() {
        failures.add(status(500));
        failures.add(status(503));
        failures.add(new GatewayException.Unavailable("open", TargetState.Cause.CIRCUIT_OPEN, Duration.ofSeconds(30)));

        assertThatThrownBy(this::answer).isInstanceOfSatisfying(ProviderFailed.class, failed -> {
            assertThat(failed.error().status()).isEqualTo(503);
            assertThat(failed.wasRetried()).isTrue();
        });
        assertThat(tries).isEqualTo(3);
    }

    @Test
    void doesNotRepeatACallThatIsOutOfTime() {
        failures.add(new TimedOut("over", true));

        assertThatThrownBy(this::answer).hasMessage("over");
        assertThat(tries).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4999, 5000})
    void waitsAsLongAsTheProviderAsks(int millis) {
        failures.add(limited(Duration.ofMillis(millis)));

        answer();
        assertThat(waits).containsExactly(Duration.ofMillis(millis));
    }

    @Test
    void doesNotWaitLongerThanThePolicyAllows() {
        failures.add(limited(Duration.ofMillis(5001)));

        assertThatThrownBy(this::answer).hasMessage("failed with 429");
        assertThat(tries).isOne();
        assertThat(waits).isEmpty();
    }

    @Test
    void computesTheWaitWhenTheProvidersWordDoesNotCount() {
        policy = new RetryPolicy(2, Duration.ofMillis(200), Duration.ofSeconds(5), false, Set.of(429), false);
        failures.add(limited(Duration.ofHours(1)));

        answer();
        assertThat(waits).containsExactly(Duration.ofMillis(200));
    }

    @Test
    void doesNotWaitPastTheDeadlineOfTheCall() {
        total = Duration.ofSeconds(2);
        failures.add(limited(Duration.ofMillis(1500)));
        failures.add(limited(Duration.ofMillis(500)));

        assertThatThrownBy(this::answer).hasMessage("failed with 429");
        assertThat(waits).containsExactly(Duration.ofMillis(1500));
        assertThat(tries).isEqualTo(2);
    }

    private void spendTheBudget() {
        for (int i = 0; i < RetryBudget.RESERVE; i++) {
            assertThat(budget.tryRetry()).isTrue();
        }
    }

    @Test
    void endsAtOnceWhenTheBudgetIsSpent() {
        spendTheBudget();
        ProviderFailed failure = status(503);
        failures.add(failure);

        assertThatThrownBy(this::answer).isSameAs(failure);
        assertThat(waits).isEmpty();
    }

    @Test
    void countsEveryCallForTheBudget() {
        spendTheBudget();
        for (int i = 0; i < RetryBudget.CALLS_PER_RETRY; i++) {
            answer();
        }
        assertThat(budget.tryRetry()).isTrue();
        assertThat(budget.tryRetry()).isFalse();
    }

    @Test
    void asksNobodyForACallerWhoHasLeft() {
        call.cancel(new GatewayException.Cancelled("gone"));
        failures.add(failure(Phase.CONNECT, 502, null));

        assertThatThrownBy(this::answer).hasMessage("failed with 502");
        assertThat(tries).isOne();
        assertThat(waits).isEmpty();
    }

    @Test
    void endsTheWaitWhenTheCallerLeaves() throws InterruptedException {
        failures.add(status(503));
        CountDownLatch sleeping = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                answer(wait -> {
                    sleeping.countDown();
                    new CountDownLatch(1).await();
                });
            } catch (GatewayException e) {
                thrown.set(e);
            }
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        assertThat(sleeping.await(10, TimeUnit.SECONDS)).isTrue();

        call.cancel(new GatewayException.Cancelled("gone"));

        assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
        assertThat(thrown.get()).hasMessage("gone");
        assertThat(interrupted.get()).isFalse();
        assertThat(tries).isOne();
    }

    @Test
    void leavesAnInterruptOfTheThreadToItsOwner() {
        failures.add(status(503));

        assertThatThrownBy(() -> answer(wait -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(GatewayException.Cancelled.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void asksForThePolicyOfTheProviderOnlyAfterAFailure() {
        policy = policy.withMaxAttempts(1);

        answer();
        assertThat(asked).isEmpty();

        failures.add(status(503));
        assertThatThrownBy(this::answer).hasMessage("failed with 503");
        assertThat(asked).containsExactly("upstream");
    }
}
