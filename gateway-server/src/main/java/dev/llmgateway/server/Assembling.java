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
import dev.llmgateway.server.config.StorageConfig;
import dev.llmgateway.server.http.HttpFront;
import dev.llmgateway.server.management.ProviderRegistry;
import dev.llmgateway.server.metrics.MetricsPage;
import dev.llmgateway.server.metrics.OtlpExport;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.recording.Discretion;
import dev.llmgateway.store.recording.Recorder;
import dev.llmgateway.store.recording.Transcripts;
import dev.llmgateway.telemetry.metrics.CircuitMetrics;
import dev.llmgateway.telemetry.metrics.Meters;
import dev.llmgateway.telemetry.metrics.OverheadMetrics;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a gateway as a configuration says, and puts them together. Used once. */
final class Assembling {

    private final GatewayConfig config;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Watchers watchers;
    private final LiveCatalog catalog;
    private final ProviderRegistry providers;
    private final LiveTtft ttft;
    private final ConfiguredResilience resilience;
    private final Breakers breakers;
    private final @Nullable ProviderQuotas quotas;
    private final AdaptiveQuality adaptive;
    private final ModelRouter router;
    private final CatalogPrices prices;
    private final MetricsPage metrics;
    private final @Nullable Database database;
    private final DeadlineTimer timer;
    private final Authentication callers;
    private final UnaryOperator<String> names;

    /** Makes what the other parts need; the arguments are those of {@link GatewayAssembly#of}. */
    Assembling(GatewayConfig config, InstantSource clock, Ticker ticker, Watchers watchers) {
        this.config = config;
        this.clock = clock;
        this.ticker = ticker;
        this.watchers = watchers;
        catalog = ConfiguredModels.catalog(config);
        providers = new ProviderRegistry(catalog, config.resilience().timeouts().connect());
        providers.addConfigured(config.providers());
        ttft = new LiveTtft(ticker);
        resilience = new ConfiguredResilience(config.resilience(), providers, ticker);
        breakers = resilience.breakers(clock);
        quotas = ConfiguredQuotas.of(config.access().providerQuota(), ticker);
        adaptive = AdaptiveQuality.of(catalog, clock);
        router = router(config, catalog, clock, ticker)
                .liveTtft(ttft)
                .reports(adaptive.board())
                .health(health(breakers, quotas))
                .build();
        prices = new CatalogPrices(catalog);
        names = ConfiguredCompliance.names(config.sanitization());
        metrics = new MetricsPage(prices, names);
        database = ConfiguredDatabase.open(config.storage().database(), metrics.registry());
        timer = DeadlineTimer.start(ticker);
        callers = Tenants.authentication(config.access(), providers);
    }

    /** Puts them together. */
    GatewayAssembly assemble() {
        Meters meters = metrics.meters();
        Gateway.Builder gateway = guarded().stage(Stage.AUTHENTICATION, callers).listener(ttft);
        if (watchers.own()) {
            listen(gateway);
        }
        ConfiguredQuotas.show(quotas, gateway, meters);
        Map<String, AnswerCache> caches = ConfiguredCaches.add(config.storage(), providers, router, gateway, ticker);
        Tenants.limit(config.access(), gateway, ticker);
        Records records = records();
        boolean keepsBodies = config.storage().database().storeBodies();
        Recorder recorder = records.recorder(prices, clock, ticker).with(new Discretion(names, keepsBodies));
        record(recorder, gateway);
        Shadows shadows = shadows(gateway);
        records.show(meters);
        OtlpExport export = watchers.own()
                ? ConfiguredTelemetry.add(config.operations().telemetry(), gateway, prices, names, ticker)
                : null;
        ConfiguredCompliance.add(config.sanitization(), gateway);
        gateway.listener(watchers.listener());
        return new GatewayAssembly(
                gateway.build(),
                router,
                catalog,
                providers,
                database,
                KeptQuality.start(adaptive, database, meters),
                shadows,
                ttft,
                breakers,
                quotas,
                metrics,
                export,
                caches,
                ConfiguredCaches.items(config.storage().keptItems(), ticker),
                callers,
                records,
                recorder,
                timer);
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

    private static TargetHealth health(Breakers breakers, @Nullable ProviderQuotas quotas) {
        return TargetHealth.all(quotas == null ? List.of(breakers) : List.of(breakers, quotas));
    }

    /** A gateway that asks providers with all care, and knows no callers. */
    private Gateway.Builder guarded() {
        Gateway.Builder made = Gateway.builder()
                .router(router)
                .ticker(ticker)
                .clearances(new CatalogClearances(catalog))
                .maxClassification(config.sanitization().maxClassification());
        resilience.add(made, breakers, timer);
        ConfiguredQuotas.add(quotas, made);
        return made;
    }

    private void listen(Gateway.Builder gateway) {
        metrics.meters()
                .watch(gateway, HttpFront::statusOf)
                .listener(new CircuitMetrics(metrics.meters(), breakers::circuit))
                .listener(new DecisionLog(names))
                .listener(new CircuitLog())
                .listener(new FindingLog());
    }

    private Records records() {
        StorageConfig.Database where = config.storage().database();
        RecordSink watching = RecordSink.all(List.of(new OverheadMetrics(metrics.meters()), watchers.log()));
        return database == null ? Records.inMemory(watching) : Records.in(database, where, clock, watching);
    }

    private void record(Recorder recorder, Gateway.Builder gateway) {
        if (watchers.own()) {
            gateway.stage(Stage.AUDIT, recorder);
            if (config.storage().database().storeBodies()) {
                gateway.stage(Stage.TRANSCRIPT, new Transcripts());
            }
        }
    }

    private Shadows shadows(Gateway.Builder gateway) {
        Shadows.Measures measures = new Shadows.Measures(prices, clock, ticker);
        return Shadows.start(config.models().shadow(), gateway, guarded(), database, measures, metrics.meters());
    }
}
