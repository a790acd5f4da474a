package dev.llmgateway.routing.catalog;

import dev.llmgateway.ir.codec.ModelInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The catalog of a running gateway: the cards it came with, those of models that providers list, and what operators say
 * while it runs; an operator's word hides a list's, and a list's end of life hides the shipped one. Every change makes a
 * new {@link CatalogSnapshot} and puts it in the place of the old one at once. Thread safe; reading never waits.
 */
public final class LiveCatalog {

    /** Of so many providers that were taken out it is known what they served; of older ones no call is left. */
    private static final int MOST_REMOVED = 64;

    private final ReentrantLock changing = new ReentrantLock();
    private final ModelCatalog base;
    /** Whole cards, by an operator. */
    private final Map<String, ModelCard> put = new LinkedHashMap<>();
    /** Cards of which something was changed; they stay what they were otherwise. */
    private final Map<String, ModelCard> updated = new LinkedHashMap<>();

    /** Changes of cards that are not there yet. */
    private final Map<String, UnaryOperator<ModelCard>> awaited = new HashMap<>();

    private final List<Upstream> upstreams = new ArrayList<>();
    private Listings listings = Listings.NONE;
    private volatile CatalogSnapshot current;
    private volatile Map<String, CatalogSnapshot> lastWith = Map.of();

    /**
     * A catalog that begins with these cards and no provider.
     *
     * @param base the cards that a removed change falls back to
     */
    public LiveCatalog(ModelCatalog base) {
        this.base = base;
        this.current = CatalogSnapshot.of(base, List.of());
    }

    /** The version that holds now. */
    public CatalogSnapshot snapshot() {
        return current;
    }

    /**
     * Adds a provider behind the others.
     *
     * @throws IllegalArgumentException when there is one of that id already
     */
    public void add(Upstream upstream) {
        change(() -> {
            if (find(upstream.provider().id()).isPresent()) {
                throw new IllegalArgumentException(
                        "there is a provider \"" + upstream.provider().id() + "\" already");
            }
            upstreams.add(upstream);
        });
    }

    /** The last version in which a provider was that has been taken out, and may still have calls; null when there is none. */
    public @Nullable CatalogSnapshot lastWith(String providerId) {
        return lastWith.get(providerId);
    }

    private void noteLastWith(String providerId) {
        Map<String, CatalogSnapshot> all = new LinkedHashMap<>(lastWith);
        all.remove(providerId);
        if (all.size() == MOST_REMOVED) {
            all.remove(all.keySet().iterator().next());
        }
        all.put(providerId, current);
        lastWith = Collections.unmodifiableMap(all);
    }

    /** Takes a provider out, with what it has listed. It is not closed: calls that it serves may go on. */
    public Optional<Upstream> remove(String providerId) {
        changing.lock();
        try {
            Optional<Upstream> found = find(providerId);
            found.ifPresent(upstream -> change(() -> {
                noteLastWith(providerId);
                upstreams.remove(upstream);
                listings = listings.without(providerId);
            }));
            return found;
        } finally {
            changing.unlock();
        }
    }

    /** Adds a card, or replaces the one of its id. Such a card is usable whether or not its provider lists the model. */
    public void put(ModelCard card) {
        change(() -> {
            updated.remove(card.id());
            awaited.remove(card.id());
            put.put(card.id(), card);
        });
    }

    /**
     * Adds or replaces a card that depends on what is known: no other change comes between.
     *
     * @param card makes it of the present version, in which no card has the last day that lists announce: what is copied
     *     from there does not become the operator's word. When it throws, nothing changes
     */
    public void put(Function<CatalogSnapshot, ModelCard> card) {
        changing.lock();
        try {
            ModelCatalog undated = ModelCatalog.of(List.copyOf(undated().values()));
            put(card.apply(new CatalogSnapshot(current.version(), undated, upstreams, current.delisted())));
        } finally {
            changing.unlock();
        }
    }

    /**
     * Changes a card.
     *
     * @return the card as it was; empty when there is none of that id
     */
    public Optional<ModelCard> update(String cardId, UnaryOperator<ModelCard> change) {
        changing.lock();
        try {
            Optional<ModelCard> before = Optional.ofNullable(current.catalog().card(cardId));
            ModelCard undated = undated().get(cardId);
            if (undated != null) {
                ModelCard after = change.apply(undated);
                change(() -> (put.containsKey(cardId) ? put : updated).put(cardId, after));
            }
            return before;
        } finally {
            changing.unlock();
        }
    }

    /** Changes a card, or, when there is none of that id, as soon as a provider lists its model; put cards are as they are put. */
    public void updateWhenListed(String cardId, UnaryOperator<ModelCard> change) {
        changing.lock();
        try {
            if (update(cardId, change).isEmpty()) {
                awaited.put(cardId, change);
            }
        } finally {
            changing.unlock();
        }
    }

    /**
     * Takes back what was put in place of a card and what was changed of it: what the gateway came with or a provider
     * lists shows again, or nothing.
     *
     * @return the card as it was; empty when there was nothing to take back
     */
    public Optional<ModelCard> drop(String cardId) {
        changing.lock();
        try {
            if (!put.containsKey(cardId) && !updated.containsKey(cardId)) {
                return Optional.empty();
            }
            Optional<ModelCard> before = Optional.ofNullable(current.catalog().card(cardId));
            change(() -> {
                put.remove(cardId);
                updated.remove(cardId);
            });
            return before;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Learns from the lists that providers have sent. A model that nobody knows gets a card {@code provider/model} that
     * says nothing of its capabilities but that it streams, and serves at that provider only. A model that a provider
     * listed before and does not list now is {@linkplain CatalogSnapshot#isDelisted delisted} there until it lists it
     * again; one that it never listed is left alone. An announced last day goes into the life of the card, unless an
     * operator's card says another. All lists together make one new version, or none when they bring nothing new.
     *
     * @param lists none of them empty; those of providers that are not in the catalog (any more) are passed over
     * @return by provider id, what came of the lists that were not passed over
     */
    public Map<String, ListingChange> list(Map<Upstream, List<ModelInfo>> lists) {
        changing.lock();
        try {
            Map<String, ModelCard> cards = unlisted();
            Map<String, ListingChange> changes = new LinkedHashMap<>();
            Listings after = listings;
            for (Map.Entry<Upstream, List<ModelInfo>> list : lists.entrySet()) {
                if (upstreams.contains(list.getKey())) {
                    Listings.Result result = after.with(list.getKey(), cards, list.getValue());
                    after = result.listings();
                    changes.put(list.getKey().provider().id(), result.change());
                }
            }
            if (!after.equals(listings)) {
                listings = after;
                renew();
            }
            return changes;
        } finally {
            changing.unlock();
        }
    }

    private Optional<Upstream> find(String providerId) {
        return upstreams.stream()
                .filter(upstream -> upstream.provider().id().equals(providerId))
                .findFirst();
    }

    private void change(Runnable what) {
        changing.lock();
        try {
            what.run();
            renew();
        } finally {
            changing.unlock();
        }
    }

    private void renew() {
        Map<String, ModelCard> listed = listed();
        awaited.entrySet().removeIf(change -> {
            ModelCard card = listed.get(change.getKey());
            if (card != null) {
                updated.put(card.id(), change.getValue().apply(card));
            }
            return card != null;
        });
        List<ModelCard> cards = undated().values().stream()
                .map(card -> ownsLifecycle(card, listed.get(card.id())) ? card : listings.dated(card, upstreams))
                .toList();
        current = new CatalogSnapshot(
                current.version() + 1,
                ModelCatalog.of(cards),
                upstreams,
                listings.delisted(upstreams, List.copyOf(put.values())));
    }

    /** Whether an operator has said something of the card's life that the card beneath does not say. */
    private boolean ownsLifecycle(ModelCard card, @Nullable ModelCard beneath) {
        return !card.lifecycle().equals(beneath == null ? Lifecycle.ACTIVE : beneath.lifecycle());
    }

    /** The cards without the last days that vendors announce. */
    private Map<String, ModelCard> undated() {
        Map<String, ModelCard> cards = listed();
        updated.forEach(cards::replace);
        cards.putAll(put);
        return cards;
    }

    /** The cards without what operators say. */
    private Map<String, ModelCard> listed() {
        Map<String, ModelCard> cards = shipped();
        listings.discovered().forEach(card -> cards.putIfAbsent(card.id(), card));
        return cards;
    }

    /** The cards without those of models that nobody but a list knows. */
    private Map<String, ModelCard> unlisted() {
        Map<String, ModelCard> cards = shipped();
        cards.putAll(put);
        return cards;
    }

    private Map<String, ModelCard> shipped() {
        Map<String, ModelCard> cards = new LinkedHashMap<>();
        base.cards().forEach(card -> cards.put(card.id(), card));
        return cards;
    }
}
