package dev.llmgateway.server.config;

import dev.llmgateway.api.cache.CacheSettings;
import dev.llmgateway.store.postgres.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway remembers and where.
 *
 * @param database records of requests
 * @param cache answers that are given again
 * @param idempotency answers to repeated requests
 * @param keptItems items of answers that callers refer to
 * @param cluster state shared with other gateway processes
 */
public record StorageConfig(
        Database database, Cache cache, Idempotency idempotency, KeptItems keptItems, Cluster cluster) {
    private static final int YEAR_IN_SECONDS = 365 * 86_400;

    /**
     * Section {@code [database]}.
     *
     * @param url PostgreSQL's address, or null to keep records in memory only
     * @param queryUrl the same database by a user who may only read, for queries that models write; null for {@code url}
     * @param maxConnections size of the connection pool
     * @param storeBodies whether bodies of requests and answers are kept
     * @param retention how long records are kept, or null for ever
     * @param spool where records wait while the database is away
     */
    public record Database(
            @Nullable Secret url,
            @Nullable Secret queryUrl,
            int maxConnections,
            boolean storeBodies,
            @Nullable Period retention,
            SpoolFiles spool) {
        static Database read(Section database) {
            Integer days = database.optionalCount("retention_days", 1, 36_500);
            return new Database(
                    address(database, "url"),
                    queryUrl(database),
                    database.count("max_connections", 5, 1, 1_000),
                    database.flag("store_bodies", true),
                    days == null ? null : Period.ofDays(days),
                    SpoolFiles.read(database));
        }

        private static @Nullable Secret queryUrl(Section database) {
            if (database.has("query_url") && !database.has("url")) {
                database.wrong("query_url", "needs the database itself", "set url too");
            }
            return address(database, "query_url");
        }

        private static @Nullable Secret address(Section database, String key) {
            Secret url = database.secretUrl(key, List.of("postgres:", "postgresql:", "jdbc:postgresql:"));
            String expected = url == null ? null : DatabaseSettings.expectedInsteadOf(url.reveal());
            if (expected != null) {
                database.wrong(key, "is not a usable address", expected);
            }
            return url;
        }
    }

    /**
     * Keys of section {@code [database]} that begin with {@code spool_}.
     *
     * @param directory where the files are, or null for the usual place
     * @param maxBytes how large they may be together
     */
    public record SpoolFiles(@Nullable Path directory, long maxBytes) {
        private static final long LEAST = 1L << 20;
        private static final long USUAL = 1L << 30;
        private static final long MOST = 1L << 50;

        static SpoolFiles read(Section database) {
            return new SpoolFiles(database.path("spool_dir"), database.bytes("spool_max_bytes", USUAL, LEAST, MOST));
        }
    }

    /**
     * Section {@code [cache]}.
     *
     * @param enabled whether equal requests are answered from the cache
     * @param maxEntries how many answers it holds
     * @param maxBytes how much memory they may take
     * @param ttl how long an answer is good
     * @param temperatureThreshold highest temperature whose answers are kept
     * @param semantic answers for similar requests
     */
    public record Cache(
            boolean enabled,
            int maxEntries,
            long maxBytes,
            Duration ttl,
            double temperatureThreshold,
            SemanticCache semantic) {
        /** What this allows a cache to keep. */
        public CacheSettings settings() {
            return new CacheSettings(maxEntries, maxBytes, ttl, temperatureThreshold);
        }

        static Cache read(Section cache, List<ProviderConfig> providers) {
            boolean enabled = cache.flag("enabled", false);
            return new Cache(
                    enabled,
                    cache.count("max_entries", 1_000, 1, 100_000_000),
                    cache.count("max_bytes", 64 * 1024 * 1024, 64 * 1024, Integer.MAX_VALUE),
                    cache.seconds("ttl_secs", Duration.ofHours(1), 1, YEAR_IN_SECONDS),
                    cache.decimal("temperature_threshold", 0.3, 0, 2),
                    cache.section("semantic", it -> SemanticCache.read(it, enabled, providers)));
        }
    }

    /**
     * Section {@code [cache.semantic]}.
     *
     * @param enabled whether similar requests are answered from the cache
     * @param similarityThreshold how similar, 0 to 1
     * @param embedder the model that measures similarity; not null when enabled
     * @param timeout how long a call waits for the embedder
     */
    public record SemanticCache(
            boolean enabled,
            double similarityThreshold,
            @Nullable EmbedderName embedder,
            Duration timeout) {
        static SemanticCache read(Section semantic, boolean cacheEnabled, List<ProviderConfig> providers) {
            boolean enabled = semantic.flag("enabled", false);
            double threshold = semantic.decimal("similarity_threshold", 0.95, 0, 1);
            String name = semantic.optionalText("embedder");
            Duration timeout = Duration.ofMillis(semantic.count("timeout_ms", 2_000, 1, 60_000));
            if (enabled && !cacheEnabled) {
                semantic.wrong("enabled", "needs the exact cache", "set enabled = true in [cache] too");
            }
            if (enabled && !semantic.has("embedder")) {
                semantic.missing("embedder", "the semantic cache needs an embedding model");
            }
            EmbedderName embedder = enabled && name != null ? EmbedderName.read(semantic, name, providers) : null;
            return new SemanticCache(enabled, threshold, embedder, timeout);
        }
    }

    /**
     * Section {@code [idempotency]}.
     *
     * @param ttl how long an answer is kept for repeats with the same {@code Idempotency-Key}
     * @param maxEntries how many answers are kept
     * @param maxBytes how much memory they take together, about
     */
    public record Idempotency(Duration ttl, int maxEntries, int maxBytes) {
        static Idempotency read(Section idempotency) {
            return new Idempotency(
                    idempotency.seconds("ttl_secs", Duration.ofDays(1), 1, YEAR_IN_SECONDS),
                    idempotency.count("max_entries", 10_000, 1, 100_000_000),
                    idempotency.count("max_bytes", 64 * 1024 * 1024, 1, Integer.MAX_VALUE));
        }
    }

    /**
     * Section {@code [kept_items]}.
     *
     * @param enabled whether the items of answers to Responses are kept for requests that refer to them
     * @param ttl how long an item is kept that nobody refers to
     * @param maxBytes how much memory they take together, about
     */
    public record KeptItems(boolean enabled, Duration ttl, int maxBytes) {
        static KeptItems read(Section items) {
            return new KeptItems(
                    items.flag("enabled", true),
                    items.seconds("ttl_secs", Duration.ofDays(1), 1, YEAR_IN_SECONDS),
                    items.count("max_bytes", 64 * 1024 * 1024, 64 * 1024, Integer.MAX_VALUE));
        }
    }

    /**
     * Section {@code [cluster]}.
     *
     * @param url Redis' or Valkey's address, or null to keep everything in this process
     */
    public record Cluster(@Nullable Secret url) {
        static Cluster read(Section cluster) {
            return new Cluster(cluster.secretUrl("url", List.of("redis:", "rediss:", "valkey:", "valkeys:")));
        }
    }

    static StorageConfig read(Section file, List<ProviderConfig> providers) {
        return new StorageConfig(
                file.section("database", Database::read),
                file.section("cache", it -> Cache.read(it, providers)),
                file.section("idempotency", Idempotency::read),
                file.section("kept_items", KeptItems::read),
                file.section("cluster", Cluster::read));
    }
}
