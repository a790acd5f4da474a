package dev.llmgateway.server;

import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.routing.Elimination;
import dev.llmgateway.api.routing.RoutingDecision;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.UnaryOperator;

/** Logs which models were chosen for a call, at debug level; at trace level also why each of the others was not. */
final class DecisionLog implements GatewayListener {

    private static final Logger LOG = System.getLogger("dev.llmgateway.routing");

    private final UnaryOperator<String> clean;

    /** @param clean takes secrets out of the name that was asked for */
    DecisionLog(UnaryOperator<String> clean) {
        this.clean = clean;
    }

    @Override
    public void routed(Exchange exchange, RoutingDecision decision) {
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, exchange.id() + ": " + clean.apply(decision.summary()));
        }
        if (LOG.isLoggable(Level.TRACE)) {
            for (Elimination out : decision.eliminated()) {
                LOG.log(Level.TRACE, exchange.id() + ": not " + out.candidate() + ": " + clean.apply(out.sentence()));
            }
        }
    }
}
