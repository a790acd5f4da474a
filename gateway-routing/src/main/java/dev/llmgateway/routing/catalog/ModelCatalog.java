package dev.llmgateway.routing.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models that are known, in order. An immutable snapshot. Looking a card up takes the same time however many there
 * are.
 */
public final class ModelCatalog {

    private record Served(String vendor, String wireId) {}

    private final Map<String, ModelCard> byId = new HashMap<>();
    private final Map<Served, ModelCard> byWireId = new HashMap<>();
    private final List<ModelCard> cards;

    private ModelCatalog(List<ModelCard> cards) {
        this.cards = List.copyOf(cards);
        for (ModelCard card : this.cards) {
            if (byId.put(card.id(), card) != null) {
                throw new IllegalArgumentException("two cards have the id \"" + card.id() + "\"");
            }
            byWireId.putIfAbsent(new Served(card.vendor(), card.wireId()), card);
        }
    }

    /**
     * A catalog of these cards.
     *
     * @throws IllegalArgumentException when two have the same id
     */
    public static ModelCatalog of(List<ModelCard> cards) {
        return new ModelCatalog(cards);
    }

    /** The catalog that comes with the gateway; {@code docs/catalog.md} says where its figures come from. */
    public static ModelCatalog shipped() {
        return of(CatalogFile.read(ModelCatalog.class, "models.json"));
    }

    /** All cards in order; unmodifiable. */
    public List<ModelCard> cards() {
        return cards;
    }

    /** The card of this id, or null. */
    public @Nullable ModelCard card(String id) {
        return byId.get(id);
    }

    /** The first card of a vendor's model by its wire id, or null. */
    public @Nullable ModelCard served(String vendor, String wireId) {
        return byWireId.get(new Served(vendor, wireId));
    }
}
