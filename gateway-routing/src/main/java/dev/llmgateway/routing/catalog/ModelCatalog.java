package dev.llmgateway.routing.catalog;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The models that are known, in order; the first of a vendor is that vendor's default. An immutable snapshot. */
public final class ModelCatalog {

    private final Map<String, ModelCard> byId;

    private ModelCatalog(Map<String, ModelCard> byId) {
        this.byId = byId;
    }

    /**
     * A catalog of these cards.
     *
     * @throws IllegalArgumentException when two have the same id
     */
    public static ModelCatalog of(List<ModelCard> cards) {
        Map<String, ModelCard> byId = new LinkedHashMap<>();
        for (ModelCard card : cards) {
            if (byId.put(card.id(), card) != null) {
                throw new IllegalArgumentException("two cards have the id \"" + card.id() + "\"");
            }
        }
        return new ModelCatalog(byId);
    }

    /** The catalog that comes with the gateway; {@code NOTES.md} beside it names the sources. */
    public static ModelCatalog shipped() {
        return of(CatalogFile.read(ModelCatalog.class, "models.json"));
    }

    /** All cards in order. */
    public Collection<ModelCard> cards() {
        return List.copyOf(byId.values());
    }

    /** The card of this id, or null. */
    public @Nullable ModelCard card(String id) {
        return byId.get(id);
    }

    /** The card of a vendor's model by its wire id, or null. */
    public @Nullable ModelCard served(String vendor, String wireId) {
        for (ModelCard card : byId.values()) {
            if (card.vendor().equals(vendor) && card.wireId().equals(wireId)) {
                return card;
            }
        }
        return null;
    }
}
