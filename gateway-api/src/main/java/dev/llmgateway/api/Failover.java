package dev.llmgateway.api;

import dev.llmgateway.api.spi.Route;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.api.spi.Router;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries one target after the other until one commits: until the first event with content has been read from it. Up to then
 * nothing has been passed on, so a failure can be mended without the caller noticing; afterwards it cannot, and is thrown.
 */
final class Failover implements Handler {

    private final Router router;
    private final AttemptHandler attempts;
    private final GatewayListener listener;
    private final Ticker ticker;

    Failover(Router router, AttemptHandler attempts, GatewayListener listener, Ticker ticker) {
        this.router = router;
        this.attempts = attempts;
        this.listener = listener;
        this.ticker = ticker;
    }

    @Override
    public ChatStream handle(Exchange exchange) {
        Route route = router.route(exchange);
        listener.routed(exchange, route.decision());
        GatewayException last = null;
        for (RouteTarget target : targets(route, exchange)) {
            Attempt attempt = new Attempt(
                    exchange, target, exchange.options().cancellation().child());
            try {
                return committed(attempt, route.decision().sunset());
            } catch (GatewayException e) {
                last = e;
                listener.attemptFailed(attempt, e);
                if (!e.mayFailOver()
                        || attempt.exchange().options().cancellation().isCancelled()) {
                    break;
                }
            }
        }
        throw require(last);
    }

    private static List<RouteTarget> targets(Route route, Exchange exchange) {
        if (route.decision().refusal() != null) {
            throw Refusals.exception(route.decision());
        }
        return exchange.options().failover() ? route.targets() : route.targets().subList(0, 1);
    }

    private ChatStream committed(Attempt attempt, @Nullable LocalDate sunset) {
        long start = ticker.read();
        ChatStream stream = attempts.attempt(attempt);
        try {
            ChatStream committed = CommittedChatStream.commit(stream, sunset);
            listener.attemptCommitted(attempt, Duration.ofNanos(ticker.read() - start));
            return committed;
        } catch (RuntimeException | Error e) {
            stream.close();
            throw e;
        }
    }

    private static GatewayException require(@Nullable GatewayException last) {
        if (last == null) {
            throw new IllegalStateException("a route has at least one target");
        }
        return last;
    }
}
