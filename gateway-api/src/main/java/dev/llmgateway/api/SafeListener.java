package dev.llmgateway.api;

import dev.llmgateway.api.routing.RoutingDecision;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Tells several listeners, and lets none of them disturb the call. */
final class SafeListener implements GatewayListener {

    private static final Logger LOG = System.getLogger(SafeListener.class.getName());

    private final List<GatewayListener> listeners;

    SafeListener(List<GatewayListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void callStarted(Exchange exchange) {
        tell(listener -> listener.callStarted(exchange));
    }

    @Override
    public void routed(Exchange exchange, RoutingDecision decision) {
        tell(listener -> listener.routed(exchange, decision));
    }

    @Override
    public void attemptCommitted(Attempt attempt, Duration elapsed) {
        tell(listener -> listener.attemptCommitted(attempt, elapsed));
    }

    @Override
    public void attemptFailed(Attempt attempt, GatewayException error) {
        tell(listener -> listener.attemptFailed(attempt, error));
    }

    @Override
    public void callEnded(Exchange exchange, Outcome outcome) {
        tell(listener -> listener.callEnded(exchange, outcome));
    }

    private void tell(Consumer<GatewayListener> what) {
        for (GatewayListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a listener failed; the call goes on", e);
            }
        }
    }
}
