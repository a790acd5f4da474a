package dev.llmgateway.server;

import dev.llmgateway.api.AttemptStage;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.resilience.DeadlineTimer;
import dev.llmgateway.resilience.Retry;
import dev.llmgateway.resilience.RetryBudget;
import dev.llmgateway.resilience.RetryPolicy;
import dev.llmgateway.resilience.Timeouts;
import dev.llmgateway.resilience.circuit.Breakers;
import dev.llmgateway.resilience.circuit.CircuitPolicy;
import dev.llmgateway.resilience.hedge.Hedging;
import dev.llmgateway.server.config.ProviderConfig;
import dev.llmgateway.server.config.ResilienceConfig;
import dev.llmgateway.server.management.ProviderRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What a configuration says of providers that fail: when they are asked again, left alone, overtaken and given up. Policies are
 * looked up by the provider's id, since providers come and go; one that was taken out meanwhile may still be asked by a call
 * that runs: by the default.
 */
record ConfiguredResilience(ResilienceConfig config, ProviderRegistry providers, Ticker ticker) {

    /** Puts all of it around a gateway's attempts. */
    void add(Gateway.Builder gateway, Breakers breakers, DeadlineTimer timer) {
        ResilienceConfig.Timeouts limits = config.timeouts();
        gateway.timeout(limits.total())
                .attemptStage(AttemptStage.RETRY, retry())
                .attemptStage(AttemptStage.BREAKER, breakers)
                .attemptStage(
                        AttemptStage.TIMEOUTS,
                        new Timeouts(timer, limits.firstEvent(), limits.idle(), limits.wholeAnswer(), limits.stream()));
        if (config.hedge().enabled()) {
            gateway.hedging(new Hedging(config.hedge().settings(), ticker));
        }
    }

    private Retry retry() {
        Function<String, RetryPolicy> policies = id -> providers
                .config(id)
                .map(ProviderConfig::retry)
                .orElse(config.retry())
                .policy();
        return new Retry(policies, new RetryBudget(ticker), ticker, Thread::sleep);
    }

    /** Circuits that are all closed. */
    Breakers breakers(InstantSource clock) {
        Function<String, CircuitPolicy> policies = id -> providers
                .config(id)
                .map(ProviderConfig::circuitBreaker)
                .orElse(config.circuitBreaker())
                .policy();
        return new Breakers(policies, patience(), ticker, clock);
    }

    /** Half of the usual time of a whole call must be enough to judge, or a short one would never speak against a target. */
    private Duration patience() {
        Duration half = config.timeouts().total().dividedBy(2);
        Duration first = config.timeouts().firstEvent();
        return first.compareTo(half) < 0 ? first : half;
    }
}
