package dev.llmgateway.api.routing;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which models answer a request, and all that led to the choice. Immutable; the one value behind every account of a
 * decision.
 *
 * @param resolution what the model's name was found to mean
 * @param profile how quality, cost and latency were weighed
 * @param requirements what the request needs
 * @param catalogVersion which version of the catalog was looked at; grows with every change
 * @param layers what each layer did, in order; empty when the name alone decided
 * @param ranking the survivors of all layers, best first
 * @param chain the targets to try in order, at most three; empty exactly when there is a refusal
 * @param refusal why there is no target; null when there is one
 */
public record RoutingDecision(
        Resolution resolution,
        RoutingProfile profile,
        Requirements requirements,
        long catalogVersion,
        List<LayerTrace> layers,
        List<Ranked> ranking,
        List<ChainStep> chain,
        @Nullable Refusal refusal) {

    /** @throws IllegalArgumentException when there is neither a target nor a refusal, or both */
    public RoutingDecision {
        layers = List.copyOf(layers);
        ranking = List.copyOf(ranking);
        chain = List.copyOf(chain);
        if (chain.isEmpty() == (refusal == null)) {
            throw new IllegalArgumentException("a decision has either targets or a refusal");
        }
    }

    /** The same decision for a caller that forbids failover: its first target alone, or the refusal. */
    public RoutingDecision withoutFailover() {
        return chain.size() < 2 ? this : with(ranking, chain.subList(0, 1));
    }

    /** The same decision with the best of its ranking alone; of how many, the last layer tells. */
    public RoutingDecision withBest(int most) {
        return ranking.size() <= most ? this : with(ranking.subList(0, most), chain);
    }

    private RoutingDecision with(List<Ranked> ranked, List<ChainStep> targets) {
        return new RoutingDecision(resolution, profile, requirements, catalogVersion, layers, ranked, targets, refusal);
    }

    /** What it is when nobody may be asked after all. */
    public RoutingDecision refused(Refusal why) {
        return new RoutingDecision(resolution, profile, requirements, catalogVersion, layers, ranking, List.of(), why);
    }

    /** The day (UTC) from which the model that was asked for is not used; null when none is announced. */
    public @Nullable LocalDate sunset() {
        return resolution.retirement() == null ? null : resolution.retirement().sunset();
    }

    /** All candidates that went out, layer by layer. */
    public List<Elimination> eliminated() {
        return layers.stream().flatMap(layer -> layer.eliminated().stream()).toList();
    }

    /** The decision in one line for people and logs. */
    public String summary() {
        if (refusal != null) {
            return resolution.asked() + " -> refused: " + refusal.sentence()
                    + requirements.levelSource().clause();
        }
        String targets = chain.stream()
                .map(step -> step.candidate() + " (" + step.why().word() + ")")
                .collect(Collectors.joining(", then "));
        return resolution.asked() + " -> " + targets + "; " + eliminated().size() + " eliminated"
                + requirements.levelSource().clause();
    }
}
