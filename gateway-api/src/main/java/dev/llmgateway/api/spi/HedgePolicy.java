package dev.llmgateway.api.spi;

import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.routing.RoutingDecision;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides for which calls a second target is asked because the first is slow. It is told of all calls as a listener, so that
 * it can weigh what the second requests cost against everything else, and how each race ended
 * ({@link GatewayListener#raceEnded}). Thread safe, and quick: it runs on the request path.
 */
public interface HedgePolicy extends GatewayListener {

    /**
     * How long the first target of a call may take before a second is asked. Asked once for every call that has a second target
     * and may fail over.
     *
     * @return zero or longer; null when the call's targets are to be asked one after the other
     */
    @Nullable
    Duration delay(Exchange exchange);

    /**
     * Whether the second target may be asked now that the delay is over. If so, it is.
     *
     * @param decision its chain begins with the two targets
     */
    boolean mayHedge(Exchange exchange, RoutingDecision decision);
}
