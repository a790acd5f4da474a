package dev.llmgateway.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes single tries: each ends with an answer whose first content has arrived, or with an exception. So whoever tries
 * again, at the same target or the next, sees only answers that have begun, and none of it was passed on before.
 */
final class Tries implements AttemptHandler {

    private final AttemptHandler upstream;
    private final Ticker ticker;

    /**
     * Tries.
     *
     * @param upstream what one try consists of; its streams may break at any event
     */
    Tries(AttemptHandler upstream, Ticker ticker) {
        this.upstream = upstream;
        this.ticker = ticker;
    }

    /** Makes one try, with a cancellation of its own. */
    @Override
    public ChatStream attempt(Attempt step) {
        Attempt attempt =
                new Attempt(step.exchange(), step.target(), step.cancellation().child());
        long start = ticker.read();
        CommittedChatStream stream = null;
        tellStarted(attempt, step.cancellation());
        try {
            stream = new CommittedChatStream(upstream.attempt(attempt), attempt, step.cancellation());
            stream.readAhead();
            tellCommitted(attempt, step.cancellation(), Duration.ofNanos(ticker.read() - start));
            return stream;
        } catch (GatewayException e) {
            tellFailed(attempt, step.cancellation(), e, stream);
            throw e;
        }
    }

    /* What is told of a try is told while its step's cancellation is held: once a race has discarded that, the call may end. */

    private static void tellStarted(Attempt attempt, Cancellation step) {
        synchronized (step) {
            if (!step.isDiscarded()) {
                attempt.exchange().listener().attemptStarted(attempt);
            }
        }
    }

    private static void tellCommitted(Attempt attempt, Cancellation step, Duration elapsed) {
        synchronized (step) {
            if (!step.isDiscarded()) {
                attempt.exchange().listener().attemptCommitted(attempt, elapsed);
            }
        }
    }

    private static void tellFailed(
            Attempt attempt, Cancellation step, GatewayException error, @Nullable CommittedChatStream stream) {
        Charge spent = spent(attempt, error, stream);
        synchronized (step) {
            if (!step.isDiscarded()) {
                attempt.exchange().listener().attemptFailed(attempt, error, spent);
                return;
            }
        }
        attempt.exchange().listener().attemptDiscarded(attempt, spent);
    }

    /** Providers take what they have begun to answer for, however it ends; null when they did not, or refused. */
    private static @Nullable Charge spent(
            Attempt attempt, GatewayException error, @Nullable CommittedChatStream stream) {
        boolean isTaken = switch (error) {
            case GatewayException.ProviderFailed failed ->
                switch (failed.phase()) {
                    case CONNECT, STATUS, NO_ANSWER -> false;
                    case MALFORMED, BROKEN_OFF -> true;
                    // Without anything before it, an error inside a success is a refusal.
                    case REPORTED -> stream != null && stream.hasBegun();
                };
            case GatewayException.TimedOut ignored -> true;
            case GatewayException.Cancelled ignored -> true;
            case GatewayException.Stopping ignored -> true;
            case GatewayException ignored -> false;
        };
        if (!isTaken || attempt.cancellation().hasPreventedSending()) {
            return null;
        }
        return stream == null ? Charge.promptOf(attempt.exchange()) : stream.spent();
    }
}
