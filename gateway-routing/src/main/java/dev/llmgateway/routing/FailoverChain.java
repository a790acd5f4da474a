package dev.llmgateway.routing;

import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.ChainStep.Why;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the targets of one call: at most {@value #LONGEST}, no target twice, and a second provider when one survives, so
 * that one provider's outage never takes the whole chain.
 */
final class FailoverChain {

    /** As many targets as are tried for one call. */
    static final int LONGEST = 3;

    private final ApiFit fit;
    private final List<Survivor> targets = new ArrayList<>(LONGEST);
    private final List<ChainStep> steps = new ArrayList<>(LONGEST);

    private FailoverChain(ApiFit fit) {
        this.fit = fit;
    }

    /**
     * The chain.
     *
     * @param named the models that the caller named, best first; empty when it named none, or none of them can be asked now
     */
    static List<ChainStep> of(List<Survivor> named, Narrowing all, RoutingQuery query, ApiFit fit) {
        Candidate sticky = query.sticky();
        int needed = TableEntry.mask(query.requirements().capabilities());
        FailoverChain chain = new FailoverChain(fit);
        boolean anyQuickEnough = !all.ranking().isEmpty();
        List<Survivor> others = mayFollow(anyQuickEnough ? all.ranking() : all.tooSlow(), query);
        Why why = anyQuickEnough ? Why.RANKED : Why.QUICKEST;
        if (named.isEmpty() && !query.pinned().isEmpty()) {
            why = Why.STAND_IN;
        }
        chain.addSticky(named.isEmpty() ? all.ranking() : named, sticky);
        for (Survivor survivor : named) {
            chain.add(survivor, survivor.entry().leavesOpen(needed) ? Why.PINNED_UNCHECKED : Why.PINNED);
        }
        for (int i = 0; i < others.size() && chain.steps.size() < LONGEST; i++) {
            Survivor other = others.get(i);
            boolean overtakes = why == Why.RANKED && hasOvertaken(other, others, query);
            chain.add(other, overtakes ? Why.TAKES_ALL : why);
        }
        chain.holdSecondProvider(named);
        chain.holdSecondProvider(others);
        return chain.steps;
    }

    /** Of these, who may stand behind the named models: behind an embedding model only the same model's other providers. */
    static List<Survivor> mayFollow(List<Survivor> others, RoutingQuery query) {
        return query.isBoundToItsModel()
                ? others.stream()
                        .filter(other -> query.pinned().stream().anyMatch(other.entry()::isSameModelAs))
                        .toList()
                : others;
    }

    private static boolean hasOvertaken(Survivor one, List<Survivor> all, RoutingQuery query) {
        boolean thinkingFirst = query.profile().prefersThinking();
        return all.stream().anyMatch(other -> one.overtakes(other, thinkingFirst));
    }

    /** A conversation leaves its model when that could not be sent all of the request, and another could. */
    private void addSticky(List<Survivor> from, @Nullable Candidate sticky) {
        if (sticky == null) {
            return;
        }
        for (Survivor survivor : from) {
            if (survivor.candidate().equals(sticky)) {
                if (survivor.leavesOut() == null || from.getFirst().leavesOut() != null) {
                    add(survivor, Why.STICKY);
                }
                return;
            }
        }
    }

    private void add(Survivor survivor, Why why) {
        if (steps.size() < LONGEST && targets.stream().noneMatch(survivor::isSameTargetAs)) {
            targets.add(survivor);
            steps.add(step(survivor, why));
        }
    }

    private ChainStep step(Survivor survivor, Why why) {
        return new ChainStep(survivor.candidate(), why, fit.dialect(survivor.entry()), survivor.leavesOut());
    }

    /** The best at another provider takes the last place, if need be. A shorter chain holds everybody already. */
    private void holdSecondProvider(List<Survivor> candidates) {
        if (steps.size() < LONGEST || !targets.stream().allMatch(targets.getFirst()::isAtProviderOf)) {
            return;
        }
        for (Survivor candidate : candidates) {
            if (!candidate.isAtProviderOf(targets.getFirst())) {
                targets.set(LONGEST - 1, candidate);
                steps.set(LONGEST - 1, step(candidate, Why.SECOND_PROVIDER));
                return;
            }
        }
    }
}
