package dev.llmgateway.api.spi;

import java.util.List;

/**
 * The targets of one call, best first.
 *
 * @param targets at least one
 */
public record Route(List<RouteTarget> targets) {
    public Route {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a route has at least one target");
        }
    }
}
