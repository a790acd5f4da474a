package dev.llmgateway.server.catalog;

import dev.llmgateway.routing.NameCheck;
import dev.llmgateway.routing.NameProblem;
import dev.llmgateway.routing.NameRules;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.server.config.ConfigException;
import dev.llmgateway.server.config.ConfigProblem;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.config.ModelCardConfig;
import dev.llmgateway.server.config.ModelsConfig;
import dev.llmgateway.server.config.ProviderConfig;
import java.util.ArrayList;
import java.util.List;

/** The models that a configuration speaks of: the shipped ones, the operator's cards, and the names for them. */
public final class ConfiguredModels {

    private ConfiguredModels() {}

    /**
     * A catalog of the shipped and the operator's cards, without providers.
     *
     * @throws ConfigException with what is wrong with the cards, or else with aliases and deprecations that lead nowhere
     */
    public static LiveCatalog catalog(GatewayConfig config) {
        LiveCatalog catalog = new LiveCatalog(ModelCatalog.shipped());
        OperatorCards.of(config.providers())
                .cards(config.models().cards(), catalog.snapshot().catalog())
                .forEach(catalog::put);
        requireNamesThatLead(config, catalog.snapshot().catalog());
        return catalog;
    }

    /**
     * The card that an operator's word makes of what is known now.
     *
     * @param rules the names that the configuration gives to models
     * @throws ConfigException with what is wrong with the card, or else with names that would lead nowhere because of it
     */
    public static ModelCard card(ModelCardConfig word, CatalogSnapshot now, NameRules rules) {
        ModelCard card =
                OperatorCards.of(now).cards(List.of(word), now.catalog()).getFirst();
        List<String> providers = now.upstreams().stream()
                .map(upstream -> upstream.provider().id())
                .toList();
        List<NameProblem> problems = new ArrayList<>(NameCheck.problems(rules, with(now.catalog(), card), providers));
        problems.removeAll(NameCheck.problems(rules, now.catalog(), providers));
        refuse("the model catalog", problems);
        return card;
    }

    private static ModelCatalog with(ModelCatalog catalog, ModelCard card) {
        List<ModelCard> cards = new ArrayList<>(catalog.cards());
        cards.removeIf(other -> other.id().equals(card.id()));
        cards.add(card);
        return ModelCatalog.of(cards);
    }

    /** Providers that are switched off count: an alias may wait for one. */
    private static void requireNamesThatLead(GatewayConfig config, ModelCatalog catalog) {
        List<String> providers =
                config.providers().stream().map(ProviderConfig::id).toList();
        NameRules rules = config.models().routing().rules();
        refuse("the configuration", NameCheck.problems(rules, catalog, providers));
        requireShadow(config.models().shadow(), rules, catalog, providers);
    }

    private static void requireShadow(
            ModelsConfig.Shadow shadow, NameRules rules, ModelCatalog catalog, List<String> providers) {
        String model = shadow.enabled() ? shadow.model() : null;
        String remedy = model == null ? null : NameCheck.remedy(model, rules, catalog, providers);
        if (remedy != null) {
            String what = "'model' in [shadow] is \"" + model + "\", which no model is called";
            throw new ConfigException(
                    "the configuration", List.of(new ConfigProblem(what, null, remedy, "shadow.model")));
        }
    }

    private static void refuse(String called, List<NameProblem> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigException(
                    called, problems.stream().map(ConfiguredModels::problem).toList());
        }
    }

    private static ConfigProblem problem(NameProblem problem) {
        String place = switch (problem.where()) {
            case ALIAS -> "'" + problem.entry() + "' in [model_routing.aliases]";
            case DEPRECATION -> "\"" + problem.entry() + "\" in [[model_routing.deprecations]]";
            case CARD -> "\"" + problem.entry() + "\" in [[models]]";
        };
        String field = problem.where() == NameProblem.Where.CARD ? "lifecycle.replacement" : null;
        return new ConfigProblem(place + " " + problem.what(), null, problem.remedy(), field);
    }
}
