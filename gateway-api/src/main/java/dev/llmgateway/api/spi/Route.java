package dev.llmgateway.api.spi;

import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.Resolution;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingOptions;
import java.util.List;
import java.util.Set;

/**
 * The targets of one call, best first, and the decision behind them.
 *
 * @param targets what the decision's chain names, in its order; empty when the decision is a refusal
 */
public record Route(List<RouteTarget> targets, RoutingDecision decision) {
    public Route {
        targets = List.copyOf(targets);
        if (targets.size() != decision.chain().size()) {
            throw new IllegalArgumentException(targets.size() + " targets for a chain of "
                    + decision.chain().size() + ": there must be one for each step");
        }
    }

    /** The same route for a caller that forbids failover. */
    public Route withoutFailover() {
        return targets.size() < 2 ? this : new Route(targets.subList(0, 1), decision.withoutFailover());
    }

    /** A route by the model's name alone: all targets were named by the caller. */
    public static Route byName(
            String model, Resolution.Match match, RoutingOptions options, List<RouteTarget> targets) {
        List<ChainStep> chain = targets.stream()
                .map(target -> new ChainStep(candidate(target), ChainStep.Why.PINNED))
                .toList();
        Requirements unknown =
                new Requirements(options.classification(), options.levelSource(), Set.of(), 0, null, options.maxCost());
        return new Route(
                targets,
                new RoutingDecision(
                        Resolution.of(model, match), options.profile(), unknown, 0, List.of(), List.of(), chain, null));
    }

    private static Candidate candidate(RouteTarget target) {
        return new Candidate(target.toString(), target.provider().id(), target.model(), target.model());
    }
}
