package dev.llmgateway.server;

import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.routing.catalog.Upstream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's prices, as they are now, by the ids of the configured providers and the models on the wire. Those of a
 * provider that was taken out are as they were then: it goes on with the calls that it has.
 */
final class CatalogPrices implements Prices {

    private final LiveCatalog catalog;
    private volatile Table table;

    CatalogPrices(LiveCatalog catalog) {
        this.catalog = catalog;
        this.table = Table.of(catalog.snapshot());
    }

    @Override
    public @Nullable Double cost(String provider, String model, Usage usage) {
        CatalogSnapshot now = catalog.snapshot();
        Table current = table;
        if (current.snapshot != now) {
            current = Table.of(now);
            table = current;
        }
        Map<String, ModelPrice> byModel = current.byProvider.get(provider);
        if (byModel == null) {
            CatalogSnapshot last = catalog.lastWith(provider);
            byModel = last == null ? null : Table.of(last).byProvider.get(provider);
        }
        ModelPrice price = byModel == null ? null : byModel.get(model);
        return price == null ? null : Double.valueOf(price.of(usage));
    }

    /** The prices of one version of the catalog. */
    private record Table(CatalogSnapshot snapshot, Map<String, Map<String, ModelPrice>> byProvider) {

        static Table of(CatalogSnapshot snapshot) {
            Map<String, Map<String, ModelPrice>> byProvider = new HashMap<>();
            for (Upstream upstream : snapshot.upstreams()) {
                Map<String, ModelPrice> byModel = new HashMap<>();
                for (ModelCard card : upstream.served(snapshot.catalog())) {
                    if (card.price() != null) {
                        byModel.putIfAbsent(card.wireId(), card.price());
                    }
                }
                byProvider.put(upstream.provider().id(), byModel);
            }
            return new Table(snapshot, byProvider);
        }
    }
}
