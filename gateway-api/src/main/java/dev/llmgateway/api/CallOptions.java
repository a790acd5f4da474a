package dev.llmgateway.api;

import dev.llmgateway.api.routing.RoutingOptions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says about one call beside the request itself. Immutable.
 *
 * @param requestId the call's id in logs and answers; null to have one made
 * @param timeout for the whole call, all attempts together; null for the gateway's default
 * @param failover false to try only the first target
 * @param routing what is said about the choice of the model
 * @param providerHeaders headers for providers of the caller's own dialect ({@code anthropic-beta}, say), by lower-case
 *     name; never credentials
 * @param cancellation ends the call from another thread
 */
public record CallOptions(
        @Nullable String requestId,
        @Nullable Duration timeout,
        boolean failover,
        RoutingOptions routing,
        Map<String, String> providerHeaders,
        Cancellation cancellation) {

    public CallOptions {
        if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
            throw new IllegalArgumentException("timeout is " + timeout + ": it must be longer than zero");
        }
        providerHeaders = Map.copyOf(providerHeaders);
    }

    /** The gateway's defaults. */
    public static CallOptions defaults() {
        return new CallOptions(null, null, true, RoutingOptions.defaults(), Map.of(), new Cancellation());
    }

    /** The same, ended by this cancellation. */
    CallOptions withCancellation(Cancellation other) {
        return new CallOptions(requestId, timeout, failover, routing, providerHeaders, other);
    }

    /** The same with this id. */
    public CallOptions withRequestId(String id) {
        return new CallOptions(id, timeout, failover, routing, providerHeaders, cancellation);
    }

    /** The same with this time limit. */
    public CallOptions withTimeout(Duration limit) {
        return new CallOptions(requestId, limit, failover, routing, providerHeaders, cancellation);
    }

    /** The same, but only the first target is tried. */
    public CallOptions withoutFailover() {
        return new CallOptions(requestId, timeout, false, routing, providerHeaders, cancellation);
    }

    /** The same with this said about the choice of the model. */
    public CallOptions withRouting(RoutingOptions other) {
        return new CallOptions(requestId, timeout, failover, other, providerHeaders, cancellation);
    }
}
