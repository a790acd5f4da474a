package dev.llmgateway.api;

/**
 * Is told what happens. Called on the request's thread: be quick. What it throws is logged and goes no further. Thread
 * safe.
 */
public interface GatewayListener {

    /** A call has begun. */
    default void callStarted(Exchange exchange) {}

    /** An attempt failed before anything of it was passed on; the next target follows when there is one. */
    default void attemptFailed(Attempt attempt, GatewayException error) {}

    /** A call has ended; exactly once for each that began, whatever its end. */
    default void callEnded(Exchange exchange, Outcome outcome) {}
}
