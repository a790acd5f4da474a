package dev.llmgateway.api;

import dev.llmgateway.ir.Usage;
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
        try {
            stream = new CommittedChatStream(upstream.attempt(attempt), attempt);
            stream.readAhead();
            tellCommitted(attempt, Duration.ofNanos(ticker.read() - start));
            return stream;
        } catch (GatewayException e) {
            tellFailed(attempt, e, stream == null ? null : stream.usage());
            throw e;
        }
    }

    /* What is told of a try is told while its cancellation is held: once a race has discarded it, the call may end. */

    private static void tellCommitted(Attempt attempt, Duration elapsed) {
        synchronized (attempt.cancellation()) {
            if (!attempt.cancellation().isDiscarded()) {
                attempt.exchange().listener().attemptCommitted(attempt, elapsed);
            }
        }
    }

    private static void tellFailed(Attempt attempt, GatewayException error, @Nullable Usage reported) {
        synchronized (attempt.cancellation()) {
            if (!attempt.cancellation().isDiscarded()) {
                attempt.exchange().listener().attemptFailed(attempt, error);
                return;
            }
        }
        attempt.exchange().listener().attemptDiscarded(attempt, reported);
    }
}
