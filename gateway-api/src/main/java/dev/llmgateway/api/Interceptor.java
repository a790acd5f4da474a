package dev.llmgateway.api;

/**
 * A concern around a call: it may change the request, answer itself, or wrap the answer. Thread safe; what it knows of one
 * call lives in the method's locals and in the stream it returns.
 */
@FunctionalInterface
public interface Interceptor {

    /**
     * Handles the call, usually by {@code next.handle(...)}, at most once. Whoever got a stream from {@code next} returns
     * it, wraps it, or closes it.
     *
     * @throws GatewayException when there will be no answer
     */
    ChatStream intercept(Exchange exchange, Handler next);

    /**
     * What {@link #intercept} would pass on, for a dry run: nothing is counted, remembered or told. Only who changes what the
     * choice of the model depends on need override it.
     *
     * @throws GatewayException when nothing would be passed on
     */
    default Exchange preview(Exchange exchange) {
        return exchange;
    }
}
