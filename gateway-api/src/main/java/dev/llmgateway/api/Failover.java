package dev.llmgateway.api;

import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.spi.HedgePolicy;
import dev.llmgateway.api.spi.Route;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.api.spi.Router;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks one target after the other until one commits: until the first event with content has been read from it (see
 * {@link Tries}). Up to then nothing has been passed on, so a failure can be mended without the caller noticing; afterwards
 * it cannot, and is thrown. The first two may {@link Race}, where a policy says so.
 */
final class Failover implements Handler {

    private final Router router;
    private final AttemptHandler step;
    private final @Nullable HedgePolicy hedging;
    private final Ticker ticker;

    /**
     * A way along the targets.
     *
     * @param step asks one target, as often as it is worth
     * @param hedging null when targets never race
     */
    Failover(Router router, AttemptHandler step, @Nullable HedgePolicy hedging, Ticker ticker) {
        this.router = router;
        this.step = step;
        this.hedging = hedging;
        this.ticker = ticker;
    }

    @Override
    public ChatStream handle(Exchange exchange) {
        Route found = router.route(exchange);
        Route route = exchange.options().failover() ? found : found.withoutFailover();
        RoutingDecision decision = route.decision();
        exchange.listener().routed(exchange, decision);
        if (decision.refusal() != null) {
            throw Refusals.exception(decision);
        }
        ChatStream answer = waitedFor(route, exchange);
        LocalDate sunset = decision.sunset();
        return sunset == null ? answer : new SunsetChatStream(answer, sunset);
    }

    private ChatStream waitedFor(Route route, Exchange exchange) {
        long start = ticker.read();
        try {
            return new WaitedChatStream(answer(route, exchange), exchange, ticker);
        } finally {
            exchange.listener().providersWaited(exchange, Duration.ofNanos(ticker.read() - start));
        }
    }

    private ChatStream answer(Route route, Exchange exchange) {
        List<RouteTarget> targets = route.targets();
        Duration delay = hedging == null || targets.size() < 2 ? null : hedging.delay(exchange);
        if (hedging == null || delay == null) {
            return walk(exchange, targets, 0, null);
        }
        Race race = new Race(step, exchange, route);
        ChatStream answer = race.run(delay, hedging);
        return answer != null ? answer : walk(exchange, targets, race.asked(), race.failures());
    }

    private ChatStream walk(Exchange exchange, List<RouteTarget> targets, int from, @Nullable ChainFailures before) {
        Cancellation cancellation = exchange.options().cancellation();
        ChainFailures failures = before;
        for (int next = from; next < targets.size() && !isOver(failures, cancellation); next++) {
            RouteTarget target = targets.get(next);
            try {
                return step.attempt(new Attempt(exchange, target, cancellation));
            } catch (GatewayException e) {
                failures = new ChainFailures(failures, target, e);
            }
        }
        if (failures == null) {
            throw new IllegalStateException("a route has at least one target");
        }
        throw failures.toThrow();
    }

    private static boolean isOver(@Nullable ChainFailures failures, Cancellation cancellation) {
        return failures != null && (failures.areFinal() || cancellation.isCancelled());
    }
}
