package dev.llmgateway.server.catalog;

import dev.llmgateway.api.NearestName;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.providers.ProviderType;
import dev.llmgateway.routing.catalog.Capabilities;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.server.config.ConfigException;
import dev.llmgateway.server.config.ConfigProblem;
import dev.llmgateway.server.config.ModelCardConfig;
import dev.llmgateway.server.config.ProviderConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes cards of what operators say about models. A card that the catalog has changes in what is said; for any other id the
 * part before the slash tells who serves the model: a configured provider, by its id, or every provider of a vendor.
 */
public final class OperatorCards {
    private static final Map<String, String> VENDORS = vendors();

    /** Of a new card, until its operator says more: streams are a matter of the protocol, not of the model. */
    private static final Capabilities STREAMS = new Capabilities(Set.of(Capability.STREAMING), Set.of());

    private final Map<String, String> typeByProvider;

    private OperatorCards(Map<String, String> typeByProvider) {
        this.typeByProvider = Map.copyOf(typeByProvider);
    }

    /** For the providers of the configuration, disabled ones included. */
    public static OperatorCards of(List<ProviderConfig> providers) {
        return new OperatorCards(providers.stream()
                .collect(Collectors.toMap(
                        ProviderConfig::id, provider -> provider.type().word(), (one, other) -> one)));
    }

    /** For the providers that are there now. */
    public static OperatorCards of(CatalogSnapshot snapshot) {
        return new OperatorCards(snapshot.upstreams().stream()
                .collect(Collectors.toMap(upstream -> upstream.provider().id(), upstream -> upstream.vendor())));
    }

    /** What the part before the slash may be, besides a provider's id, with the type of provider that it means. */
    private static Map<String, String> vendors() {
        Map<String, String> vendors = new LinkedHashMap<>();
        for (ProviderType type : ProviderType.values()) {
            vendors.put(type.word(), type.word());
        }
        vendors.put("deepinfra", ProviderType.DEEP_INFRA.word());
        vendors.put("azure", ProviderType.AZURE_OPENAI.word());
        return Map.copyOf(vendors);
    }

    /**
     * The cards, to be put into the catalog.
     *
     * @param words what operators say, each of another id
     * @param catalog what is known without them
     * @throws ConfigException with everything that is wrong: a provider that there is none of, a price of which a part is
     *     missing
     */
    public List<ModelCard> cards(List<ModelCardConfig> words, ModelCatalog catalog) {
        List<ConfigProblem> problems = new ArrayList<>();
        List<ModelCard> cards = new ArrayList<>();
        for (ModelCardConfig word : words) {
            ModelCard before = catalog.card(word.id());
            ModelCard start = before == null ? newCard(word, problems) : before;
            if (start != null) {
                cards.add(new CardMerge(word, problems).over(start));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException("the model catalog", problems);
        }
        return cards;
    }

    private @Nullable ModelCard newCard(ModelCardConfig word, List<ConfigProblem> problems) {
        int slash = word.id().indexOf('/');
        String prefix = word.id().substring(0, slash);
        String wireId = word.wireId() == null ? word.id().substring(slash + 1) : word.wireId();
        String type = typeByProvider.get(prefix);
        if (type != null) {
            return ModelCard.builder(word.id(), type, wireId)
                    .onlyAt(prefix)
                    .capabilities(STREAMS)
                    .build();
        }
        String vendor = VENDORS.get(prefix);
        if (vendor == null) {
            problems.add(unknownPrefix(word.id(), prefix));
            return null;
        }
        return ModelCard.builder(word.id(), vendor, wireId)
                .capabilities(STREAMS)
                .build();
    }

    private ConfigProblem unknownPrefix(String id, String prefix) {
        TreeSet<String> known = new TreeSet<>(VENDORS.keySet());
        known.addAll(typeByProvider.keySet());
        String near = NearestName.of(prefix, known)
                .map(name -> "did you mean \"" + name + "\"? ")
                .orElse("");
        return new ConfigProblem(
                "nobody serves the model \"" + id + "\"",
                null,
                near + "before the slash stands the id of a provider or one of these: " + String.join(", ", known),
                "id");
    }
}
