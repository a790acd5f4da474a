package dev.llmgateway.resilience.hedge;

import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.spi.HedgePolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Second requests for the profile {@code realtime} alone, unless the gateway is busy, and as long as their estimated cost stays
 * below a percentage of what all calls are estimated to cost. Of a call's first two targets, one that was not ranked, or has no
 * price, counts like the other; where neither has one, requests are counted in place of dollars.
 *
 * <pre>{@code
 * Gateway.builder()
 *         .provider(Providers.openAi("openai", key))
 *         .provider(Providers.groq("groq", otherKey))
 *         .hedging(Hedging.by(HedgeSettings.DEFAULT))
 * }</pre>
 *
 * <p>For one gateway. Thread safe.
 */
public final class Hedging implements HedgePolicy {

    private static final double NANO_DOLLARS = 1e9;

    /** Estimates beyond this are no estimates; it keeps the sums within their range. */
    private static final double DEAREST_CALL = 10_000;

    private final HedgeSettings settings;
    private final Ticker ticker;
    private final ExtraSpend dollars;
    private final ExtraSpend requests;
    private final AtomicInteger inFlight = new AtomicInteger();

    /** Hedges by these settings; nothing is spent yet. */
    public Hedging(HedgeSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        long now = ticker.read();
        dollars = new ExtraSpend(settings.maxExtraPercent(), now);
        requests = new ExtraSpend(settings.maxExtraPercent(), now);
    }

    /** Hedges by these settings on the JVM's ticks. */
    public static Hedging by(HedgeSettings settings) {
        return new Hedging(settings, Ticker.system());
    }

    @Override
    public @Nullable Duration delay(Exchange exchange) {
        RoutingProfile profile = exchange.options().routing().profile();
        return profile.name().equals(RoutingProfile.REALTIME.name()) && !isBusy() ? settings.delay() : null;
    }

    @Override
    public boolean mayHedge(Exchange exchange, RoutingDecision decision) {
        if (isBusy()) {
            return false;
        }
        Double cost = cost(decision, 1, 0);
        long now = ticker.read();
        return cost == null ? requests.trySpend(1, now) : dollars.trySpend(nanoDollars(cost), now);
    }

    private boolean isBusy() {
        return inFlight.get() >= settings.maxCallsInFlight();
    }

    @Override
    public void callStarted(Exchange exchange) {
        inFlight.incrementAndGet();
    }

    @Override
    public void callEnded(Exchange exchange, Outcome outcome) {
        inFlight.decrementAndGet();
    }

    @Override
    public void routed(Exchange exchange, RoutingDecision decision) {
        if (decision.refusal() != null) {
            return;
        }
        Double cost = cost(decision, 0, 1);
        if (cost == null) {
            requests.called(1, ticker.read());
        } else {
            dollars.called(nanoDollars(cost), ticker.read());
        }
    }

    /** What a target is estimated to cost, in dollars, or else the other one; null when neither price is known. */
    private static @Nullable Double cost(RoutingDecision decision, int place, int other) {
        Double cost = cost(decision, place);
        return cost == null ? cost(decision, other) : cost;
    }

    private static @Nullable Double cost(RoutingDecision decision, int place) {
        if (place >= decision.chain().size()) {
            return null;
        }
        Candidate target = decision.chain().get(place).candidate();
        for (Ranked ranked : decision.ranking()) {
            if (ranked.candidate().equals(target)) {
                double cost = ranked.estimatedCost();
                return Double.isNaN(cost) ? null : Double.valueOf(cost);
            }
        }
        return null;
    }

    private static long nanoDollars(double dollars) {
        return Math.round(Math.min(dollars, DEAREST_CALL) * NANO_DOLLARS);
    }
}
