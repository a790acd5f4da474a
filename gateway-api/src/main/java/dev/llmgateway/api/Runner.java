package dev.llmgateway.api;

import dev.llmgateway.api.spi.RouteTarget;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Asks one target on a thread of its own, so that whoever needs the answer can wait for something else, too, or go away.
 * The answer is handed over exactly once: to the one who waits, or, when that one has gone, to the thread itself, which
 * closes it.
 */
final class Runner implements Runnable {

    private final AttemptHandler step;
    private final Attempt attempt;
    private final Queue<Runner> finished;
    private final CompletableFuture<ChatStream> answer = new CompletableFuture<>();

    private Runner(AttemptHandler step, Attempt attempt, Queue<Runner> finished) {
        this.step = step;
        this.attempt = attempt;
        this.finished = finished;
    }

    /**
     * Begins to ask.
     *
     * @param finished where the runner puts itself once its target has answered or failed; must have room
     */
    static Runner start(AttemptHandler step, Exchange exchange, RouteTarget target, Queue<Runner> finished) {
        Cancellation own = exchange.options().cancellation().child();
        Runner runner = new Runner(step, new Attempt(exchange, target, own), finished);
        Thread.ofVirtual().name("llm-gateway-race").start(runner);
        return runner;
    }

    @Override
    public void run() {
        try {
            ChatStream stream = step.attempt(attempt);
            if (!answer.complete(stream)) {
                stream.close();
            }
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        } finally {
            finished.add(this);
        }
    }

    RouteTarget target() {
        return attempt.target();
    }

    /**
     * The answer of a runner that has finished.
     *
     * @throws GatewayException when its target failed
     */
    ChatStream answer() {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw GatewayException.of(e.getCause() == null ? e : e.getCause());
        }
    }

    /**
     * Ends what nobody needs any more, without waiting for it. From here on the attempt's listener is told no more than
     * {@link GatewayListener#attemptDiscarded}.
     */
    void discard() {
        attempt.cancellation().discard();
        boolean isStillOut = answer.cancel(false);
        if (!isStillOut && !answer.isCompletedExceptionally()) {
            answer.join().close();
        }
    }
}
