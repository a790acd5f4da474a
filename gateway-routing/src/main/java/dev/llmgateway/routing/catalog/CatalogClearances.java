package dev.llmgateway.routing.catalog;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.spi.Clearances;
import dev.llmgateway.api.spi.RouteTarget;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each model may see by the catalog as it is at this moment, whatever it was when the targets were chosen. A provider is
 * known by the object that is in the catalog, not by its id, which anybody can write; one that was taken out may see nothing.
 * Where several cards tell of one model, what all of them allow is allowed.
 *
 * <pre>{@code
 * Gateway.builder()
 *         .router(ModelRouter.builder(catalog).build())
 *         .clearances(new CatalogClearances(catalog))
 *         .build();
 * }</pre>
 *
 * Thread safe; nothing waits.
 */
public final class CatalogClearances implements Clearances {

    private final LiveCatalog catalog;
    private volatile @Nullable Version current;

    /** The clearances of this catalog. */
    public CatalogClearances(LiveCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Set<DataClassification> of(RouteTarget target) {
        Place place = version().places.get(target.provider().id());
        return place == null || place.upstream.provider() != target.provider()
                ? Set.of()
                : place.clearance(target.model());
    }

    /** Several threads may make the same version at the same time; the last one stays, and all are alike. */
    private Version version() {
        CatalogSnapshot now = catalog.snapshot();
        Version known = current;
        if (known == null || known.source != now) {
            known = Version.of(now);
            current = known;
        }
        return known;
    }

    /**
     * A provider.
     *
     * @param usual the levels of models whose cards name none, and of those without a card
     * @param byModel the levels of models whose cards name some, by wire id
     */
    private record Place(
            Upstream upstream, Set<DataClassification> usual, Map<String, Set<DataClassification>> byModel) {

        static Place of(Upstream upstream, List<ModelCard> restricting) {
            Map<String, Set<DataClassification>> byModel = new HashMap<>();
            for (ModelCard card : restricting) {
                if (upstream.serves(card)) {
                    byModel.merge(card.wireId(), upstream.authorises(card), Place::both);
                }
            }
            return new Place(upstream, upstream.authorises(null), Map.copyOf(byModel));
        }

        /** A provider of one model asks that one, whatever name it is given. */
        Set<DataClassification> clearance(String model) {
            String asked = upstream.onlyModel() == null ? model : upstream.onlyModel();
            return byModel.getOrDefault(asked, usual);
        }

        private static Set<DataClassification> both(Set<DataClassification> one, Set<DataClassification> other) {
            Set<DataClassification> both = EnumSet.noneOf(DataClassification.class);
            both.addAll(one);
            both.retainAll(other);
            return Set.copyOf(both);
        }
    }

    /** What was made of one version of the catalog. */
    private record Version(CatalogSnapshot source, Map<String, Place> places) {

        static Version of(CatalogSnapshot snapshot) {
            List<ModelCard> restricting = snapshot.catalog().cards().stream()
                    .filter(card -> card.classifications() != null)
                    .toList();
            Map<String, Place> places = new HashMap<>();
            for (Upstream upstream : snapshot.upstreams()) {
                places.put(upstream.provider().id(), Place.of(upstream, restricting));
            }
            return new Version(snapshot, Map.copyOf(places));
        }
    }
}
