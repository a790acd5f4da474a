package dev.llmgateway.api.spi;

import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.routing.RoutingDecision;

/** Decides who is asked. Thread safe, and quick: it runs on the request path. */
@FunctionalInterface
public interface Router {

    /** The targets to try, best first, or the refusal. May remember the choice for the rest of the conversation. */
    Route route(Exchange exchange);

    /** The decision that {@link #route} would make now; nothing is remembered. */
    default RoutingDecision preview(Exchange exchange) {
        return route(exchange).decision();
    }
}
