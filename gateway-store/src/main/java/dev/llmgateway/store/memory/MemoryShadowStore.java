package dev.llmgateway.store.memory;

import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.ShadowQuery;
import dev.llmgateway.api.records.ShadowResult;
import dev.llmgateway.api.records.ShadowResult.Side;
import dev.llmgateway.api.records.ShadowSummary;
import dev.llmgateway.api.records.ShadowSummary.Figures;
import dev.llmgateway.api.records.ShadowSummary.Pair;
import dev.llmgateway.api.spi.ShadowStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Keeps what came of the latest copied calls in memory. */
public final class MemoryShadowStore implements ShadowStore {

    /** How many results are kept; the oldest make room. */
    public static final int MOST_RESULTS = 10_000;

    private static final Comparator<ShadowResult> NEWEST_FIRST = Comparator.comparing(ShadowResult::at)
            .thenComparing(ShadowResult::requestId)
            .reversed();

    private static final Comparator<ShadowSummary> MOST_SAMPLES_FIRST = Comparator.comparingLong(ShadowSummary::samples)
            .reversed()
            .thenComparing(summary -> summary.pair().primaryProvider())
            .thenComparing(summary -> summary.pair().primaryModel())
            .thenComparing(summary -> summary.pair().candidateProvider())
            .thenComparing(summary -> summary.pair().candidateModel());

    /** In the order in which they came. Guarded by this. */
    private final Map<String, ShadowResult> results = new LinkedHashMap<>();

    @Override
    public synchronized void append(List<ShadowResult> more) {
        for (ShadowResult result : more) {
            results.putIfAbsent(result.requestId(), result);
            if (results.size() > MOST_RESULTS) {
                results.remove(results.keySet().iterator().next());
            }
        }
    }

    @Override
    public synchronized List<ShadowResult> list(ShadowQuery query, @Nullable RecordCursor after, int limit) {
        return results.values().stream()
                .filter(query::matches)
                .filter(result -> after == null || after.isBefore(result.at(), result.requestId()))
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<ShadowSummary> summaries(ShadowQuery query) {
        return results.values().stream()
                .filter(query::matches)
                .collect(Collectors.groupingBy(Pair::of))
                .entrySet()
                .stream()
                .map(pair -> summary(pair.getKey(), pair.getValue()))
                .sorted(MOST_SAMPLES_FIRST)
                .toList();
    }

    private static ShadowSummary summary(Pair pair, List<ShadowResult> samples) {
        List<ShadowResult> answered =
                samples.stream().filter(ShadowResult::isAnswered).toList();
        List<Double> agreements = answered.stream()
                .map(ShadowResult::agreement)
                .filter(Objects::nonNull)
                .toList();
        List<Long> tenths = new ArrayList<>(Collections.nCopies(ShadowSummary.PARTS, 0L));
        for (double agreement : agreements) {
            int part = Math.min((int) (agreement * ShadowSummary.PARTS), ShadowSummary.PARTS - 1);
            tenths.set(part, tenths.get(part) + 1);
        }
        return new ShadowSummary(
                pair,
                samples.size(),
                samples.size() - answered.size(),
                figures(answered.stream().map(ShadowResult::primary).toList()),
                figures(answered.stream().map(ShadowResult::candidate).toList()),
                mean(agreements),
                tenths);
    }

    private static Figures figures(List<Side> sides) {
        List<Double> costs =
                sides.stream().map(Side::costUsd).filter(Objects::nonNull).toList();
        double[] latencies = sides.stream()
                .mapToDouble(side -> side.latency().toNanos() / 1e6)
                .sorted()
                .toArray();
        double[] sortedCosts =
                costs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Figures(
                mean(costs), percentile(sortedCosts, 0.5), percentile(latencies, 0.5), percentile(latencies, 0.95));
    }

    private static @Nullable Double mean(List<Double> values) {
        return values.isEmpty()
                ? null
                : Double.valueOf(values.stream()
                        .flatMapToDouble(DoubleStream::of)
                        .average()
                        .orElseThrow());
    }

    /** Between two values, in proportion, as SQL's {@code percentile_cont} does it. */
    private static @Nullable Double percentile(double[] sorted, double part) {
        if (sorted.length == 0) {
            return null;
        }
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    @Override
    public synchronized long clear() {
        long forgotten = results.size();
        results.clear();
        return forgotten;
    }

    @Override
    public boolean isPersistent() {
        return false;
    }

    @Override
    public void close() {}
}
