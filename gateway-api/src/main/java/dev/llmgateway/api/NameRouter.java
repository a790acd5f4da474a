package dev.llmgateway.api;

import dev.llmgateway.api.routing.Resolution.Match;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.Route;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.api.spi.Router;
import java.util.ArrayList;
import java.util.List;

/**
 * The router of a gateway that was given none: {@code provider/model} asks that provider; any other name is sent, as it
 * is, to the providers in the order they were added.
 */
final class NameRouter implements Router {

    private final List<Provider> providers;

    NameRouter(List<Provider> providers) {
        this.providers = providers;
    }

    @Override
    public Route route(Exchange exchange) {
        String name = exchange.request().model();
        List<RouteTarget> targets = new ArrayList<>();
        for (Provider provider : providers) {
            String prefix = provider.id() + "/";
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                return Route.byName(
                        name,
                        Match.PROVIDER,
                        exchange.options().routing(),
                        List.of(new RouteTarget(provider, name.substring(prefix.length()))));
            }
            targets.add(new RouteTarget(provider, name));
        }
        return Route.byName(name, Match.WIRE_ID, exchange.options().routing(), targets);
    }
}
