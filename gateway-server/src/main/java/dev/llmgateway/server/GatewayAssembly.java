package dev.llmgateway.server;

import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.cache.AnswerCache;
import dev.llmgateway.api.spi.RecordSink;
import dev.llmgateway.api.spi.TargetHealth;
import dev.llmgateway.resilience.DeadlineTimer;
import dev.llmgateway.resilience.circuit.Breakers;
import dev.llmgateway.resilience.quota.ProviderQuotas;
import dev.llmgateway.resilience.tenants.Authentication;
import dev.llmgateway.routing.LiveTtft;
import dev.llmgateway.routing.ModelRouter;
import dev.llmgateway.routing.catalog.CatalogClearances;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.signals.AdaptiveQuality;
import dev.llmgateway.server.catalog.ConfiguredModels;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.config.ModelsConfig;
import dev.llmgateway.server.http.HttpFront;
import dev.llmgateway.server.management.ProviderRegistry;
import dev.llmgateway.server.metrics.MetricsPage;
import dev.llmgateway.server.metrics.OtlpExport;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.recording.Recorder;
import dev.llmgateway.store.recording.Transcripts;
import dev.llmgateway.telemetry.metrics.CircuitMetrics;
import dev.llmgateway.telemetry.metrics.Meters;
import dev.llmgateway.telemetry.metrics.OverheadMetrics;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A gateway made from a configuration, with what the HTTP side needs to know of it.
 *
 * @param router also tells which models there are
 * @param catalog the models and the providers as they are now
 * @param providers puts providers into the catalog and takes them out
 * @param database where things are kept over a restart; null when there is none
 * @param quality what is reported about the models
 * @param shadows copies of calls to a candidate model
 * @param ttft how quick they are
 * @param breakers how far providers are trusted
 * @param quotas how much may be asked of providers; null when that is not watched
 * @param metrics what {@code /metrics} shows
 * @param export what sends traces; null when nothing does
 * @param caches those that are switched on, by name
 * @param callers finds out who calls
 * @param records what is remembered of calls
 * @param recorder is told of requests that do not become calls
 * @param timer ends the calls that take too long
 */
record GatewayAssembly(
        Gateway gateway,
        ModelRouter router,
        LiveCatalog catalog,
        ProviderRegistry providers,
        @Nullable Database database,
        KeptQuality quality,
        Shadows shadows,
        LiveTtft ttft,
        Breakers breakers,
        @Nullable ProviderQuotas quotas,
        MetricsPage metrics,
        @Nullable OtlpExport export,
        Map<String, AnswerCache> caches,
        Authentication callers,
        Records records,
        Recorder recorder,
        DeadlineTimer timer)
        implements AutoCloseable {

    /**
     * Makes everything that the configuration says; nothing is sent yet.
     *
     * @param clock tells the day by which models retire
     * @param ticker measures time for everything
     * @param watchers are told of calls
     * @throws dev.llmgateway.server.config.ConfigException when what it says of models cannot be
     */
    static GatewayAssembly of(GatewayConfig config, InstantSource clock, Ticker ticker, Watchers watchers) {
        LiveCatalog catalog = ConfiguredModels.catalog(config);
        ProviderRegistry providers =
                new ProviderRegistry(catalog, config.resilience().timeouts().connect());
        providers.addConfigured(config.providers());
        LiveTtft liveTtft = new LiveTtft(ticker);
        ConfiguredResilience resilience = new ConfiguredResilience(config.resilience(), providers, ticker);
        Breakers breakers = resilience.breakers(clock);
        ProviderQuotas quotas = ConfiguredQuotas.of(config.access().providerQuota(), ticker);
        AdaptiveQuality adaptive = AdaptiveQuality.of(catalog, clock);
        ModelRouter router = router(config, catalog, clock, ticker)
                .liveTtft(liveTtft)
                .reports(adaptive.board())
                .health(health(breakers, quotas))
                .build();
        CatalogPrices prices = new CatalogPrices(catalog);
        MetricsPage metrics = new MetricsPage(prices);
        Meters meters = metrics.meters();
        Database database = ConfiguredDatabase.open(config.storage().database(), metrics.registry());
        KeptQuality quality = KeptQuality.start(adaptive, database, meters);
        DeadlineTimer timer = DeadlineTimer.start(ticker);
        Authentication callers = Tenants.authentication(config.access(), providers);
        Supplier<Gateway.Builder> guarded = () -> {
            Gateway.Builder made = Gateway.builder()
                    .router(router)
                    .ticker(ticker)
                    .clearances(new CatalogClearances(catalog))
                    .maxClassification(config.sanitization().maxClassification());
            resilience.add(made, breakers, timer);
            ConfiguredQuotas.add(quotas, made);
            return made;
        };
        Gateway.Builder gateway = guarded.get().stage(Stage.AUTHENTICATION, callers);
        gateway.listener(liveTtft);
        if (watchers.own()) {
            listen(gateway, meters, breakers);
        }
        ConfiguredQuotas.show(quotas, gateway, meters);
        Map<String, AnswerCache> caches = ConfiguredCaches.add(config.storage(), providers, router, gateway, ticker);
        Tenants.limit(config.access(), gateway, ticker);
        RecordSink watching = RecordSink.all(List.of(new OverheadMetrics(meters), watchers.log()));
        Records records = database == null
                ? Records.inMemory(watching)
                : Records.in(database, config.storage().database(), clock, watching);
        Recorder recorder = records.recorder(prices, clock, ticker);
        if (watchers.own()) {
            gateway.stage(Stage.AUDIT, recorder);
            if (config.storage().database().storeBodies()) {
                gateway.stage(Stage.TRANSCRIPT, new Transcripts());
            }
        }
        Shadows shadows = Shadows.start(
                config.models().shadow(),
                gateway,
                guarded.get(),
                database,
                new Shadows.Measures(prices, clock, ticker),
                meters);
        records.show(meters);
        OtlpExport export = watchers.own()
                ? ConfiguredTelemetry.add(config.operations().telemetry(), gateway, prices, ticker)
                : null;
        ConfiguredCompliance.add(config.sanitization(), gateway);
        gateway.listener(watchers.listener());
        return new GatewayAssembly(
                gateway.build(),
                router,
                catalog,
                providers,
                database,
                quality,
                shadows,
                liveTtft,
                breakers,
                quotas,
                metrics,
                export,
                caches,
                callers,
                records,
                recorder,
                timer);
    }

    private static TargetHealth health(Breakers breakers, @Nullable ProviderQuotas quotas) {
        return TargetHealth.all(quotas == null ? List.of(breakers) : List.of(breakers, quotas));
    }

    private static void listen(Gateway.Builder gateway, Meters meters, Breakers breakers) {
        meters.watch(gateway, HttpFront::statusOf)
                .listener(new CircuitMetrics(meters, breakers::circuit))
                .listener(new DecisionLog())
                .listener(new CircuitLog())
                .listener(new FindingLog());
    }

    private static ModelRouter.Builder router(
            GatewayConfig config, LiveCatalog catalog, InstantSource clock, Ticker ticker) {
        ModelsConfig.Routing routing = config.models().routing();
        BigDecimal ceiling = routing.maxCostPerRequest();
        return ModelRouter.builder(catalog)
                .clock(clock)
                .ticker(ticker)
                .rules(routing.rules())
                .stickyTtl(routing.stickyTtl())
                .maxCostPerRequest(ceiling == null ? null : ceiling.doubleValue())
                .maxClassification(config.sanitization().maxClassification());
    }

    /** Closes the providers too: the gateway itself was given none, since they may come and go. */
    @Override
    public void close() {
        gateway.close();
        shadows.close();
        providers.close();
        records.close();
        quality.close();
        if (database != null) {
            database.close();
        }
        timer.close();
        metrics.close();
        if (export != null) {
            export.close();
        }
    }
}
