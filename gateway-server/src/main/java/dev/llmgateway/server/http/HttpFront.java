package dev.llmgateway.server.http;

import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.items.KeptItems;
import dev.llmgateway.api.records.Refused;
import dev.llmgateway.ir.embeddings.OpenAiEmbeddingsCodec;
import dev.llmgateway.resilience.tenants.Authentication;
import dev.llmgateway.routing.ModelRouter;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.server.config.Secret;
import dev.llmgateway.server.config.ServerConfig;
import dev.llmgateway.server.management.Management;
import dev.llmgateway.server.metrics.MetricsPage;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.event.HandlerMetaInfo;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;

/** Listens for HTTP/1.1 and hands calls to a gateway. Thread safe. */
public final class HttpFront implements AutoCloseable {

    /**
     * What is served.
     *
     * @param router tells which models there are
     * @param catalog tells which providers there are
     * @param metrics what {@code /metrics} shows
     * @param callers who may call
     * @param items keeps what callers may refer to; null when nothing is kept
     * @param refused is told of requests for calls that could not be read
     * @param management shows and changes what the gateway knows
     * @param access who may manage
     * @param version of the program, for {@code /health}
     */
    public record Service(
            Gateway gateway,
            ModelRouter router,
            LiveCatalog catalog,
            MetricsPage metrics,
            Authentication callers,
            @Nullable KeptItems items,
            Consumer<Refused> refused,
            Management management,
            Access access,
            String version) {}

    /**
     * Who may do what is no call.
     *
     * @param adminKey opens management; null to let callers on this machine in instead
     * @param metricsArePublic whether {@code /metrics} answers everybody
     * @param signalsNeedScope whether reports about quality need the header {@code x-gateway-scope}
     */
    public record Access(@Nullable Secret adminKey, boolean metricsArePublic, boolean signalsNeedScope) {}

    /**
     * A registered route.
     *
     * @param path as registered, with {@code {names}} for its variable parts
     * @param guarded whether it is management, and so not for everybody
     */
    public record Route(String method, String path, boolean guarded) {}

    /** How long clients may take, when the gateway stops, to take the ends of their answers. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final ServerConfig address;
    private final HttpSettings settings;
    /** Knows of every request that is not answered to its end. */
    private final GracefulHandler requests = new GracefulHandler();

    private final CallWatcher watcher = new CallWatcher(Ticker.system());
    private final Dialects dialects = Dialects.all();
    private final List<Route> registered = new ArrayList<>();
    private final Javalin javalin;

    private HttpFront(ServerConfig address, HttpSettings settings, Service service) {
        this.address = address;
        this.settings = settings;
        this.javalin = Javalin.create(config -> configure(config, service));
    }

    /**
     * Listens from now on.
     *
     * @throws RuntimeException of Javalin when the address cannot be listened on
     */
    public static HttpFront start(ServerConfig address, HttpSettings settings, Service service) {
        HttpFront front = new HttpFront(address, settings, service);
        try {
            front.javalin.start();
            return front;
        } catch (RuntimeException e) {
            front.close();
            throw e;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** How many calls have begun whose answers are not complete. */
    public int callsInProgress() {
        return watcher.size();
    }

    /** All that can be asked for. */
    public List<Route> registeredRoutes() {
        return List.copyOf(registered);
    }

    /**
     * Stops listening, ends the calls in progress, and waits a moment for their clients to be told. Idempotent.
     */
    @Override
    public void close() {
        watcher.endCalls();
        requests.shutdown()
                .completeOnTimeout(null, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        javalin.stop();
        watcher.close();
    }

    /** The status that stands for a failed call in metrics and records, a provider's own where it told one; 499 when there is no client any more. */
    public static int statusOf(GatewayException failure) {
        return ErrorMapping.of(failure).status();
    }

    /** Whether a host name or address reaches this machine only. */
    public static boolean isLoopback(String host) {
        return BrowserGuard.isLoopback(host);
    }

    private void configure(JavalinConfig config, Service service) {
        JettyErrors errors = new JettyErrors(dialects);
        BrowserGuard browsers = new BrowserGuard(address.host());
        Access access = service.access();
        ManagementGuard guard = new ManagementGuard(access.adminKey(), access.metricsArePublic(), browsers);
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.router.javaLangErrorHandler(new Fatalities(dialects));
        config.jetty.addConnector(this::connector);
        config.jetty.modifyServer(server -> {
            requests.setHandler(new FrontDoor(browsers, errors));
            server.setHandler(requests);
            server.setErrorHandler(errors);
        });
        config.jetty.modifyServletContextHandler(context -> {
            context.setErrorHandler(errors);
            context.setSessionHandler(new NoSessions());
        });
        config.events.handlerAdded(route -> register(route, guard));
        config.routes.beforeMatched(guard::check);
        routes(config.routes, service);
    }

    private void register(HandlerMetaInfo route, ManagementGuard guard) {
        HandlerType method = route.getHttpMethod();
        if (method.isHttpMethod()) {
            registered.add(new Route(method.name(), route.getPath(), guard.isGuarded(route.getPath())));
        }
    }

    private void routes(RoutesConfig routes, Service service) {
        long bodyMemory = Runtime.getRuntime().maxMemory() / 8;
        BodyReader bodies = new BodyReader(address.maxBodyBytes(), settings.bodyGrace(), bodyMemory);
        CallerKeys callers = new CallerKeys(service.callers());
        AnsweredItems items = new AnsweredItems(service.items(), address.maxBodyBytes());
        HttpTools tools = new HttpTools(
                bodies, callers, watcher, items, service.refused(), Ticker.system(), InstantSource.system());
        Pages pages = new Pages(service, this::port, Ticker.system());
        Failures failures = new Failures(dialects, service.metrics().meters(), bodies);
        routes.post("/v1/chat/completions", new ChatEndpoint(dialects.openAi(), service.gateway(), tools));
        routes.post("/v1/embeddings", new ChatEndpoint(new OpenAiEmbeddingsCodec(), service.gateway(), tools));
        routes.post("/v1/messages", new ChatEndpoint(dialects.anthropic(), service.gateway(), tools));
        routes.post("/v1/responses", new ChatEndpoint(dialects.responses(), service.gateway(), tools));
        new CountTokensRoutes(service.router(), dialects, callers, items, bodies).register(routes);
        new NoStoredResponses(callers).register(routes);
        new ModelsEndpoint(dialects, service.router(), callers).register(routes);
        new QualityRoutes(service.management(), service.access().signalsNeedScope(), bodies).register(routes);
        ManagementRoutes management = new ManagementRoutes(service.management(), bodies, watcher, this::isThisGateway);
        management.register(routes);
        management.registerCaches(routes);
        new RecordRoutes(service.management().analytics()).register(routes);
        new ShadowRoutes(service.management().shadow()).register(routes);
        routes.get("/health", pages::health);
        routes.get("/metrics", pages::metrics);
        routes.get("/pp/version", pages::ppfVersion);
        routes.get("/api/hello", pages::hello);
        routes.get("/", pages::front);
        management.registerCards(routes);
        routes.exception(HttpResponseException.class, failures::handle);
        routes.exception(Exception.class, failures);
    }

    private boolean isThisGateway(URI endpoint) {
        return new ServerConfig(address.host(), port(), address.maxBodyBytes()).isReachedBy(endpoint);
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(settings.headerBytes());
        http.setIdleTimeout(settings.requestIdle().toMillis());
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(settings.connectionIdle().toMillis());
        connector.setAcceptQueueSize(1024);
        return connector;
    }
}
