package dev.llmgateway.routing.signals;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.SignalHour;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Notices when a model gets worse at a task: compares the reports of the last hours with those of as many hours before.
 * Remembers two weeks by the hour for at most {@value #MAX_PAIRS} pairs of model and task type; the pair that has had no
 * report for longest makes room. Thread safe.
 */
public final class DegradationAlerts {

    /** As many pairs of model and task type are remembered. */
    public static final int MAX_PAIRS = 2_000;

    /** A fall by just the threshold is none, however the means were rounded. */
    private static final double ROUNDING = 1e-9;

    private static final long HOUR = Duration.ofHours(1).toMillis();

    /**
     * What counts as worse.
     *
     * @param windowHours how many hours are compared with as many before, 1..{@value #MAX_WINDOW_HOURS}; the hour that has
     *     begun is the last of them
     * @param threshold how far the mean must fall, more than this part of what it was, 0..1
     * @param minSamples as many reports must be in either window, 1 or more
     */
    public record Criteria(int windowHours, double threshold, int minSamples) {

        /** Two such windows are all that is remembered. */
        public static final int MAX_WINDOW_HOURS = HourRing.HOURS / 2;

        /** A day against the day before, a tenth, twenty reports. */
        public static final Criteria DEFAULT = new Criteria(24, 0.10, 20);

        /** @throws IllegalArgumentException when a component is out of its range */
        public Criteria {
            if (windowHours < 1 || windowHours > MAX_WINDOW_HOURS) {
                throw new IllegalArgumentException(
                        "window_hours is " + windowHours + ": it must be from 1 to " + MAX_WINDOW_HOURS);
            }
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new IllegalArgumentException("threshold is " + threshold + ": it must be from 0 to 1");
            }
            if (minSamples < 1) {
                throw new IllegalArgumentException("min_samples is " + minSamples + ": it must be 1 or more");
            }
        }
    }

    private record Pair(String card, String taskType) {}

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    /** The pair without a report for longest first. */
    private final Map<Pair, HourRing> rings = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Remembers nothing yet.
     *
     * @param clock tells where the last window ends
     */
    public DegradationAlerts(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes a report; one from the future counts as of this hour. */
    public void record(QualitySignal signal) {
        add(new Pair(signal.card(), signal.taskType()), signal.at(), 1, signal.value());
    }

    /** Takes reports that were made before. */
    public void restore(SignalHour reports) {
        add(new Pair(reports.card(), reports.taskType()), reports.hour(), reports.samples(), reports.sum());
    }

    private void add(Pair pair, Instant at, long samples, double sum) {
        lock.lock();
        try {
            long now = hourOf(clock.millis());
            rings.computeIfAbsent(pair, first -> new HourRing(now))
                    .add(Math.min(now, hourOf(at.toEpochMilli())), samples, sum);
            if (rings.size() > MAX_PAIRS) {
                rings.remove(rings.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all reports. */
    public void clear() {
        lock.lock();
        try {
            rings.clear();
        } finally {
            lock.unlock();
        }
    }

    /** The models that got worse, the largest drop first. */
    public List<Degradation> check(Criteria criteria) {
        long nextHour = hourOf(clock.millis()) + 1;
        List<Degradation> found = new ArrayList<>();
        lock.lock();
        try {
            rings.forEach((pair, ring) -> {
                Degradation degradation = compare(pair, ring, nextHour, criteria.windowHours());
                if (isWorse(degradation, criteria)) {
                    found.add(degradation);
                }
            });
        } finally {
            lock.unlock();
        }
        found.sort(Comparator.comparingDouble(Degradation::drop)
                .reversed()
                .thenComparing(Degradation::card)
                .thenComparing(Degradation::taskType));
        return found;
    }

    private static Degradation compare(Pair pair, HourRing ring, long nextHour, int hours) {
        return new Degradation(
                pair.card(),
                pair.taskType(),
                ring.level(nextHour - 2L * hours, hours),
                ring.level(nextHour - hours, hours));
    }

    private static boolean isWorse(Degradation degradation, Criteria criteria) {
        return degradation.previous().samples() >= criteria.minSamples()
                && degradation.current().samples() >= criteria.minSamples()
                && degradation.drop() > criteria.threshold() + ROUNDING;
    }

    private static long hourOf(long millis) {
        return Math.floorDiv(millis, HOUR);
    }
}
