package dev.llmgateway.routing.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The catalog of a running gateway: the cards it came with, changed by operators while it runs. Every change makes a new
 * {@link CatalogSnapshot} and puts it in the place of the old one at once. Thread safe; reading never waits.
 */
public final class LiveCatalog {

    private final ReentrantLock changing = new ReentrantLock();
    private final ModelCatalog base;
    private final Map<String, ModelCard> changed = new LinkedHashMap<>();
    private final List<Upstream> upstreams = new ArrayList<>();
    private volatile CatalogSnapshot current;

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

    /** Takes a provider out. It is not closed: calls that it serves may go on. */
    public Optional<Upstream> remove(String providerId) {
        changing.lock();
        try {
            Optional<Upstream> found = find(providerId);
            found.ifPresent(upstream -> change(() -> upstreams.remove(upstream)));
            return found;
        } finally {
            changing.unlock();
        }
    }

    /** Adds a card, or replaces the one of its id. */
    public void put(ModelCard card) {
        change(() -> changed.put(card.id(), card));
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
            before.ifPresent(card -> put(change.apply(card)));
            return before;
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
            Map<String, ModelCard> cards = new LinkedHashMap<>();
            base.cards().forEach(card -> cards.put(card.id(), card));
            cards.putAll(changed);
            current = new CatalogSnapshot(
                    current.version() + 1, ModelCatalog.of(List.copyOf(cards.values())), upstreams, current.delisted());
        } finally {
            changing.unlock();
        }
    }
}
