package dev.llmgateway.api;

/** A concern around one upstream attempt. The rules of {@link Interceptor} hold. */
@FunctionalInterface
public interface AttemptInterceptor {

    /**
     * Makes the attempt, by {@code next.attempt(...)}, once or (a retry) several times one after the other. At
     * {@link AttemptStage#RETRY} each of these is a try with a cancellation of its own, and the stream that comes back has its
     * first content already; at the other stages it may still break off before.
     *
     * @throws GatewayException when there will be no answer
     */
    ChatStream intercept(Attempt attempt, AttemptHandler next);
}
