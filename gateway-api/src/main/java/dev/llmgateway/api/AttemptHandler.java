package dev.llmgateway.api;

/** Makes an attempt; the inner side of an {@link AttemptInterceptor}. */
@FunctionalInterface
public interface AttemptHandler {

    /**
     * Begins the attempt's answer.
     *
     * @throws GatewayException when there will be none
     */
    ChatStream attempt(Attempt attempt);
}
