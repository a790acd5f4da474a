package dev.llmgateway.api;

import dev.llmgateway.api.spi.RouteTarget;

/**
 * One try of one target.
 *
 * @param cancellation ends this attempt alone; ended with the call
 */
public record Attempt(Exchange exchange, RouteTarget target, Cancellation cancellation) {}
