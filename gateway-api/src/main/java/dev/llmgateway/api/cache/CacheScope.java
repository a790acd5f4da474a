package dev.llmgateway.api.cache;

import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.routing.RoutingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must be equal beside the request itself for an answer to be given to another call. */
final class CacheScope {

    /** Says how a body is to be read, which it was by now; a client of another dialect does not send it. */
    private static final String VERSION = "anthropic-version";

    private CacheScope() {}

    /**
     * Whom the answer is for, and who is asked and how.
     *
     * @param named what the model's name stands for. If the choice is free, what decides it counts as well; not the
     *     conversation, though: an answer is not better for having been chosen in another one
     */
    static List<String> of(Exchange exchange, List<String> named) {
        RoutingOptions routing = exchange.options().routing();
        List<String> scope = new ArrayList<>();
        scope.add(exchange.caller().tenant());
        scope.add(routing.classification().word());
        Map<String, String> headers = new TreeMap<>(exchange.options().providerHeaders());
        headers.remove(VERSION);
        scope.add(String.valueOf(headers.size()));
        headers.forEach((name, value) -> {
            scope.add(name);
            scope.add(value);
        });
        if (named.isEmpty()) {
            scope.add("free");
            scope.add(exchange.request().model());
            scope.add(routing.profile().key());
            scope.add(String.valueOf(routing.maxCost()));
        } else {
            scope.add("named");
            scope.addAll(named);
        }
        return scope;
    }
}
