package dev.llmgateway.server;

import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.items.KeptItems;
import dev.llmgateway.api.spi.RecordSink;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.embeddings.OpenAiEmbeddingsCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.routing.signals.AdaptiveQuality;
import dev.llmgateway.routing.sync.CatalogSync;
import dev.llmgateway.server.analytics.Analytics;
import dev.llmgateway.server.analytics.Erasable;
import dev.llmgateway.server.analytics.QualityAnalytics;
import dev.llmgateway.server.analytics.ShadowReport;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.config.Secret;
import dev.llmgateway.server.config.StorageConfig;
import dev.llmgateway.server.http.HttpFront;
import dev.llmgateway.server.http.HttpSettings;
import dev.llmgateway.server.management.Caches;
import dev.llmgateway.server.management.CatalogCards;
import dev.llmgateway.server.management.CatalogSyncs;
import dev.llmgateway.server.management.DryRun;
import dev.llmgateway.server.management.Management;
import dev.llmgateway.server.management.ModelScores;
import dev.llmgateway.server.management.ProviderList;
import dev.llmgateway.server.management.QualityReports;
import dev.llmgateway.server.management.Questions;
import dev.llmgateway.store.postgres.DatabaseSettings;
import dev.llmgateway.store.recording.RequestLog;
import dev.llmgateway.store.sql.QueryRunner;
import dev.llmgateway.telemetry.metrics.RecordMetrics;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gateway over HTTP.
 *
 * <pre>{@code
 * try (GatewayServer server = GatewayServer.start(ConfigFile.load(path, System::getenv))) {
 *     System.out.println(server.uri());
 *     ...
 * }
 * }</pre>
 *
 * Listens from {@link #start} until {@link #close}. Thread safe.
 */
public final class GatewayServer implements AutoCloseable {

    /** The calendar and the measure of time. */
    private record Clocks(InstantSource clock, Ticker ticker) {}

    private final String host;
    private final GatewayAssembly assembly;
    private final HttpFront front;
    private final SyncSchedule syncs;

    private GatewayServer(String host, GatewayAssembly assembly, HttpFront front, SyncSchedule syncs) {
        this.host = host;
        this.assembly = assembly;
        this.front = front;
        this.syncs = syncs;
    }

    /**
     * Starts a gateway that does what the configuration says, and tells in the log where it listens.
     *
     * @throws GatewayStartException when the address cannot be listened on
     * @throws dev.llmgateway.server.config.ConfigException when what the configuration says of models cannot be
     */
    public static GatewayServer start(GatewayConfig config) {
        return start(config, GatewayListener.NOBODY);
    }

    /**
     * Starts a gateway that tells a listener of the application's, too, what happens to its calls.
     *
     * @throws GatewayStartException when the address cannot be listened on
     * @throws dev.llmgateway.server.config.ConfigException when what the configuration says of models cannot be
     */
    public static GatewayServer start(GatewayConfig config, GatewayListener listener) {
        return start(config, HttpSettings.DEFAULT, InstantSource.system(), Ticker.system(), listener);
    }

    /**
     * Starts a gateway that writes a line about each of its calls.
     *
     * @param log stays the caller's to close, after the server
     *
     * @throws GatewayStartException when the address cannot be listened on
     * @throws dev.llmgateway.server.config.ConfigException when what the configuration says of models cannot be
     */
    public static GatewayServer start(GatewayConfig config, RequestLog log) {
        Clocks clocks = new Clocks(InstantSource.system(), Ticker.system());
        GatewayServer server = start(config, HttpSettings.DEFAULT, clocks, Watchers.usual(GatewayListener.NOBODY, log));
        RecordMetrics.showLog(server.assembly.metrics().meters(), log::dropped);
        return server;
    }

    /**
     * Starts a gateway that keeps no account of its calls: none is recorded, counted or logged. Shows what accounts cost.
     *
     * @throws GatewayStartException when the address cannot be listened on
     * @throws dev.llmgateway.server.config.ConfigException when what the configuration says of models cannot be
     */
    public static GatewayServer startUnwatched(GatewayConfig config) {
        Clocks clocks = new Clocks(InstantSource.system(), Ticker.system());
        return start(config, HttpSettings.DEFAULT, clocks, Watchers.NONE);
    }

    /** Starts a gateway by another calendar. */
    static GatewayServer start(GatewayConfig config, HttpSettings settings, InstantSource clock) {
        return start(config, settings, clock, Ticker.system());
    }

    /** Starts a gateway by another calendar and another measure of time. */
    static GatewayServer start(GatewayConfig config, HttpSettings settings, InstantSource clock, Ticker ticker) {
        return start(config, settings, clock, ticker, GatewayListener.NOBODY);
    }

    /** Starts a gateway by another calendar and another measure of time that tells a listener what happens. */
    static GatewayServer start(
            GatewayConfig config, HttpSettings settings, InstantSource clock, Ticker ticker, GatewayListener listener) {
        return start(config, settings, new Clocks(clock, ticker), Watchers.usual(listener, RecordSink.NOWHERE));
    }

    private static GatewayServer start(GatewayConfig config, HttpSettings settings, Clocks clocks, Watchers watchers) {
        InstantSource clock = clocks.clock;
        GatewayAssembly assembly = GatewayAssembly.of(config, clock, clocks.ticker, watchers);
        CatalogSync sync = new CatalogSync(assembly.catalog(), clock);
        Duration interval = config.models().catalog().syncInterval();
        HttpFront.Service service = new HttpFront.Service(
                assembly.gateway(),
                assembly.router(),
                assembly.catalog(),
                assembly.metrics(),
                assembly.callers(),
                assembly.items(),
                assembly.recorder()::refused,
                management(config, assembly, sync, clock),
                new HttpFront.Access(
                        config.access().auth().adminKey(),
                        config.operations().metrics().isPublic(),
                        config.models().signals().requireScope()),
                GatewayVersion.current());
        HttpFront front = listen(config, settings, service, assembly);
        StartupNotice.log(config, uri(config.server().host(), front.port()));
        SyncSchedule syncs = SyncSchedule.start(sync, interval);
        return new GatewayServer(config.server().host(), assembly, front, syncs);
    }

    private static HttpFront listen(
            GatewayConfig config, HttpSettings settings, HttpFront.Service service, GatewayAssembly assembly) {
        try {
            return HttpFront.start(config.server(), settings, service);
        } catch (RuntimeException e) {
            assembly.close();
            throw new GatewayStartException(config.server(), e);
        }
    }

    private static Management management(
            GatewayConfig config, GatewayAssembly assembly, CatalogSync sync, InstantSource clock) {
        AdaptiveQuality quality = assembly.quality().adaptive();
        return new Management(
                new DryRun(
                        assembly.gateway(),
                        assembly.router()::decide,
                        new OpenAiChatCodec(),
                        new AnthropicMessagesCodec(),
                        new OpenAiResponsesCodec(),
                        new OpenAiEmbeddingsCodec()),
                new QualityReports(
                        assembly.catalog(), quality, assembly.quality().keeper()::record, clock),
                new ModelScores(assembly.catalog(), quality.scores()),
                new CatalogCards(
                        assembly.catalog(),
                        config.models().routing().rules(),
                        assembly.ttft(),
                        quality.scores()::note,
                        clock),
                new CatalogSyncs(
                        assembly.catalog(), sync, config.models().catalog().syncInterval()),
                new ProviderList(
                        assembly.providers(),
                        assembly.catalog(),
                        assembly.breakers(),
                        assembly.quotas(),
                        config.resilience(),
                        clock),
                new Caches(assembly.caches()),
                new Analytics(assembly.records().store(), clock, erasable(assembly)),
                new QualityAnalytics(
                        assembly.quality().signals(), assembly.records().store(), assembly.catalog(), clock),
                new ShadowReport(assembly.shadows().store(), clock),
                new Questions(
                        assembly.gateway(), clock, queries(config.storage().database())));
    }

    private static List<Erasable> erasable(GatewayAssembly assembly) {
        KeptItems items = assembly.items();
        return List.of(
                new Erasable("requests", assembly.records()::clear),
                new Erasable("signals", assembly.quality().keeper()::clear),
                new Erasable("shadow_results", assembly.shadows()::clear),
                new Erasable("kept_items", () -> items == null ? 0 : items.clear()));
    }

    /** Null when there is no database. */
    private static @Nullable QueryRunner queries(StorageConfig.Database database) {
        Secret url = database.queryUrl() == null ? database.url() : database.queryUrl();
        return url == null ? null : QueryRunner.of(DatabaseSettings.of(url.reveal(), 1));
    }

    /** The port that it listens on, also when the configuration left the choice to the system. */
    public int port() {
        return front.port();
    }

    /** Its address as clients on this machine use it. */
    public URI uri() {
        return uri(host, port());
    }

    private static URI uri(String host, int port) {
        boolean everywhere = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
        String name = everywhere ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + port);
    }

    /** How many calls have begun over HTTP whose answers are not complete. */
    public int callsInProgress() {
        return front.callsInProgress();
    }

    /** How many requests to providers are watched against time now. */
    int watchedAttempts() {
        return assembly.timer().watched();
    }

    /** All that can be asked for. */
    List<HttpFront.Route> registeredRoutes() {
        return front.registeredRoutes();
    }

    /** Stops listening, ends the calls in progress, and closes the providers. Idempotent. */
    @Override
    public void close() {
        syncs.close();
        front.close();
        assembly.close();
    }
}
