package dev.llmgateway.server;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.server.config.GatewayConfig;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpResponseException;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

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

    private final GatewayConfig config;
    private final HttpSettings settings;
    private final GatewayAssembly assembly;
    private final CallWatcher watcher;
    private final HttpTools tools;
    private final Dialects dialects = new Dialects(new OpenAiChatCodec(), new AnthropicMessagesCodec());
    private final Javalin javalin;

    private GatewayServer(GatewayConfig config, HttpSettings settings) {
        this.config = config;
        this.settings = settings;
        this.assembly = GatewayAssembly.of(config);
        this.watcher = new CallWatcher(Ticker.system());
        long bodyMemory = Runtime.getRuntime().maxMemory() / 8;
        BodyReader bodies = new BodyReader(config.server().maxBodyBytes(), settings.bodyGrace(), bodyMemory);
        this.tools = new HttpTools(bodies, watcher, Ticker.system());
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Starts a gateway that does what the configuration says, and tells in the log where it listens.
     *
     * @throws GatewayStartException when the address cannot be listened on
     */
    public static GatewayServer start(GatewayConfig config) {
        return start(config, HttpSettings.DEFAULT);
    }

    static GatewayServer start(GatewayConfig config, HttpSettings settings) {
        GatewayServer server = new GatewayServer(config, settings);
        try {
            server.javalin.start();
        } catch (RuntimeException e) {
            server.close();
            throw new GatewayStartException(config.server(), e);
        }
        StartupNotice.log(config, server.uri());
        return server;
    }

    /** The port that it listens on, also when the configuration left the choice to the system. */
    public int port() {
        return javalin.port();
    }

    /** Its address as clients on this machine use it. */
    public URI uri() {
        String host = config.server().host();
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        String name = everywhere ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + port());
    }

    /** Stops listening, ends the calls in progress, and closes the providers. Idempotent. */
    @Override
    public void close() {
        javalin.stop();
        watcher.close();
        assembly.close();
    }

    private void configure(JavalinConfig javalinConfig) {
        JettyErrors errors = new JettyErrors(dialects);
        javalinConfig.startup.showJavalinBanner = false;
        javalinConfig.startup.showOldJavalinVersionWarning = false;
        javalinConfig.startup.startupWatcherEnabled = false;
        javalinConfig.concurrency.useVirtualThreads = true;
        javalinConfig.http.prefer405over404 = true;
        javalinConfig.http.compressionStrategy = CompressionStrategy.NONE;
        javalinConfig.jetty.addConnector(this::connector);
        javalinConfig.jetty.modifyServer(server -> {
            server.setHandler(new FrontDoor(new BrowserGuard(config.server().host()), errors));
            server.setErrorHandler(errors);
        });
        javalinConfig.jetty.modifyServletContextHandler(context -> context.setErrorHandler(errors));
        routes(javalinConfig.routes);
    }

    private void routes(RoutesConfig routes) {
        List<String> providers =
                assembly.gateway().providers().stream().map(Provider::id).toList();
        Pages pages = new Pages(
                providers,
                this::port,
                assembly.meters(),
                config.operations().metrics().isPublic(),
                Ticker.system());
        routes.post("/v1/chat/completions", new ChatEndpoint(dialects.openAi(), assembly.gateway(), tools));
        routes.post("/v1/messages", new ChatEndpoint(dialects.anthropic(), assembly.gateway(), tools));
        routes.post("/v1/messages/count_tokens", new CountTokensEndpoint(assembly.router(), tools.bodies()));
        routes.get("/v1/models", new ModelsEndpoint(dialects, assembly.router()));
        routes.get("/health", pages::health);
        routes.get("/metrics", pages::metrics);
        routes.get("/pp/version", pages::ppfVersion);
        routes.get("/api/hello", pages::hello);
        routes.get("/", pages::front);
        Failures failures = new Failures(dialects, assembly.meters(), tools.bodies());
        routes.exception(HttpResponseException.class, failures::handle);
        routes.exception(Exception.class, failures);
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(settings.headerBytes());
        http.setIdleTimeout(settings.requestIdle().toMillis());
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(config.server().host());
        connector.setPort(config.server().port());
        connector.setIdleTimeout(settings.connectionIdle().toMillis());
        connector.setAcceptQueueSize(1024);
        return connector;
    }
}
