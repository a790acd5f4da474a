package dev.llmgateway.api;

import dev.llmgateway.api.routing.CircuitState;
import dev.llmgateway.api.routing.LevelSource;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.spi.Embedding;
import dev.llmgateway.api.spi.RouteTarget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens. Called on a thread that works for the call, never on two at once for one call but while two targets
 * race: be quick. What it throws is logged and goes no further. Thread safe.
 */
public interface GatewayListener {

    /** Is told and does nothing. */
    GatewayListener NOBODY = new GatewayListener() {};

    /** A call has begun. Who calls may not be known yet. */
    default void callStarted(Exchange exchange) {}

    /** It was found out whom the call belongs to. */
    default void authenticated(Exchange exchange) {}

    /** The call repeats an earlier one by its idempotency key and gets that one's answer. */
    default void replayed(Exchange exchange) {}

    /** The caller's limits were looked at; when nothing is left, a refusal follows. */
    default void limited(Exchange exchange, RateLimits left) {}

    /** Something was found in the request, before anybody was asked, or in the answer, before it left. */
    default void contentFound(Exchange exchange, ComplianceFinding finding) {}

    /**
     * The call's text carries a marking above the level that it came with, and the call is treated by the marking's from here
     * on. The exchange has that level; the one that {@link #callStarted} and {@link #callEnded} show still has the other.
     */
    default void classificationRaised(Exchange exchange, LevelSource.Marking why) {}

    /** What is said in the call is kept, here; what will be said in the answer is added to it. */
    default void transcribed(Exchange exchange, Transcript transcript) {}

    /** A cache was asked. */
    default void cacheAsked(Exchange exchange, CacheLookup found) {}

    /** A text of the call was embedded for a cache, at this cost. May come after the call has ended, on another thread. */
    default void embedded(Exchange exchange, Embedding.Cost cost) {}

    /** It was decided who is asked, or that nobody is. */
    default void routed(Exchange exchange, RoutingDecision decision) {}

    /** A second target is asked because the first is slow; whoever answers first is used. */
    default void hedged(Exchange exchange, RouteTarget slow, RouteTarget second) {}

    /** A provider told, in the headers of an answer, what the key that was used may still ask of it. */
    default void providerLimits(Attempt attempt, RateLimits left) {}

    /** A target is asked, unless its circuit or a limit forbids it: then it fails at once. */
    default void attemptStarted(Attempt attempt) {}

    /**
     * A try's first content has arrived, so that its target answers the call, unless it raced another one and lost, or the caller
     * has left: then {@link #attemptDiscarded} follows. {@code elapsed} counts from the try's start.
     */
    default void attemptCommitted(Attempt attempt, Duration elapsed) {}

    /**
     * A try failed before anything of it was passed on; the same target again, or the next, may follow. {@code spent} is what its
     * provider takes for it, since it had begun to answer, or was given no time to; null when it refused, or was never reached.
     */
    default void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge spent) {}

    /** The same target will be tried again after a pause. */
    default void retrying(Attempt attempt, GatewayException error, Duration pause) {}

    /**
     * The race that {@link #hedged} told of is over.
     *
     * @param winner the one of the two that answers the call; null when both have failed, and the next target follows
     */
    default void raceEnded(Exchange exchange, RouteTarget slow, RouteTarget second, @Nullable RouteTarget winner) {}

    /**
     * A try was ended because the target that raced it answered first, because its caller's thread was interrupted, or because
     * its caller left before anything of its answer was passed on; {@code spent} is what it cost, or null when it was never sent. No {@link #attemptFailed} follows. Like {@link #embedded} it may come
     * after the call has ended.
     */
    default void attemptDiscarded(Attempt attempt, @Nullable Charge spent) {}

    /**
     * The call has waited so long for providers: told when one has answered or all have failed, pauses between tries included,
     * and once more for what came after the first content. A call that is answered from memory waits for nobody.
     */
    default void providersWaited(Exchange exchange, Duration waited) {}

    /** An attempt, or the time, has changed how a target is trusted; {@code reason} is for people. */
    default void circuitChanged(Attempt attempt, CircuitState from, CircuitState to, String reason) {}

    /** A call has ended; exactly once for each that began, whatever its end. */
    default void callEnded(Exchange exchange, Outcome outcome) {}
}
