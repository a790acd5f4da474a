package dev.llmgateway.resilience;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.AttemptHandler;
import dev.llmgateway.api.AttemptInterceptor;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.Sleeper;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.ir.codec.WireError;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the same target again after a failure that may pass: no connection, a connection that broke before the first content,
 * a status of the policy, also one that was reported inside an answer, and silence when there is time. For
 * {@link dev.llmgateway.api.AttemptStage#RETRY}, where nothing of a failed try has been passed on.
 *
 * <p>Not asked again are targets whose answer was none (a page of HTML stays one), whose quota is exhausted, or whose status
 * the policy does not have. It also ends, so that the next target follows at once, when the provider asks for a longer wait
 * than the policy's longest, when the wait would outlast the call, when the {@link RetryBudget} is spent, and when the target
 * is left alone meanwhile, because its circuit has opened, say: then what it failed with is told, since it was asked. A caller
 * that leaves ends the wait.
 *
 * <pre>{@code
 * Gateway.builder()
 *         .provider(Providers.openAi("openai", key))
 *         .attemptStage(AttemptStage.RETRY, Retry.by(provider -> RetryPolicy.DEFAULT))
 * }</pre>
 *
 * <p>The error of a target that was asked more than once tells so ({@link ProviderFailed#wasRetried()}). Thread safe.
 */
public final class Retry implements AttemptInterceptor {

    private final Function<String, RetryPolicy> policies;
    private final RetryBudget budget;
    private final Ticker ticker;
    private final Sleeper sleeper;

    /**
     * Retries for all calls of a gateway.
     *
     * @param policies the policy for a provider's id, as it is now; asked after failures only, must not throw
     * @param budget for all calls together
     * @param ticker the gateway's own, because calls' deadlines are its ticks
     * @param sleeper waits between tries; ends when its thread is interrupted
     */
    public Retry(Function<String, RetryPolicy> policies, RetryBudget budget, Ticker ticker, Sleeper sleeper) {
        this.policies = policies;
        this.budget = budget;
        this.ticker = ticker;
        this.sleeper = sleeper;
    }

    /** Retries by the policy for each provider's id, with a budget of their own, on the JVM's ticks. */
    public static Retry by(Function<String, RetryPolicy> policies) {
        return new Retry(policies, new RetryBudget(Ticker.system()), Ticker.system(), Thread::sleep);
    }

    @Override
    public ChatStream intercept(Attempt attempt, AttemptHandler next) {
        budget.called();
        long start = ticker.read();
        try {
            return next.attempt(attempt);
        } catch (GatewayException e) {
            return again(attempt, next, e, start);
        }
    }

    private ChatStream again(Attempt attempt, AttemptHandler next, GatewayException first, long firstStart) {
        RetryPolicy policy = policies.apply(attempt.target().provider().id());
        Backoff backoff = new Backoff(policy, ThreadLocalRandom.current());
        GatewayException failure = first;
        long start = firstStart;
        for (int tries = 1; tries < policy.maxAttempts(); tries++) {
            Duration pause = pause(policy, backoff, failure, attempt, start);
            if (pause == null || !budget.tryRetry()) {
                return giveUp(failure, tries);
            }
            attempt.exchange().listener().retrying(attempt, failure, pause);
            Pause.sleep(pause, sleeper, attempt.cancellation());
            start = ticker.read();
            try {
                return next.attempt(attempt);
            } catch (GatewayException.Unavailable e) {
                return giveUp(failure, tries);
            } catch (GatewayException e) {
                failure = e;
            }
        }
        return giveUp(failure, policy.maxAttempts());
    }

    private static ChatStream giveUp(GatewayException failure, int tries) {
        throw tries > 1 && failure instanceof ProviderFailed failed ? failed.afterRetries() : failure;
    }

    /** How long to wait before the next try; null when there should be none. */
    private @Nullable Duration pause(
            RetryPolicy policy, Backoff backoff, GatewayException failure, Attempt attempt, long start) {
        long now = ticker.read();
        Duration left = attempt.exchange().remaining(now);
        Duration taken = Duration.ofNanos(now - start);
        if (attempt.cancellation().isCancelled() || !mayPass(policy, failure, taken, left)) {
            return null;
        }
        Duration asked =
                policy.honorRetryAfter() && failure instanceof ProviderFailed failed ? failed.retryAfter() : null;
        Duration pause = asked == null ? backoff.next() : asked;
        return pause.compareTo(policy.maxDelay()) > 0 || pause.compareTo(left) >= 0 ? null : pause;
    }

    private static boolean mayPass(RetryPolicy policy, GatewayException failure, Duration taken, Duration left) {
        return switch (failure) {
            case ProviderFailed e -> mayPass(policy, e);
            /* Enough for one more try of that length, and for one at the next target. */
            case GatewayException.TimedOut e ->
                e.mayFailOver() && taken.multipliedBy(2).compareTo(left) <= 0;
            case GatewayException ignored -> false;
        };
    }

    private static boolean mayPass(RetryPolicy policy, ProviderFailed failure) {
        WireError error = failure.error();
        return switch (failure.phase()) {
            case CONNECT, BROKEN_OFF -> true;
            case STATUS, REPORTED ->
                policy.statuses().contains(error.status()) && error.kind() != WireError.Kind.QUOTA_EXHAUSTED;
            case NO_ANSWER, MALFORMED -> false;
        };
    }
}
