package dev.llmgateway.server;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.routing.CircuitState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Logs which models are left alone because they failed, and when they are trusted again. */
final class CircuitLog implements GatewayListener {

    private static final Logger LOG = System.getLogger("dev.llmgateway.circuits");

    @Override
    public void circuitChanged(Attempt attempt, CircuitState from, CircuitState to, String reason) {
        LOG.log(
                level(to),
                attempt.target() + ": circuit " + from.word() + " -> " + to.word() + ": " + reason + " ("
                        + attempt.exchange().id() + ")");
    }

    private static Level level(CircuitState to) {
        return switch (to) {
            case OPEN -> Level.WARNING;
            case HALF_OPEN -> Level.DEBUG;
            case CLOSED -> Level.INFO;
        };
    }
}
