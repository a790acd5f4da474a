package dev.llmgateway.routing;

import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.NearestName;
import dev.llmgateway.api.routing.Resolution.Match;
import dev.llmgateway.api.spi.Route;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.api.spi.Router;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.Upstream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the model's name alone. The first match wins:
 *
 * <ol>
 *   <li>an alias, followed once;
 *   <li>a card's id, {@code provider/model};
 *   <li>a card's wire id, or its id without the provider: all providers that serve it, in their configured order;
 *   <li>{@code <configured provider id>/<anything>}: that provider alone, and whatever follows the slash goes on the wire;
 *   <li>{@code auto}: each provider's default model, in their configured order.
 * </ol>
 *
 * A name that nobody knows goes nowhere, even when some provider serves models without cards: guessing would send a
 * prompt to a provider that the caller did not mean. The error names the nearest known names.
 *
 * <p>A route has at most {@value #LONGEST_ROUTE} targets. Behind the first come only those that serve the same model, but
 * for {@code auto}. All routes but those of the fourth kind are made in advance.
 */
public final class NamedModelRouter implements Router {

    /** As many targets as are tried for one call. */
    static final int LONGEST_ROUTE = 3;

    private static final int LONGEST_QUOTE = 100;

    private final ModelCatalog catalog;
    private final List<Upstream> upstreams;
    private final Map<String, String> aliases;
    private final Map<String, List<RouteTarget>> routes;

    /**
     * A router over providers in their order of preference.
     *
     * @param aliases a model's name by the name that callers may use for it
     */
    public NamedModelRouter(ModelCatalog catalog, List<Upstream> upstreams, Map<String, String> aliases) {
        this.catalog = catalog;
        this.upstreams = List.copyOf(upstreams);
        this.aliases = Map.copyOf(aliases);
        this.routes = new KnownRoutes(catalog, this.upstreams).all();
    }

    @Override
    public Route route(Exchange exchange) {
        String asked = exchange.request().model();
        String name = aliases.getOrDefault(asked, asked);
        List<RouteTarget> known = routes.get(name);
        if (known != null) {
            return Route.byName(asked, Match.CARD, exchange.options().routing(), known);
        }
        RouteTarget cardless = cardless(name);
        if (cardless != null) {
            return Route.byName(asked, Match.PROVIDER, exchange.options().routing(), List.of(cardless));
        }
        throw new GatewayException.ModelNotFound(whyNot(asked, name));
    }

    /** The models that can be asked for by their card's id, in the catalog's order. */
    public List<ModelCard> servedCards() {
        return catalog.cards().stream()
                .filter(card -> upstreams.stream().anyMatch(upstream -> upstream.serves(card)))
                .toList();
    }

    /** The aliases with the names they stand for. */
    public Map<String, String> aliases() {
        return aliases;
    }

    private @Nullable RouteTarget cardless(String name) {
        int slash = name.indexOf('/');
        if (slash < 1 || slash == name.length() - 1) {
            return null;
        }
        for (Upstream upstream : upstreams) {
            if (upstream.provider().id().length() == slash
                    && name.startsWith(upstream.provider().id())) {
                return upstream.target(name.substring(slash + 1));
            }
        }
        return null;
    }

    private String whyNot(String asked, String name) {
        if (upstreams.isEmpty()) {
            return "no provider is configured, so there is no model \"" + quoted(asked) + "\"";
        }
        String which = asked.equals(name)
                ? "the model \"" + quoted(name) + "\""
                : "the model \"" + quoted(name) + "\", for which \"" + quoted(asked) + "\" is an alias,";
        ModelCard card = catalog.card(name);
        if (card != null) {
            return which + " is known, but no configured provider is of the type " + card.vendor() + " that serves it";
        }
        if (name.equals(ShownModel.AUTO)) {
            return "no configured provider has a default model: name one, as in " + example("model");
        }
        return which + " does not exist." + nearest(name) + " A provider's model that the gateway does not know is"
                + " asked for by provider/model, as in " + example(name);
    }

    private String nearest(String name) {
        Set<String> known = new LinkedHashSet<>(routes.keySet());
        known.addAll(aliases.keySet());
        List<String> near = NearestName.allOf(name, known, 3);
        return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
    }

    private String example(String name) {
        return upstreams.get(0).provider().id() + "/" + quoted(name.substring(name.lastIndexOf('/') + 1));
    }

    private static String quoted(String name) {
        return name.length() <= LONGEST_QUOTE ? name : name.substring(0, LONGEST_QUOTE) + "...";
    }

    /** Makes the routes that are known in advance. */
    private record KnownRoutes(ModelCatalog catalog, List<Upstream> upstreams) {

        Map<String, List<RouteTarget>> all() {
            Map<String, List<RouteTarget>> routes = new LinkedHashMap<>();
            for (ModelCard card : catalog.cards()) {
                add(routes, card.id(), pinned(card));
            }
            for (ModelCard card : catalog.cards()) {
                if (!routes.containsKey(card.wireId())) {
                    add(routes, card.wireId(), byPlainName(card.wireId()));
                }
                if (!routes.containsKey(card.plainName())) {
                    add(routes, card.plainName(), byPlainName(card.plainName()));
                }
            }
            add(routes, ShownModel.AUTO, defaults());
            return routes;
        }

        private static void add(Map<String, List<RouteTarget>> routes, String name, Set<RouteTarget> targets) {
            if (!targets.isEmpty()) {
                routes.put(name, targets.stream().limit(LONGEST_ROUTE).toList());
            }
        }

        /** The vendor's own providers, then those of others that serve the same model. */
        private Set<RouteTarget> pinned(ModelCard card) {
            Set<RouteTarget> targets = new LinkedHashSet<>();
            for (Upstream upstream : upstreams) {
                if (upstream.serves(card)) {
                    targets.add(upstream.target(card.wireId()));
                }
            }
            if (!targets.isEmpty()) {
                targets.addAll(byPlainName(card.wireId()));
            }
            return targets;
        }

        private Set<RouteTarget> byPlainName(String name) {
            Set<RouteTarget> targets = new LinkedHashSet<>();
            for (Upstream upstream : upstreams) {
                for (ModelCard card : upstream.served(catalog)) {
                    if (card.wireId().equals(name) || card.plainName().equals(name)) {
                        targets.add(upstream.target(card.wireId()));
                    }
                }
            }
            return targets;
        }

        private Set<RouteTarget> defaults() {
            Set<RouteTarget> targets = new LinkedHashSet<>();
            for (Upstream upstream : upstreams) {
                List<ModelCard> served = upstream.served(catalog);
                if (upstream.onlyModel() != null) {
                    targets.add(upstream.target(upstream.onlyModel()));
                } else if (!served.isEmpty()) {
                    targets.add(upstream.target(served.get(0).wireId()));
                }
            }
            return targets;
        }
    }
}
