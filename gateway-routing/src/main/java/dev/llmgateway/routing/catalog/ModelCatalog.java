package dev.llmgateway.routing.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /**
     * What is wrong with the replacements that cards name: a replacement that there is no card of, and cards that replace
     * each other in a circle. One sentence for each; empty when nothing is wrong.
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> inCircles = new HashSet<>();
        for (ModelCard card : cards) {
            String replacement = card.lifecycle().replacement();
            if (replacement != null && card(replacement) == null) {
                problems.add("the replacement \"" + replacement + "\" of \"" + card.id() + "\" is not in the catalog");
            }
            List<String> circle = circleFrom(card);
            if (inCircles.addAll(circle)) {
                problems.add("these models replace each other in a circle: " + String.join(" -> ", circle) + " -> "
                        + circle.getFirst());
            }
        }
        return problems;
    }

    /** The cards of the circle of replacements that this card is part of; empty when it is in none. */
    private List<String> circleFrom(ModelCard start) {
        List<String> path = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        ModelCard card = start;
        while (card != null && seen.add(card.id())) {
            path.add(card.id());
            String next = card.lifecycle().replacement();
            card = next == null ? null : card(next);
        }
        return card == start ? path : List.of();
    }
}
