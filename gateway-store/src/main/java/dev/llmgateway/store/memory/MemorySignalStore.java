package dev.llmgateway.store.memory;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.SignalHour;
import dev.llmgateway.api.quality.SignalQuery;
import dev.llmgateway.api.quality.SignalSum;
import dev.llmgateway.api.spi.SignalStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the latest reports about the quality of answers in memory.
 *
 * <pre>{@code
 * SignalStore store = new MemorySignalStore();
 * List<SignalSum> today = store.sums(SignalQuery.ALL, List.of(midnight, now));
 * }</pre>
 */
public final class MemorySignalStore implements SignalStore {

    /** How many reports are kept; the oldest make room. */
    public static final int MOST_SIGNALS = 50_000;

    private record Place(int period, String card) {}

    private record Hour(Instant hour, String card, String taskType) {}

    /** Guarded by this. */
    private final Deque<QualitySignal> signals = new ArrayDeque<>();

    @Override
    public synchronized void append(List<QualitySignal> more) {
        for (QualitySignal signal : more) {
            if (signals.size() == MOST_SIGNALS) {
                signals.remove();
            }
            signals.add(signal);
        }
    }

    @Override
    public synchronized List<SignalSum> sums(SignalQuery query, List<Instant> edges) {
        Map<Place, SignalSum> sums =
                new TreeMap<>(Comparator.comparingInt(Place::period).thenComparing(Place::card));
        for (QualitySignal signal : signals) {
            int period = period(signal.at(), edges);
            if (period >= 0 && query.matches(signal)) {
                SignalSum one = new SignalSum(period, signal.card(), 1, signal.value(), signal.at());
                sums.merge(new Place(period, signal.card()), one, MemorySignalStore::both);
            }
        }
        return List.copyOf(sums.values());
    }

    private static SignalSum both(SignalSum sum, SignalSum more) {
        long samples = sum.samples() + more.samples();
        double mean = sum.mean() + (more.mean() - sum.mean()) * more.samples() / samples;
        Instant first = sum.first().isBefore(more.first()) ? sum.first() : more.first();
        return new SignalSum(sum.period(), sum.card(), samples, mean, first);
    }

    /** Which period a moment is in; -1 for none. */
    private static int period(Instant at, List<Instant> edges) {
        int found = Collections.binarySearch(edges, at);
        int period = found >= 0 ? found : -found - 2;
        return period < edges.size() - 1 ? period : -1;
    }

    @Override
    public long position() {
        return 0;
    }

    @Override
    public List<SignalHour> ofOthers(long from, long before) {
        return List.of();
    }

    @Override
    public synchronized List<SignalHour> hours(Instant from, Instant to, long before) {
        Map<Hour, DoubleSummaryStatistics> hours = new TreeMap<>(
                Comparator.comparing(Hour::hour).thenComparing(Hour::card).thenComparing(Hour::taskType));
        for (QualitySignal signal : signals) {
            if (!signal.at().isBefore(from) && signal.at().isBefore(to)) {
                Hour hour = new Hour(signal.at().truncatedTo(ChronoUnit.HOURS), signal.card(), signal.taskType());
                hours.computeIfAbsent(hour, first -> new DoubleSummaryStatistics())
                        .accept(signal.value());
            }
        }
        return hours.entrySet().stream()
                .map(hour -> new SignalHour(
                        hour.getKey().card(),
                        hour.getKey().taskType(),
                        hour.getKey().hour(),
                        hour.getValue().getCount(),
                        hour.getValue().getSum()))
                .toList();
    }

    @Override
    public synchronized long clear() {
        long forgotten = signals.size();
        signals.clear();
        return forgotten;
    }

    @Override
    public boolean isPersistent() {
        return false;
    }

    @Override
    public void close() {}
}
