package dev.llmgateway.server.catalog;

import dev.llmgateway.routing.NameCheck;
import dev.llmgateway.routing.NameProblem;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.server.config.ConfigException;
import dev.llmgateway.server.config.ConfigProblem;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.config.ProviderConfig;
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

    /** Providers that are switched off count: an alias may wait for one. */
    private static void requireNamesThatLead(GatewayConfig config, ModelCatalog catalog) {
        List<String> providers =
                config.providers().stream().map(ProviderConfig::id).toList();
        List<ConfigProblem> problems =
                NameCheck.problems(config.models().routing().rules(), catalog, providers).stream()
                        .map(ConfiguredModels::problem)
                        .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException("the configuration", problems);
        }
    }

    private static ConfigProblem problem(NameProblem problem) {
        String place = switch (problem.where()) {
            case ALIAS -> "'" + problem.entry() + "' in [model_routing.aliases]";
            case DEPRECATION -> "\"" + problem.entry() + "\" in [[model_routing.deprecations]]";
            case CARD -> "\"" + problem.entry() + "\" in [[models]]";
        };
        return new ConfigProblem(place + " " + problem.what(), null, problem.remedy());
    }
}
