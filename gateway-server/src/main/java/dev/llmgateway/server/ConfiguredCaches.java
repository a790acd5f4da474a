package dev.llmgateway.server;

import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.cache.AnswerCache;
import dev.llmgateway.api.cache.ExactCache;
import dev.llmgateway.api.cache.SemanticCache;
import dev.llmgateway.api.idempotency.Idempotency;
import dev.llmgateway.api.items.KeptItems;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.spi.Router;
import dev.llmgateway.routing.catalog.Upstream;
import dev.llmgateway.server.config.EmbedderName;
import dev.llmgateway.server.config.StorageConfig;
import dev.llmgateway.server.management.ProviderRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a gateway remembers of its answers, as a configuration says. */
final class ConfiguredCaches {

    /** Items are kept without being asked for, so that they must fit into any heap. */
    private static final int PART_OF_HEAP = 16;

    private ConfiguredCaches() {}

    private static Idempotency idempotency(StorageConfig.Idempotency kept, Ticker ticker) {
        return Idempotency.builder()
                .ttl(kept.ttl())
                .maxEntries(kept.maxEntries())
                .maxBytes(kept.maxBytes())
                .ticker(ticker)
                .build();
    }

    /** What keeps the items of answers, in a small part of the heap; null when they are not kept. */
    static @Nullable KeptItems items(StorageConfig.KeptItems kept, Ticker ticker) {
        if (!kept.enabled()) {
            return null;
        }
        long share = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
        return KeptItems.builder()
                .ttl(kept.ttl())
                .maxBytes(Math.clamp(share, 1, kept.maxBytes()))
                .ticker(ticker)
                .build();
    }

    /** Returns the caches that are switched on, by name. */
    static Map<String, AnswerCache> add(
            StorageConfig storage, ProviderRegistry providers, Router router, Gateway.Builder gateway, Ticker ticker) {
        gateway.stage(Stage.IDEMPOTENCY, idempotency(storage.idempotency(), ticker));
        StorageConfig.Cache config = storage.cache();
        if (!config.enabled()) {
            return Map.of();
        }
        Map<String, AnswerCache> caches = new LinkedHashMap<>();
        ExactCache exact = ExactCache.of(config.settings(), router, ticker);
        EmbedderName embedder = config.semantic().embedder();
        if (embedder != null) {
            SemanticCache similar = semantic(config, embedder, providers, ticker);
            exact = exact.thenSimilar(similar);
            caches.put("semantic", similar);
        }
        caches.put("exact", exact);
        gateway.stage(Stage.CACHE, exact);
        return caches;
    }

    /** The embedder may see what a model of its provider may see. */
    private static SemanticCache semantic(
            StorageConfig.Cache config, EmbedderName name, ProviderRegistry providers, Ticker ticker) {
        StorageConfig.SemanticCache semantic = config.semantic();
        DataClassification highest = providers
                .config(name.provider())
                .map(provider -> provider.maxClassification() == null
                        ? Upstream.usualLevel(provider.type().word())
                        : provider.maxClassification())
                .orElseThrow();
        return SemanticCache.builder(providers.embedder(name, semantic.timeout()))
                .settings(config.settings())
                .threshold(semantic.similarityThreshold())
                .timeout(semantic.timeout())
                .maxClassification(highest)
                .ticker(ticker)
                .build();
    }
}
