package dev.llmgateway.api;

/** Answers a call; the inner side of an {@link Interceptor}. */
@FunctionalInterface
public interface Handler {

    /**
     * Begins the answer.
     *
     * @throws GatewayException when there will be none
     */
    ChatStream handle(Exchange exchange);
}
