package dev.llmgateway.routing.catalog;

import dev.llmgateway.ir.codec.ModelInfo;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What all providers have listed so far, by their ids. Immutable; equal when nothing differs.
 *
 * <p>A model that a provider never listed is not said to be gone when it is not listed again: lists may be partial.
 */
record Listings(Map<String, Listing> byProvider) {

    /** Models in all that become cards. */
    static final int MOST_DISCOVERED = 20_000;

    static final Listings NONE = new Listings(Map.of());

    Listings {
        byProvider = Map.copyOf(byProvider);
    }

    /** What is known with this list besides. */
    Result with(Upstream upstream, Map<String, ModelCard> cards, List<ModelInfo> models) {
        String id = upstream.provider().id();
        Listing before = byProvider.getOrDefault(id, Listing.NONE);
        int others = discovered().size() - before.discovered().size();
        int room = Math.min(ListReader.MOST_MODELS, MOST_DISCOVERED - others);
        ListReader.Result read = new ListReader(upstream, cards, before, room).read(models);
        Map<String, Listing> after = new HashMap<>(byProvider);
        after.put(id, read.listing());
        return new Result(new Listings(after), read.change());
    }

    /** All that is known after a list, and what it changed. */
    record Result(Listings listings, ListingChange change) {}

    /** What is known when a provider is forgotten. */
    Listings without(String providerId) {
        Map<String, Listing> others = new HashMap<>(byProvider);
        others.remove(providerId);
        return new Listings(others);
    }

    /** The cards of models that nobody else knew, sorted by their ids. */
    List<ModelCard> discovered() {
        return byProvider.values().stream()
                .flatMap(listing -> listing.discovered().values().stream())
                .sorted(Comparator.comparing(ModelCard::id))
                .toList();
    }

    /**
     * By provider id, the wire ids that it does not list any more.
     *
     * @param kept an operator's own cards, which stay usable whatever a list says
     */
    Map<String, Set<String>> delisted(List<Upstream> upstreams, List<ModelCard> kept) {
        Map<String, Set<String>> delisted = new HashMap<>();
        for (Upstream upstream : upstreams) {
            String id = upstream.provider().id();
            Set<String> gone =
                    new HashSet<>(byProvider.getOrDefault(id, Listing.NONE).gone());
            kept.stream().filter(upstream::serves).map(ModelCard::wireId).forEach(gone::remove);
            if (!gone.isEmpty()) {
                delisted.put(id, gone);
            }
        }
        return delisted;
    }

    /** The card with the last day that its providers announce; of several days the last, because somebody serves it till then. */
    ModelCard dated(ModelCard card, List<Upstream> upstreams) {
        Optional<LocalDate> end = upstreams.stream()
                .filter(upstream -> upstream.serves(card))
                .map(upstream -> byProvider
                        .getOrDefault(upstream.provider().id(), Listing.NONE)
                        .ends()
                        .get(card.wireId()))
                .filter(Objects::nonNull)
                .max(LocalDate::compareTo);
        return end.map(day -> card.toBuilder()
                        .lifecycle(ending(card.lifecycle(), day))
                        .build())
                .orElse(card);
    }

    /** A life whose end is announced; a life that is over stays so, unless its vendor names a later day. */
    private static Lifecycle ending(Lifecycle life, LocalDate day) {
        LocalDate ended = life.retireOn();
        boolean over = life.status() == Lifecycle.Status.RETIRED && ended != null && !day.isAfter(ended);
        return over ? life : new Lifecycle(Lifecycle.Status.DEPRECATED, day, life.replacement());
    }
}
