package dev.llmgateway.server;

import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.cache.AnswerCache;
import dev.llmgateway.api.items.KeptItems;
import dev.llmgateway.resilience.DeadlineTimer;
import dev.llmgateway.resilience.circuit.Breakers;
import dev.llmgateway.resilience.quota.ProviderQuotas;
import dev.llmgateway.resilience.tenants.Authentication;
import dev.llmgateway.routing.LiveTtft;
import dev.llmgateway.routing.ModelRouter;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.management.ProviderRegistry;
import dev.llmgateway.server.metrics.MetricsPage;
import dev.llmgateway.server.metrics.OtlpExport;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.recording.Recorder;
import java.time.InstantSource;
import java.util.Map;
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
 * @param items what callers of Responses may refer to; null when nothing is kept
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
        @Nullable KeptItems items,
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
        return new Assembling(config, clock, ticker, watchers).assemble();
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
