package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException.RateLimited;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Outcome;

/** Counts the calls that tenants' limits refuse. Thread safe. */
public final class RateLimitMetrics implements GatewayListener {

    private final Meters meters;

    public RateLimitMetrics(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void callEnded(Exchange exchange, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed && failed.error() instanceof RateLimited limited) {
            meters.rateLimited(limited.limit());
        }
    }
}
