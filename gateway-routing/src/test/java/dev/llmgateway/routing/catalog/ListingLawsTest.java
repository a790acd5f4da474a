package dev.llmgateway.routing.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.spi.NamedProvider;
import dev.llmgateway.ir.codec.ModelInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every sequence of lists. */
class ListingLawsTest {

    private static final List<String> NAMES =
            List.of("shipped", "old-20250101", "old-20260101", "old", "m", "m-2026-01-01", "n/n", "o:latest");

    private final Map<Integer, Set<String>> everListed = new HashMap<>();
    private final Map<Integer, Set<String>> lastListed = new HashMap<>();

    @Property(tries = 500)
    void knownModelsStayAndOnlyVanishedOnesAreDelisted(
            @ForAll @Size(max = 12) List<@IntRange(max = 1) Integer> providers,
            @ForAll @Size(12) List<@Size(min = 1, max = 8) Set<@IntRange(max = 7) Integer>> lists) {
        LiveCatalog catalog = new LiveCatalog(ModelCatalog.of(List.of(
                ModelCard.builder("v/shipped", "v", "shipped").build(),
                ModelCard.builder("v/old", "v", "old-20250101").build())));
        List<Upstream> upstreams =
                List.of(new Upstream(new NamedProvider("a"), "v"), new Upstream(new NamedProvider("b"), "v"));
        upstreams.forEach(catalog::add);
        everListed.clear();
        lastListed.clear();
        for (int i = 0; i < providers.size(); i++) {
            Upstream upstream = upstreams.get(providers.get(i));
            Set<String> names = lists.get(i).stream().map(NAMES::get).collect(Collectors.toSet());
            remember(providers.get(i), names);
            step(catalog, upstream, names);
            holds(catalog.snapshot(), upstreams);
        }
    }

    private void remember(int provider, Set<String> names) {
        Set<String> wireIds = names.stream()
                .map(name -> name.equals("old") ? "old-20250101" : name)
                .collect(Collectors.toSet());
        everListed.computeIfAbsent(provider, id -> new HashSet<>()).addAll(wireIds);
        lastListed.put(provider, wireIds);
    }

    private static void step(LiveCatalog catalog, Upstream upstream, Set<String> names) {
        Set<String> before = ids(catalog.snapshot());
        Map<Upstream, List<ModelInfo>> list = Map.of(
                upstream,
                names.stream()
                        .map(name -> new ModelInfo(name, null, 0, null, null))
                        .toList());
        ListingChange change = catalog.list(list).values().iterator().next();
        CatalogSnapshot after = catalog.snapshot();
        assertThat(ids(after)).containsAll(before).hasSize(before.size() + change.added());
        assertThat(change.discovered()).isEqualTo(names.size());

        ListingChange again = catalog.list(list).values().iterator().next();
        assertThat(again).isEqualTo(new ListingChange(0, 0, 0, names.size(), List.of()));
        assertThat(catalog.snapshot()).isSameAs(after);
    }

    private void holds(CatalogSnapshot snapshot, List<Upstream> upstreams) {
        everListed.forEach((provider, ever) -> {
            Set<String> vanished = new HashSet<>(ever);
            vanished.removeAll(lastListed.get(provider));
            String id = upstreams.get(provider).provider().id();
            assertThat(snapshot.delisted().getOrDefault(id, Set.of())).isEqualTo(vanished);
        });
    }

    private static Set<String> ids(CatalogSnapshot snapshot) {
        return snapshot.catalog().cards().stream().map(ModelCard::id).collect(Collectors.toSet());
    }
}
