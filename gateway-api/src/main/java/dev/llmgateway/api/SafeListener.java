package dev.llmgateway.api;

import dev.llmgateway.api.routing.CircuitState;
import dev.llmgateway.api.routing.LevelSource;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.spi.Embedding;
import dev.llmgateway.api.spi.RouteTarget;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells several listeners, and lets none of them disturb the call. */
final class SafeListener implements GatewayListener {

    private static final Logger LOG = System.getLogger(SafeListener.class.getName());

    private final GatewayListener[] listeners;

    /** This listener and one more. */
    static SafeListener both(GatewayListener one, GatewayListener another) {
        SafeListener safe = one instanceof SafeListener known ? known : new SafeListener(List.of(one));
        return safe.and(another);
    }

    SafeListener(List<GatewayListener> listeners) {
        this(listeners.toArray(GatewayListener[]::new));
    }

    private SafeListener(GatewayListener[] listeners) {
        this.listeners = listeners;
    }

    /** These listeners and one more; null for none. */
    SafeListener and(@Nullable GatewayListener another) {
        if (another == null) {
            return this;
        }
        GatewayListener[] all = Arrays.copyOf(listeners, listeners.length + 1);
        all[listeners.length] = another;
        return new SafeListener(all);
    }

    @Override
    public void callStarted(Exchange exchange) {
        tell(listener -> listener.callStarted(exchange));
    }

    @Override
    public void contentFound(Exchange exchange, ComplianceFinding finding) {
        tell(listener -> listener.contentFound(exchange, finding));
    }

    @Override
    public void transcribed(Exchange exchange, Transcript transcript) {
        tell(listener -> listener.transcribed(exchange, transcript));
    }

    @Override
    public void routed(Exchange exchange, RoutingDecision decision) {
        tell(listener -> listener.routed(exchange, decision));
    }

    @Override
    public void attemptStarted(Attempt attempt) {
        tell(listener -> listener.attemptStarted(attempt));
    }

    @Override
    public void providersWaited(Exchange exchange, Duration waited) {
        tell(listener -> listener.providersWaited(exchange, waited));
    }

    @Override
    public void attemptCommitted(Attempt attempt, Duration elapsed) {
        tell(listener -> listener.attemptCommitted(attempt, elapsed));
    }

    @Override
    public void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge spent) {
        tell(listener -> listener.attemptFailed(attempt, error, spent));
    }

    @Override
    public void authenticated(Exchange exchange) {
        tell(listener -> listener.authenticated(exchange));
    }

    @Override
    public void replayed(Exchange exchange) {
        tell(listener -> listener.replayed(exchange));
    }

    @Override
    public void limited(Exchange exchange, RateLimits left) {
        tell(listener -> listener.limited(exchange, left));
    }

    @Override
    public void classificationRaised(Exchange exchange, LevelSource.Marking why) {
        tell(listener -> listener.classificationRaised(exchange, why));
    }

    @Override
    public void cacheAsked(Exchange exchange, CacheLookup found) {
        tell(listener -> listener.cacheAsked(exchange, found));
    }

    @Override
    public void embedded(Exchange exchange, Embedding.Cost cost) {
        tell(listener -> listener.embedded(exchange, cost));
    }

    @Override
    public void hedged(Exchange exchange, RouteTarget slow, RouteTarget second) {
        tell(listener -> listener.hedged(exchange, slow, second));
    }

    @Override
    public void raceEnded(Exchange exchange, RouteTarget slow, RouteTarget second, @Nullable RouteTarget winner) {
        tell(listener -> listener.raceEnded(exchange, slow, second, winner));
    }

    @Override
    public void providerLimits(Attempt attempt, RateLimits left) {
        tell(listener -> listener.providerLimits(attempt, left));
    }

    @Override
    public void retrying(Attempt attempt, GatewayException error, Duration pause) {
        tell(listener -> listener.retrying(attempt, error, pause));
    }

    @Override
    public void attemptDiscarded(Attempt attempt, @Nullable Charge spent) {
        tell(listener -> listener.attemptDiscarded(attempt, spent));
    }

    @Override
    public void circuitChanged(Attempt attempt, CircuitState from, CircuitState to, String reason) {
        tell(listener -> listener.circuitChanged(attempt, from, to, reason));
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
