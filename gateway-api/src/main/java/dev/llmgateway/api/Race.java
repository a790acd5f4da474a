package dev.llmgateway.api;

import dev.llmgateway.api.spi.HedgePolicy;
import dev.llmgateway.api.spi.Route;
import dev.llmgateway.api.spi.RouteTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first two targets of one call: the second is asked when the first is slow, and who answers first is used. One that
 * fails does not end the other. The one that is not needed any more is cancelled, which closes its socket, and its answer is
 * closed, should it have come at the same moment. For the thread of the call, which waits here; it must ask the targets that
 * follow itself.
 */
final class Race {

    private final AttemptHandler step;
    private final Exchange exchange;
    private final Route route;
    private final BlockingQueue<Runner> finished = new ArrayBlockingQueue<>(2);
    private final List<Runner> running = new ArrayList<>(2);
    private int asked;
    private @Nullable ChainFailures failures;

    Race(AttemptHandler step, Exchange exchange, Route route) {
        this.step = step;
        this.exchange = exchange;
        this.route = route;
    }

    /** How many targets have been asked: one when it failed or answered in time, else two. */
    int asked() {
        return asked;
    }

    /** What the targets that were asked failed with. */
    @Nullable
    ChainFailures failures() {
        return failures;
    }

    /**
     * Waits for the first good answer.
     *
     * @param delay how long to wait for the first target alone
     * @return null when all that were asked have failed
     * @throws GatewayException when the calling thread is interrupted
     */
    @Nullable
    ChatStream run(Duration delay, HedgePolicy policy) {
        try {
            ask();
            Runner first = finished.poll(delay.toNanos(), TimeUnit.NANOSECONDS);
            if (first == null && policy.mayHedge(exchange, route.decision())) {
                exchange.listener().hedged(exchange, target(0), target(1));
                ask();
            }
            return firstGood(first == null ? finished.take() : first);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException.Cancelled("the calling thread was interrupted");
        } finally {
            running.forEach(Runner::discard);
        }
    }

    private @Nullable ChatStream firstGood(Runner first) throws InterruptedException {
        Runner next = first;
        while (true) {
            running.remove(next);
            try {
                ChatStream answer = next.answer();
                tellWinner(next.target());
                return answer;
            } catch (GatewayException e) {
                failures = new ChainFailures(failures, next.target(), e);
            }
            if (running.isEmpty()) {
                tellWinner(null);
                return null;
            }
            next = finished.take();
        }
    }

    private void ask() {
        running.add(Runner.start(step, exchange, target(asked), finished));
        asked++;
    }

    private RouteTarget target(int place) {
        return route.targets().get(place);
    }

    private void tellWinner(@Nullable RouteTarget winner) {
        if (asked == 2) {
            exchange.listener().raceEnded(exchange, target(0), target(1), winner);
        }
    }
}
