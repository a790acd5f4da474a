package dev.llmgateway.routing;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.LayerTrace;
import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.routing.signals.SignalBoard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the models for a request: catalog in, requirements in, decision out. It calls nobody and speaks no HTTP, so that
 * any application can use it:
 *
 * {@snippet :
 * var catalog = CatalogSnapshot.of(ModelCatalog.shipped(), List.of(Upstream.named("openai", "openai")));
 * var table = RoutingTable.of(catalog);
 * var needs = new Requirements(DataClassification.INTERNAL, Set.of(Capability.VISION), 2_000, 500, null);
 * var query = RoutingQuery.auto(RoutingProfile.CODE, needs, LocalDate.now(ZoneOffset.UTC));
 * RoutingDecision decision = new RoutingEngine().decide(table, query);
 * }
 *
 * <p>The layers, in order: availability, classification, capability, quality, cost, latency. The score of a survivor is
 * {@code quality weight * quality + cost weight * cost score}. Among equal scores a model whose time to the first token is
 * known comes first, then the cheaper one, then the one whose card's id, and then whose provider's id, comes first in the
 * alphabet; where the profile prefers thinking, models that think come before all others. So the same inputs always give
 * the same decision, but for the times that the layers took.
 *
 * <p>Stateless, thread safe and free of locks.
 */
public final class RoutingEngine {

    private final LiveTtft live;
    private final SignalBoard reports;

    /** An engine that goes by the cards alone. */
    public RoutingEngine() {
        this(new LiveTtft(Ticker.system()), new SignalBoard(InstantSource.system()));
    }

    /**
     * An engine that goes by what was measured and reported, where anything was, and by the cards elsewhere.
     *
     * @param live the times to the first token
     * @param reports what was reported about the quality of answers
     */
    public RoutingEngine(LiveTtft live, SignalBoard reports) {
        this.live = live;
        this.reports = reports;
    }

    /**
     * Decides. When the caller named a model, that model leads the chain or the decision is a refusal: another one never
     * takes its place in silence.
     */
    public RoutingDecision decide(RoutingTable table, RoutingQuery query) {
        Narrowing all = Narrowing.ofAll(table, query, live, reports);
        if (query.pinned().isEmpty()) {
            return decision(table, query, all, List.of());
        }
        Narrowing named = Narrowing.ofNamed(query, live, reports);
        return named.ranking().isEmpty()
                ? refusal(table, query, all, WhyNot.named(query, named.layers(), all.ranking()))
                : decision(table, query, all, named.ranking());
    }

    private static RoutingDecision decision(
            RoutingTable table, RoutingQuery query, Narrowing all, List<Survivor> named) {
        List<ChainStep> chain = FailoverChain.of(named, all, query);
        return chain.isEmpty()
                ? refusal(table, query, all, WhyNot.anybody(query, all.layers()))
                : decision(table, query, all, chain, null);
    }

    private static RoutingDecision refusal(RoutingTable table, RoutingQuery query, Narrowing all, Refusal refusal) {
        return decision(table, query, all, List.of(), refusal);
    }

    private static RoutingDecision decision(
            RoutingTable table, RoutingQuery query, Narrowing all, List<ChainStep> chain, @Nullable Refusal refusal) {
        List<LayerTrace> layers = all.layers();
        List<Ranked> ranking = new ArrayList<>(all.ranking().size());
        for (Survivor survivor : all.ranking()) {
            ranking.add(survivor.ranked());
        }
        return new RoutingDecision(
                query.resolution(),
                query.profile(),
                query.requirements(),
                table.snapshot().version(),
                layers,
                ranking,
                chain,
                refusal);
    }
}
