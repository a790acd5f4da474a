package dev.llmgateway.api;

import java.time.Duration;

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
        try {
            ChatStream stream = committed(upstream.attempt(attempt));
            attempt.exchange().listener().attemptCommitted(attempt, Duration.ofNanos(ticker.read() - start));
            return stream;
        } catch (GatewayException e) {
            attempt.exchange().listener().attemptFailed(attempt, e);
            throw e;
        }
    }

    private static ChatStream committed(ChatStream stream) {
        try {
            return CommittedChatStream.commit(stream);
        } catch (RuntimeException | Error e) {
            stream.close();
            throw e;
        }
    }
}
