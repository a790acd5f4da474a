package dev.llmgateway.api.spi;

import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;

/** Decides who is asked. Thread safe, and quick: it runs on the request path. */
@FunctionalInterface
public interface Router {

    /**
     * The targets to try, best first.
     *
     * @throws GatewayException.ModelNotFound when the model's name means nothing
     * @throws GatewayException when no target may serve the request
     */
    Route route(Exchange exchange);
}
