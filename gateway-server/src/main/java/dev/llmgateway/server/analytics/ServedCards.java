package dev.llmgateway.server.analytics;

import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.Upstream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cards of the models that configured providers serve, by what records have of them. */
final class ServedCards {

    private record Target(String provider, String model) {}

    private final Map<Target, String> cards = new HashMap<>();

    private ServedCards() {}

    static ServedCards of(CatalogSnapshot snapshot) {
        ServedCards served = new ServedCards();
        for (Upstream upstream : snapshot.upstreams()) {
            for (ModelCard card : upstream.served(snapshot.catalog())) {
                served.cards.putIfAbsent(new Target(upstream.provider().id(), card.wireId()), card.id());
            }
        }
        return served;
    }

    /** The id of the card of a provider's model; null when there is none. */
    @Nullable
    String of(@Nullable String provider, @Nullable String model) {
        return provider == null || model == null ? null : cards.get(new Target(provider, model));
    }
}
