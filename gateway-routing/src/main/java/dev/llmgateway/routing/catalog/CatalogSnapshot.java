package dev.llmgateway.routing.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One version of all that is known: the models, and the providers that serve them. Immutable; a request sees one version
 * from its beginning to its end.
 *
 * @param version grows with every change
 * @param upstreams the providers in their order of preference
 * @param delisted by provider id, the wire ids that it listed once and does not list any more
 */
public record CatalogSnapshot(
        long version, ModelCatalog catalog, List<Upstream> upstreams, Map<String, Set<String>> delisted) {

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException when two providers have the same id
     */
    public CatalogSnapshot {
        upstreams = List.copyOf(upstreams);
        delisted = delisted.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
        Set<String> ids = new HashSet<>();
        for (Upstream upstream : upstreams) {
            if (!ids.add(upstream.provider().id())) {
                throw new IllegalArgumentException(
                        "there is a provider \"" + upstream.provider().id() + "\" already");
            }
        }
    }

    /** The first version, in which every provider serves all that its cards say. */
    public static CatalogSnapshot of(ModelCatalog catalog, List<Upstream> upstreams) {
        return new CatalogSnapshot(1, catalog, upstreams, Map.of());
    }

    /** Whether this provider once listed the model and does not any more. */
    public boolean isDelisted(Upstream upstream, String wireId) {
        return delisted.getOrDefault(upstream.provider().id(), Set.of()).contains(wireId);
    }
}
