package dev.llmgateway.server.management;

import dev.llmgateway.api.spi.Embedder;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.providers.ProviderEmbedder;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.providers.Providers;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.Upstream;
import dev.llmgateway.server.config.EmbedderName;
import dev.llmgateway.server.config.ProviderConfig;
import dev.llmgateway.server.config.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The providers of a running gateway: those of the configuration file and those added since, the disabled ones too. Makes
 * them, puts them into the catalog, takes them out, and closes them in the end. Thread safe.
 */
public final class ProviderRegistry implements AutoCloseable {

    /** Where a provider comes from. */
    enum Source {
        /** The configuration file, or the environment on a first run. */
        CONFIG,
        /** A management call. It is gone at the next start. */
        RUNTIME
    }

    /**
     * A provider.
     *
     * @param upstream as it is in the catalog; null when it is disabled
     */
    record Entry(
            ProviderConfig config, Source source, @Nullable Upstream upstream) {}

    private final LiveCatalog catalog;
    private final Duration connectTimeout;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<ProviderEmbedder> embedders = new CopyOnWriteArrayList<>();

    /** An empty registry for the providers of this catalog. */
    public ProviderRegistry(LiveCatalog catalog, Duration connectTimeout) {
        this.catalog = catalog;
        this.connectTimeout = connectTimeout;
    }

    /**
     * Adds the providers of the configuration, in their order of preference.
     *
     * @throws IllegalArgumentException when two have the same id
     */
    public void addConfigured(List<ProviderConfig> configs) {
        for (ProviderConfig config : configs) {
            if (!add(config, Source.CONFIG)) {
                throw new IllegalArgumentException("there is a provider \"" + config.id() + "\" already");
            }
        }
    }

    /** Adds a provider behind the others; false when there is one of that id already. */
    boolean addAtRuntime(ProviderConfig config) {
        return add(config, Source.RUNTIME);
    }

    private boolean add(ProviderConfig config, Source source) {
        changing.lock();
        try {
            if (entries.containsKey(config.id())) {
                return false;
            }
            Upstream upstream = config.enabled() ? upstream(config, source) : null;
            if (upstream != null) {
                catalog.add(upstream);
            }
            entries.put(config.id(), new Entry(config, source, upstream));
            return true;
        } finally {
            changing.unlock();
        }
    }

    /** Takes a provider out. Calls that it serves go on to their end; then it is closed. False when there is none. */
    boolean remove(String id) {
        changing.lock();
        try {
            if (entries.remove(id) == null) {
                return false;
            }
            catalog.remove(id).ifPresent(upstream -> upstream.provider().closeWhenIdle());
            return true;
        } finally {
            changing.unlock();
        }
    }

    /** All providers in their order of preference. */
    List<Entry> all() {
        changing.lock();
        try {
            return List.copyOf(entries.values());
        } finally {
            changing.unlock();
        }
    }

    /** What is configured for a provider; empty when there is none of that id. */
    public Optional<ProviderConfig> config(String id) {
        return find(id).map(Entry::config);
    }

    Optional<Entry> find(String id) {
        changing.lock();
        try {
            return Optional.ofNullable(entries.get(id));
        } finally {
            changing.unlock();
        }
    }

    private Upstream upstream(ProviderConfig config, Source source) {
        return new Upstream(
                provider(config, source), config.type().word(), onlyModel(config), config.maxClassification());
    }

    private Provider provider(ProviderConfig config, Source source) {
        Providers.Builder provider = connected(config);
        if (source == Source.RUNTIME) {
            provider.refuseForbiddenAddresses();
        }
        return provider.build();
    }

    private Providers.Builder connected(ProviderConfig config) {
        ProviderConfig.Connection connection = config.connection();
        Secret key = connection.apiKey();
        Providers.Builder provider = Providers.builder(config.type(), config.id())
                .apiKey(key == null ? null : key.reveal())
                .deployment(connection.deployment())
                .apiVersion(connection.apiVersion())
                .api(connection.api())
                .connectTimeout(connectTimeout);
        if (connection.endpoint() != null) {
            provider.endpoint(connection.endpoint().toString());
        }
        return provider;
    }

    /**
     * An embedding model at a provider, which is asked by the provider's address and key. It is closed with the providers.
     *
     * @param timeout for one text
     * @throws IllegalArgumentException when there is no such provider
     */
    public Embedder embedder(EmbedderName name, Duration timeout) {
        ProviderConfig config = config(name.provider())
                .orElseThrow(() -> new IllegalArgumentException("there is no provider \"" + name.provider() + "\""));
        ProviderEmbedder embedder = connected(config).embedder(name.model(), timeout);
        embedders.add(embedder);
        return embedder;
    }

    /** A configured deployment serves every request for that provider, so it stands for one model. */
    private static @Nullable String onlyModel(ProviderConfig config) {
        return config.type() == ProviderType.AZURE_OPENAI ? config.connection().deployment() : null;
    }

    /** Closes all providers, and so ends the calls that they serve. */
    @Override
    public void close() {
        for (Entry entry : all()) {
            if (entry.upstream() != null) {
                entry.upstream().provider().close();
            }
        }
        embedders.forEach(ProviderEmbedder::close);
    }
}
