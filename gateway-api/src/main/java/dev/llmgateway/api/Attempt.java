package dev.llmgateway.api;

import dev.llmgateway.api.spi.RouteTarget;

/**
 * A target that is asked: one try, and at {@link AttemptStage#RETRY} all tries of it.
 *
 * @param cancellation ends one try alone, except at {@link AttemptStage#RETRY}: there it ends all tries of the target, and is
 *     the call's own unless targets race
 */
public record Attempt(Exchange exchange, RouteTarget target, Cancellation cancellation) {}
