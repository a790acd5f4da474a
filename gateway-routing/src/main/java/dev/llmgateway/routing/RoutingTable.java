package dev.llmgateway.routing;

import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One version of the catalog, made ready to decide over: every model at every provider that serves it, with its figures
 * at hand. Immutable as far as anybody can tell; made once for each version, not for each request.
 */
public final class RoutingTable {

    private static final int MOST_WITHOUT_CARDS = 256;

    private record Place(String provider, String wireId) {}

    private final CatalogSnapshot snapshot;
    private final List<TableEntry> entries;
    private final Map<String, List<TableEntry>> byCard = new HashMap<>();
    private final Map<String, List<TableEntry>> byWireId = new HashMap<>();
    private final Map<String, List<TableEntry>> byPlainName = new HashMap<>();
    private final Map<String, Upstream> byProvider = new HashMap<>();

    /** The first models without cards that were asked for: callers invent names, and mostly use the same ones again. */
    private final Map<Place, TableEntry> withoutCards = new ConcurrentHashMap<>();

    private RoutingTable(CatalogSnapshot snapshot, List<TableEntry> entries) {
        this.snapshot = snapshot;
        this.entries = List.copyOf(entries);
        for (Upstream upstream : snapshot.upstreams()) {
            byProvider.put(upstream.provider().id(), upstream);
        }
        for (TableEntry entry : entries) {
            ModelCard card = entry.card();
            if (card != null) {
                add(byCard, card.id(), entry);
                add(byPlainName, card.plainName(), entry);
            }
            add(byWireId, entry.candidate().model(), entry);
        }
    }

    /** The table of this version: one entry for each card and each provider that serves it, in their order. */
    public static RoutingTable of(CatalogSnapshot snapshot) {
        List<TableEntry> entries = new ArrayList<>();
        for (ModelCard card : snapshot.catalog().cards()) {
            for (Upstream upstream : snapshot.upstreams()) {
                if (upstream.serves(card)) {
                    entries.add(new TableEntry(upstream, card, snapshot.isDelisted(upstream, card.wireId())));
                }
            }
        }
        for (Upstream upstream : snapshot.upstreams()) {
            String only = upstream.onlyModel();
            if (only != null && upstream.served(snapshot.catalog()).isEmpty()) {
                entries.add(new TableEntry(upstream, only, snapshot.isDelisted(upstream, only)));
            }
        }
        return new RoutingTable(snapshot, entries);
    }

    /** The version of the catalog that this table was made of. */
    public CatalogSnapshot snapshot() {
        return snapshot;
    }

    /** All entries: cards in the catalog's order, each at its providers in theirs; then models without a card. */
    public List<TableEntry> entries() {
        return entries;
    }

    /** A card at the providers that serve it; empty when there is none of that id or nobody serves it. */
    public List<TableEntry> byCard(String cardId) {
        return byCard.getOrDefault(cardId, List.of());
    }

    /** What providers serve under this name of their own; empty when none does. */
    public List<TableEntry> byWireId(String wireId) {
        return byWireId.getOrDefault(wireId, List.of());
    }

    /** The cards whose id ends in this name behind its first slash, at the providers that serve them; else empty. */
    public List<TableEntry> byPlainName(String plainName) {
        return byPlainName.getOrDefault(plainName, List.of());
    }

    /** The configured provider of this id, or null. */
    public @Nullable Upstream upstream(String providerId) {
        return byProvider.get(providerId);
    }

    /** The model of this wire id at a provider; of one without a card nothing is known. */
    public TableEntry at(Upstream upstream, String wireId) {
        for (TableEntry entry : byWireId(wireId)) {
            if (entry.upstream().equals(upstream)) {
                return entry;
            }
        }
        return withoutCard(new Place(upstream.provider().id(), wireId), upstream);
    }

    private TableEntry withoutCard(Place place, Upstream upstream) {
        TableEntry known = withoutCards.get(place);
        if (known != null) {
            return known;
        }
        TableEntry made = new TableEntry(upstream, place.wireId, snapshot.isDelisted(upstream, place.wireId));
        if (withoutCards.size() < MOST_WITHOUT_CARDS) {
            withoutCards.put(place, made);
        }
        return made;
    }

    private static void add(Map<String, List<TableEntry>> index, String name, TableEntry entry) {
        index.computeIfAbsent(name, unused -> new ArrayList<>(2)).add(entry);
    }
}
