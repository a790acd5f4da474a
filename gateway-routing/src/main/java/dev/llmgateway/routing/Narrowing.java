package dev.llmgateway.routing;

import dev.llmgateway.api.routing.Elimination;
import dev.llmgateway.api.routing.Elimination.Reason;
import dev.llmgateway.api.routing.Layer;
import dev.llmgateway.api.routing.LayerTrace;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.routing.TargetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pool of models through the layers. For one decision by one thread.
 *
 * <p>Whoever is left stands at the beginning of the arrays, in the table's order; a layer moves its survivors up. Nothing
 * is allocated for a model that goes out but its {@link Elimination}.
 */
final class Narrowing {

    /** Costs below this are taken for this: the logarithm has no use for zero. */
    private static final double LEAST_COST = 1e-6;

    private final RoutingProfile profile;
    private final Checks checks;
    private final Known known;
    private final TableEntry[] pool;
    private int left;
    private double[] quality = {};
    private double[] cost = {};
    private double[] costScore = {};
    private final List<LayerTrace> layers = new ArrayList<>(Layer.values().length);
    private List<Survivor> ranking = List.of();
    private List<Survivor> tooSlow = List.of();

    private Narrowing(List<TableEntry> pool, RoutingQuery query, boolean named, Known known) {
        this.pool = pool.toArray(TableEntry[]::new);
        this.left = this.pool.length;
        this.profile = query.profile();
        this.checks = new Checks(query.requirements(), query.today(), named);
        this.known = known;
    }

    /** All layers over the models of a table. */
    static Narrowing ofAll(RoutingTable table, RoutingQuery query, Known known) {
        Narrowing run = new Narrowing(table.entries(), query, false, known);
        run.eliminate(Layer.AVAILABILITY, run::availability);
        run.narrow(query.profile().latency().limit());
        return run;
    }

    /**
     * All layers but latency over the models that the caller named: who names a slow model wants it. Those that cannot be
     * asked now stay in: whether they may serve the request at all does not change from one second to the next.
     */
    static Narrowing ofNamed(RoutingQuery query, Known known) {
        Narrowing run = new Narrowing(query.pinned(), query, true, known);
        run.eliminate(Layer.AVAILABILITY, run.checks::availability);
        run.narrow(null);
        return run;
    }

    List<LayerTrace> layers() {
        return layers;
    }

    /** Who survived, best first. */
    List<Survivor> ranking() {
        return ranking;
    }

    /** When nobody is quick enough, all that only the last layer eliminated, quickest first; else empty. */
    List<Survivor> tooSlow() {
        return tooSlow;
    }

    private void narrow(@Nullable Duration limit) {
        eliminate(Layer.CLASSIFICATION, checks::classification);
        eliminate(Layer.CAPABILITY, checks::capability);
        judgeQuality();
        judgeCost();
        judgeLatency(limit == null ? Long.MAX_VALUE : limit.toMillis());
    }

    private @Nullable Reason availability(TableEntry entry) {
        Reason reason = checks.availability(entry);
        return reason == null && known.standing().of(entry) instanceof TargetState.Unavailable now
                ? new Reason.Unavailable(now)
                : reason;
    }

    private void eliminate(Layer layer, Function<TableEntry, @Nullable Reason> check) {
        long start = System.nanoTime();
        int in = left;
        List<Elimination> out = new ArrayList<>();
        left = 0;
        for (int i = 0; i < in; i++) {
            TableEntry entry = pool[i];
            Reason reason = check.apply(entry);
            if (reason == null) {
                pool[left++] = entry;
            } else {
                out.add(new Elimination(entry.candidate(), reason));
            }
        }
        trace(layer, in, out, start);
    }

    private void judgeQuality() {
        long start = System.nanoTime();
        quality = new double[left];
        for (int i = 0; i < left; i++) {
            quality[i] = pool[i].quality(
                    profile, known.reports().of(pool[i].candidate().card()));
        }
        trace(Layer.QUALITY, left, List.of(), start);
    }

    private void judgeCost() {
        long start = System.nanoTime();
        int in = left;
        List<Elimination> out = new ArrayList<>();
        cost = new double[in];
        left = 0;
        for (int i = 0; i < in; i++) {
            double estimate = checks.estimatedCost(pool[i]);
            Reason reason = checks.cost(estimate);
            if (reason == null) {
                pool[left] = pool[i];
                quality[left] = quality[i];
                cost[left++] = estimate;
            } else {
                out.add(new Elimination(pool[i].candidate(), reason));
            }
        }
        scoreCosts();
        trace(Layer.COST, in, out, start);
    }

    /** 1 for the cheapest, 0 for the dearest and for whoever has no known price, by logarithms between. */
    private void scoreCosts() {
        costScore = new double[left];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < left; i++) {
            double log = Math.log(Math.max(cost[i], LEAST_COST));
            costScore[i] = log;
            least = log < least ? log : least;
            most = log > most ? log : most;
        }
        for (int i = 0; i < left; i++) {
            double log = costScore[i];
            if (Double.isNaN(log)) {
                costScore[i] = 0;
            } else {
                costScore[i] = most == least ? 1 : 1 - (log - least) / (most - least);
            }
        }
    }

    private void judgeLatency(long limit) {
        long start = System.nanoTime();
        int in = left;
        List<Elimination> out = new ArrayList<>();
        Survivor[] survivors = new Survivor[in];
        left = 0;
        for (int i = 0; i < in; i++) {
            Long measured = measured(pool[i]);
            long ttft = measured == null ? pool[i].ttft : measured;
            if (ttft <= limit) {
                survivors[left++] = survivor(i, ttft, measured != null);
            } else {
                out.add(new Elimination(pool[i].candidate(), new Reason.TooSlow(ttft, limit, measured != null)));
            }
        }
        ranking = Survivor.lastResortsLast(RankSort.best(survivors, left, profile.prefersThinking()));
        if (left == 0) {
            tooSlow = quickest(in);
        }
        trace(Layer.LATENCY, in, out, start);
    }

    /** Whoever came into the last layer still stands in the arrays, since nobody took a place. */
    private List<Survivor> quickest(int in) {
        Survivor[] all = new Survivor[in];
        for (int i = 0; i < in; i++) {
            Long measured = measured(pool[i]);
            all[i] = survivor(i, measured == null ? pool[i].ttft : measured, measured != null);
        }
        Arrays.sort(all, Survivor.BY_TTFT.thenComparing(Survivor.order(profile.prefersThinking())));
        return Survivor.lastResortsLast(Arrays.asList(all));
    }

    private @Nullable Long measured(TableEntry entry) {
        return known.live()
                .medianMillis(entry.candidate().provider(), entry.candidate().model());
    }

    private Survivor survivor(int i, long ttft, boolean measured) {
        double counted = Double.isNaN(quality[i]) ? 0 : quality[i];
        double score = profile.qualityWeight() * counted + profile.costWeight() * costScore[i];
        String strained = known.standing().strained(pool[i]);
        String leavesOut = known.fit().leavesOut(pool[i]);
        return new Survivor(pool[i], quality[i], cost[i], costScore[i], score, ttft, measured, strained, leavesOut);
    }

    private void trace(Layer layer, int in, List<Elimination> out, long start) {
        layers.add(new LayerTrace(layer, in, out, System.nanoTime() - start));
    }
}
