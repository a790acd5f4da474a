package dev.llmgateway.server;

import dev.llmgateway.ir.Usage;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.routing.catalog.Upstream;
import dev.llmgateway.server.metrics.Meters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The catalog's prices by the ids of the configured providers and the models on the wire. */
final class CatalogPrices implements Meters.Prices {

    private final Map<String, Map<String, ModelPrice>> byProvider = new HashMap<>();

    CatalogPrices(ModelCatalog catalog, List<Upstream> upstreams) {
        for (Upstream upstream : upstreams) {
            Map<String, ModelPrice> byModel = new HashMap<>();
            for (ModelCard card : catalog.cards()) {
                if (card.vendor().equals(upstream.vendor()) && card.price() != null) {
                    byModel.put(card.wireId(), card.price());
                }
            }
            byProvider.put(upstream.provider().id(), byModel);
        }
    }

    @Override
    public @Nullable Double cost(String provider, String model, Usage usage) {
        Map<String, ModelPrice> byModel = byProvider.get(provider);
        ModelPrice price = byModel == null ? null : byModel.get(model);
        return price == null ? null : Double.valueOf(price.of(usage));
    }
}
