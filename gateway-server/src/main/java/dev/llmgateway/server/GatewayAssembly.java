package dev.llmgateway.server;

import dev.llmgateway.api.AttemptStage;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.cache.AnswerCache;
import dev.llmgateway.api.idempotency.Idempotency;
import dev.llmgateway.api.spi.TargetHealth;
import dev.llmgateway.resilience.DeadlineTimer;
import dev.llmgateway.resilience.Retry;
import dev.llmgateway.resilience.RetryBudget;
import dev.llmgateway.resilience.RetryPolicy;
import dev.llmgateway.resilience.Timeouts;
import dev.llmgateway.resilience.circuit.Breakers;
import dev.llmgateway.resilience.circuit.CircuitPolicy;
import dev.llmgateway.resilience.hedge.Hedging;
import dev.llmgateway.resilience.quota.ProviderQuotas;
import dev.llmgateway.resilience.tenants.Authentication;
import dev.llmgateway.routing.LiveTtft;
import dev.llmgateway.routing.ModelRouter;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.signals.AdaptiveQuality;
import dev.llmgateway.server.catalog.ConfiguredModels;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.config.ModelsConfig;
import dev.llmgateway.server.config.ProviderConfig;
import dev.llmgateway.server.config.ResilienceConfig;
import dev.llmgateway.server.config.StorageConfig;
import dev.llmgateway.server.http.HttpFront;
import dev.llmgateway.server.management.ProviderRegistry;
import dev.llmgateway.server.metrics.CircuitMetrics;
import dev.llmgateway.server.metrics.GatewayMetrics;
import dev.llmgateway.server.metrics.HedgeMetrics;
import dev.llmgateway.server.metrics.Meters;
import dev.llmgateway.server.metrics.RateLimitMetrics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A gateway made from a configuration, with what the HTTP side needs to know of it.
 *
 * @param router also tells which models there are
 * @param catalog the models and the providers as they are now
 * @param providers puts providers into the catalog and takes them out
 * @param quality what is reported about the models
 * @param ttft how quick they are
 * @param breakers how far providers are trusted
 * @param quotas how much may be asked of providers; null when that is not watched
 * @param caches those that are switched on, by name
 * @param callers finds out who calls
 * @param timer ends the calls that take too long
 */
record GatewayAssembly(
        Gateway gateway,
        ModelRouter router,
        LiveCatalog catalog,
        ProviderRegistry providers,
        AdaptiveQuality quality,
        LiveTtft ttft,
        Breakers breakers,
        @Nullable ProviderQuotas quotas,
        Meters meters,
        Map<String, AnswerCache> caches,
        Authentication callers,
        DeadlineTimer timer)
        implements AutoCloseable {

    /**
     * Makes everything that the configuration says; nothing is sent yet.
     *
     * @param clock tells the day by which models retire
     * @param ticker measures time for everything
     * @param listener is told what happens, after the gateway's own listeners
     * @throws dev.llmgateway.server.config.ConfigException when what it says of models cannot be
     */
    static GatewayAssembly of(GatewayConfig config, InstantSource clock, Ticker ticker, GatewayListener listener) {
        LiveCatalog catalog = ConfiguredModels.catalog(config);
        ProviderRegistry providers =
                new ProviderRegistry(catalog, config.resilience().timeouts().connect());
        providers.addConfigured(config.providers());
        AdaptiveQuality quality = AdaptiveQuality.of(catalog, clock);
        LiveTtft liveTtft = new LiveTtft(ticker);
        Breakers breakers = breakers(config, providers, clock, ticker);
        ProviderQuotas quotas = ConfiguredQuotas.of(config.access().providerQuota(), ticker);
        ModelRouter router = router(config, catalog)
                .clock(clock)
                .ticker(ticker)
                .liveTtft(liveTtft)
                .reports(quality.board())
                .health(health(breakers, quotas))
                .build();
        Meters meters = new Meters(new CatalogPrices(catalog));
        DeadlineTimer timer = DeadlineTimer.start(ticker);
        Authentication callers = Tenants.authentication(config.access(), providers);
        Gateway.Builder gateway = Gateway.builder()
                .router(router)
                .ticker(ticker)
                .stage(Stage.AUTHENTICATION, callers)
                .stage(Stage.IDEMPOTENCY, idempotency(config.storage().idempotency(), ticker))
                .attemptStage(AttemptStage.RETRY, retry(config, providers, ticker))
                .attemptStage(AttemptStage.BREAKER, breakers);
        limitTime(gateway, config.resilience().timeouts(), timer);
        listen(gateway, meters, breakers);
        gateway.listener(liveTtft).listener(listener);
        hedge(gateway, config.resilience().hedge(), ticker);
        ConfiguredQuotas.watch(quotas, gateway, meters);
        Map<String, AnswerCache> caches =
                ConfiguredCaches.add(config.storage().cache(), providers, router, gateway, ticker);
        Tenants.limit(config.access(), gateway, ticker);
        return new GatewayAssembly(
                gateway.build(),
                router,
                catalog,
                providers,
                quality,
                liveTtft,
                breakers,
                quotas,
                meters,
                caches,
                callers,
                timer);
    }

    private static void limitTime(Gateway.Builder gateway, ResilienceConfig.Timeouts limits, DeadlineTimer timer) {
        gateway.timeout(limits.total())
                .attemptStage(
                        AttemptStage.TIMEOUTS,
                        new Timeouts(timer, limits.firstEvent(), limits.idle(), limits.wholeAnswer()));
    }

    private static TargetHealth health(Breakers breakers, @Nullable ProviderQuotas quotas) {
        return TargetHealth.all(quotas == null ? List.of(breakers) : List.of(breakers, quotas));
    }

    private static void listen(Gateway.Builder gateway, Meters meters, Breakers breakers) {
        gateway.listener(new GatewayMetrics(meters, HttpFront::statusOf))
                .listener(new CircuitMetrics(meters, breakers::circuit))
                .listener(new HedgeMetrics(meters))
                .listener(new RateLimitMetrics(meters))
                .listener(new DecisionLog())
                .listener(new CircuitLog());
    }

    private static void hedge(Gateway.Builder gateway, ResilienceConfig.Hedge hedge, Ticker ticker) {
        if (hedge.enabled()) {
            gateway.hedging(new Hedging(hedge.settings(), ticker));
        }
    }

    private static Idempotency idempotency(StorageConfig.Idempotency kept, Ticker ticker) {
        return Idempotency.builder()
                .ttl(kept.ttl())
                .maxEntries(kept.maxEntries())
                .maxBytes(kept.maxBytes())
                .ticker(ticker)
                .build();
    }

    /** A provider that was taken out meanwhile may still be asked by a call that runs: by the default. */
    private static Retry retry(GatewayConfig config, ProviderRegistry providers, Ticker ticker) {
        Function<String, RetryPolicy> policies = id -> providers
                .config(id)
                .map(ProviderConfig::retry)
                .orElse(config.resilience().retry())
                .policy();
        return new Retry(policies, new RetryBudget(ticker), ticker, Thread::sleep);
    }

    private static Breakers breakers(
            GatewayConfig config, ProviderRegistry providers, InstantSource clock, Ticker ticker) {
        Function<String, CircuitPolicy> policies = id -> providers
                .config(id)
                .map(ProviderConfig::circuitBreaker)
                .orElse(config.resilience().circuitBreaker())
                .policy();
        return new Breakers(policies, patience(config.resilience().timeouts()), ticker, clock);
    }

    /** Half of the usual time of a whole call must be enough to judge, or a short one would never speak against a target. */
    private static Duration patience(ResilienceConfig.Timeouts limits) {
        Duration half = limits.total().dividedBy(2);
        return limits.firstEvent().compareTo(half) < 0 ? limits.firstEvent() : half;
    }

    private static ModelRouter.Builder router(GatewayConfig config, LiveCatalog catalog) {
        ModelsConfig.Routing routing = config.models().routing();
        BigDecimal ceiling = routing.maxCostPerRequest();
        return ModelRouter.builder(catalog)
                .rules(routing.rules())
                .stickyTtl(routing.stickyTtl())
                .maxCostPerRequest(ceiling == null ? null : ceiling.doubleValue())
                .maxClassification(config.sanitization().maxClassification());
    }

    /** Closes the providers too: the gateway itself was given none, since they may come and go. */
    @Override
    public void close() {
        gateway.close();
        providers.close();
        timer.close();
        meters.close();
    }
}
