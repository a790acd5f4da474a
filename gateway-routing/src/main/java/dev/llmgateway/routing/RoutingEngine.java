package dev.llmgateway.routing;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.LayerTrace;
import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.spi.TargetHealth;
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
 * <p>Who cannot be asked now goes out, and who is strained stands behind all others. A named model still leads when it is
 * strained; when it cannot be asked, the chain begins behind it, as if it had been asked and had failed.
 *
 * <p>Who cannot be sent all of the request, because it has tools or parts that only another vendor's API takes, stands
 * behind all who can, strained or not; but a named model still leads.
 *
 * <p>Stateless, thread safe and free of locks.
 */
public final class RoutingEngine {

    private final LiveTtft live;
    private final SignalBoard reports;
    private final TargetHealth health;

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
        this(live, reports, TargetHealth.ALL_READY);
    }

    /**
     * An engine that also goes by who can be asked now.
     *
     * @param live the times to the first token
     * @param reports what was reported about the quality of answers
     * @param health is asked once about each candidate of a decision
     */
    public RoutingEngine(LiveTtft live, SignalBoard reports, TargetHealth health) {
        this.live = live;
        this.reports = reports;
        this.health = health;
    }

    /**
     * Decides. When the caller named a model, that model leads the chain or the decision is a refusal: another one never
     * takes its place in silence, but for the time in which it cannot be asked, and then the chain says so.
     */
    public RoutingDecision decide(RoutingTable table, RoutingQuery query) {
        Standing standing = new Standing(health, query.caller(), query.pinned());
        Known known = new Known(live, reports, standing, ApiFit.of(query.request()));
        Narrowing all = Narrowing.ofAll(table, query, known);
        if (query.pinned().isEmpty()) {
            return decision(table, query, all, List.of(), known);
        }
        Narrowing named = Narrowing.ofNamed(query, known);
        return named.ranking().isEmpty()
                ? decision(table, query, all.layers(), all, WhyNot.named(query, named.layers(), all.ranking()))
                : decision(table, query, all, named.ranking(), known);
    }

    /**
     * @param named those that may serve the request, whether or not they can be asked now
     */
    private static RoutingDecision decision(
            RoutingTable table, RoutingQuery query, Narrowing all, List<Survivor> named, Known known) {
        Standing standing = known.standing();
        List<Survivor> askable = named.stream().filter(standing::canBeAsked).toList();
        List<LayerTrace> layers =
                askable.size() == named.size() ? all.layers() : NobodyNow.traced(all.layers(), named, standing);
        if (askable.isEmpty() && !named.isEmpty() && !query.failover()) {
            return decision(table, query, layers, all, NobodyNow.named(named, standing));
        }
        List<ChainStep> chain = FailoverChain.of(askable, all, query, known.fit());
        return chain.isEmpty()
                ? decision(table, query, layers, all, nobody(table, query, layers, named, known))
                : decision(table, query, layers, all, chain, null);
    }

    /** Whether anybody could serve the request shows when all are taken to be ready. */
    private static Refusal nobody(
            RoutingTable table, RoutingQuery query, List<LayerTrace> layers, List<Survivor> named, Known known) {
        if (!NobodyNow.isSomebodyOut(layers)) {
            return WhyNot.anybody(query, layers);
        }
        Narrowing ready = Narrowing.ofAll(table, query, known.withAllReady());
        List<Survivor> able = new ArrayList<>(named);
        able.addAll(FailoverChain.mayFollow(ready.ranking().isEmpty() ? ready.tooSlow() : ready.ranking(), query));
        return able.isEmpty() ? WhyNot.anybody(query, ready.layers()) : NobodyNow.anybody(able, layers);
    }

    private static RoutingDecision decision(
            RoutingTable table, RoutingQuery query, List<LayerTrace> layers, Narrowing all, Refusal refusal) {
        return decision(table, query, layers, all, List.of(), refusal);
    }

    private static RoutingDecision decision(
            RoutingTable table,
            RoutingQuery query,
            List<LayerTrace> layers,
            Narrowing all,
            List<ChainStep> chain,
            @Nullable Refusal refusal) {
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
