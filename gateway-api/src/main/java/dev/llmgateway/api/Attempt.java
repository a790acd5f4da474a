package dev.llmgateway.api;

import dev.llmgateway.api.spi.RouteTarget;

/**
 * A target that is asked: one try, and at {@link AttemptStage#RETRY} all tries of it.
 *
 * @param cancellation ends one try alone, except at {@link AttemptStage#RETRY}: there it is the call's
 */
public record Attempt(Exchange exchange, RouteTarget target, Cancellation cancellation) {}
