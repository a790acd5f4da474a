package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.spi.RouteTarget;
import org.jspecify.annotations.Nullable;

/**
 * Counts races by what became of the second request ({@code won}, {@code lost} to the first, or {@code failed} like the
 * first), and the tokens of answers that nobody got; what these cost counts with everything else that was spent. Thread safe.
 */
public final class HedgeMetrics implements GatewayListener {

    private final Meters meters;

    public HedgeMetrics(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void raceEnded(Exchange exchange, RouteTarget slow, RouteTarget second, @Nullable RouteTarget winner) {
        meters.upstream().hedge(winner == null ? "failed" : winner.equals(second) ? "won" : "lost");
    }

    @Override
    public void attemptDiscarded(Attempt attempt, @Nullable Charge spent) {
        if (spent != null) {
            String provider = attempt.target().provider().id();
            meters.upstream().discarded(provider, spent.usage());
            meters.charge(provider, attempt.target().model(), spent);
        }
    }
}
