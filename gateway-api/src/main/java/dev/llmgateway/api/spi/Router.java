package dev.llmgateway.api.spi;

import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.routing.RoutingDecision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides who is asked. Thread safe, and quick: it runs on the request path. */
@FunctionalInterface
public interface Router {

    /** The targets to try, best first, or the refusal. May remember the choice for the rest of the conversation. */
    Route route(Exchange exchange);

    /** The decision that {@link #route} would make now; nothing is remembered. */
    default RoutingDecision preview(Exchange exchange) {
        return route(exchange).decision();
    }

    /**
     * What the request's model name stands for, each as {@code provider/model}, so that two names of the same model give the
     * same; empty when the choice is free, or not made by the name. Nothing is decided or remembered.
     *
     * @return null when the name means nothing, or what it meant is gone
     */
    default @Nullable List<String> named(Exchange exchange) {
        return List.of();
    }
}
