package dev.llmgateway.api;

/** A concern around one upstream attempt. The rules of {@link Interceptor} hold. */
@FunctionalInterface
public interface AttemptInterceptor {

    /**
     * Makes the attempt, by {@code next.attempt(...)}, once or (a retry) several times one after the other.
     *
     * @throws GatewayException when there will be no answer
     */
    ChatStream intercept(Attempt attempt, AttemptHandler next);
}
