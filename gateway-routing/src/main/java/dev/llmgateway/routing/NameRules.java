package dev.llmgateway.routing;

import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about model names. Immutable.
 *
 * @param aliases a model's name by the name that callers may use for it; followed once
 * @param deprecations models that go away; they stand before what cards say
 */
public record NameRules(Map<String, String> aliases, List<Deprecation> deprecations) {

    /** No aliases, and nothing goes away but by its card. */
    public static final NameRules NONE = new NameRules(Map.of(), List.of());

    /** Copies the collections. Of several deprecations of one model the first counts. */
    public NameRules {
        aliases = Map.copyOf(aliases);
        deprecations = List.copyOf(deprecations);
    }

    /** The deprecations by the model's name. */
    Map<String, Deprecation> byModel() {
        Map<String, Deprecation> byModel = new LinkedHashMap<>();
        deprecations.forEach(deprecation -> byModel.putIfAbsent(deprecation.model(), deprecation));
        return byModel;
    }

    /** The same version with cards that end when the operator says, so that they are not chosen for others either. */
    CatalogSnapshot applyTo(CatalogSnapshot snapshot) {
        if (deprecations.isEmpty()) {
            return snapshot;
        }
        Map<String, Deprecation> byModel = byModel();
        List<ModelCard> cards = snapshot.catalog().cards().stream()
                .map(card -> ended(card, byModel.get(card.id())))
                .toList();
        return new CatalogSnapshot(
                snapshot.version(), ModelCatalog.of(cards), snapshot.upstreams(), snapshot.delisted());
    }

    private static ModelCard ended(ModelCard card, @Nullable Deprecation deprecation) {
        return deprecation == null
                ? card
                : card.toBuilder().lifecycle(lifecycle(deprecation)).build();
    }

    /** A deprecation as cards put it. */
    static Lifecycle lifecycle(Deprecation deprecation) {
        return new Lifecycle(Lifecycle.Status.DEPRECATED, deprecation.sunset(), deprecation.replacement());
    }
}
