package dev.llmgateway.api;

import dev.llmgateway.api.routing.RoutingDecision;
import java.time.Duration;

/**
 * Is told what happens. Called on the request's thread: be quick. What it throws is logged and goes no further. Thread
 * safe.
 */
public interface GatewayListener {

    /** A call has begun. */
    default void callStarted(Exchange exchange) {}

    /** It was decided who is asked, or that nobody is. */
    default void routed(Exchange exchange, RoutingDecision decision) {}

    /** A try's first content has arrived, so that its target answers the call; {@code elapsed} counts from the try's start. */
    default void attemptCommitted(Attempt attempt, Duration elapsed) {}

    /** A try failed before anything of it was passed on; the same target again, or the next, may follow. */
    default void attemptFailed(Attempt attempt, GatewayException error) {}

    /** A call has ended; exactly once for each that began, whatever its end. */
    default void callEnded(Exchange exchange, Outcome outcome) {}
}
