package dev.llmgateway.api;

import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.spi.Route;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.api.spi.Router;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks one target after the other until one commits: until the first event with content has been read from it (see
 * {@link Tries}). Up to then nothing has been passed on, so a failure can be mended without the caller noticing; afterwards
 * it cannot, and is thrown.
 */
final class Failover implements Handler {

    private final Router router;
    private final AttemptHandler step;

    /**
     * A way along the targets.
     *
     * @param step asks one target, as often as it is worth
     */
    Failover(Router router, AttemptHandler step) {
        this.router = router;
        this.step = step;
    }

    @Override
    public ChatStream handle(Exchange exchange) {
        Route route = router.route(exchange);
        exchange.listener().routed(exchange, route.decision());
        Cancellation cancellation = exchange.options().cancellation();
        boolean wasRetried = false;
        GatewayException last = null;
        for (RouteTarget target : targets(route, exchange)) {
            try {
                ChatStream answer = step.attempt(new Attempt(exchange, target, cancellation));
                LocalDate sunset = route.decision().sunset();
                return sunset == null ? answer : new SunsetChatStream(answer, sunset);
            } catch (GatewayException e) {
                last = e;
                wasRetried |= e instanceof ProviderFailed failed && failed.wasRetried();
                if (!e.mayFailOver() || cancellation.isCancelled()) {
                    break;
                }
            }
        }
        throw wasRetried && last instanceof ProviderFailed failed ? failed.afterRetries() : require(last);
    }

    private static List<RouteTarget> targets(Route route, Exchange exchange) {
        if (route.decision().refusal() != null) {
            throw Refusals.exception(route.decision());
        }
        return exchange.options().failover() ? route.targets() : route.targets().subList(0, 1);
    }

    private static GatewayException require(@Nullable GatewayException last) {
        if (last == null) {
            throw new IllegalStateException("a route has at least one target");
        }
        return last;
    }
}
