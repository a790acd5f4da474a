package dev.llmgateway.api;

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
        ChatStream answer = walk(exchange, targets(route, exchange));
        LocalDate sunset = route.decision().sunset();
        return sunset == null ? answer : new SunsetChatStream(answer, sunset);
    }

    private ChatStream walk(Exchange exchange, List<RouteTarget> targets) {
        Cancellation cancellation = exchange.options().cancellation();
        ChainFailures failures = null;
        for (RouteTarget target : targets) {
            try {
                return step.attempt(new Attempt(exchange, target, cancellation));
            } catch (GatewayException e) {
                failures = new ChainFailures(failures, target, e);
                if (failures.areFinal() || cancellation.isCancelled()) {
                    break;
                }
            }
        }
        throw require(failures).toThrow();
    }

    private static List<RouteTarget> targets(Route route, Exchange exchange) {
        if (route.decision().refusal() != null) {
            throw Refusals.exception(route.decision());
        }
        return exchange.options().failover() ? route.targets() : route.targets().subList(0, 1);
    }

    private static ChainFailures require(@Nullable ChainFailures failures) {
        if (failures == null) {
            throw new IllegalStateException("a route has at least one target");
        }
        return failures;
    }
}
