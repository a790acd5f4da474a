package dev.llmgateway.routing.signals;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.SignalHour;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Collects the reports about models: for the blend into their scores, and one by one for whoever drains them. Thread safe.
 * Reading for the blend takes no lock and allocates nothing, but for a model's first time in a day.
 *
 * <p>Holds at most {@value #MAX_PENDING} reports to be drained and the blend of {@value #MAX_CARDS} models; the oldest report
 * makes room, and the model that has had no report for longest.
 */
public final class SignalBoard {

    /** As many reports wait to be drained. */
    public static final int MAX_PENDING = 10_000;

    /** As many models have a blend. */
    public static final int MAX_CARDS = 2_000;

    private static final long DAY = Duration.ofDays(1).toMillis();

    /**
     * Reports that were taken out.
     *
     * @param signals in the order in which they came
     * @param dropped how many had to make room since the last time
     */
    public record Drained(List<QualitySignal> signals, long dropped) {

        /** Copies the list. */
        public Drained {
            signals = List.copyOf(signals);
        }
    }

    private final InstantSource clock;
    private final ConcurrentHashMap<String, CardSignals> blends = new ConcurrentHashMap<>();
    private final ReentrantLock recording = new ReentrantLock();
    /** The models that have a blend, the one without a report for longest first. */
    private final Map<String, Boolean> byRecency = new LinkedHashMap<>(16, 0.75f, true);

    private final ArrayDeque<QualitySignal> pending = new ArrayDeque<>();
    private long dropped;

    /**
     * A board without reports.
     *
     * @param clock tells which reports are of the last {@value DayWindow#DAYS} days
     */
    public SignalBoard(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes a report: it counts from now on. */
    public void record(QualitySignal signal) {
        recording.lock();
        try {
            if (pending.size() == MAX_PENDING) {
                pending.remove();
                dropped++;
            }
            pending.add(signal);
            blend(signal.card(), signal.taskType(), signal.at(), 1, signal.value());
        } finally {
            recording.unlock();
        }
    }

    /** Takes reports that were made before: they count for the blend, and are not drained. */
    public void restore(SignalHour reports) {
        recording.lock();
        try {
            blend(reports.card(), reports.taskType(), reports.hour(), reports.samples(), reports.sum());
        } finally {
            recording.unlock();
        }
    }

    /** The first moment whose reports count for the blend now. */
    public Instant oldest() {
        return Instant.ofEpochMilli((today() - DayWindow.DAYS + 1) * DAY);
    }

    /** Takes out the reports that nobody has taken out yet. They count for the blend as before. */
    public Drained drain() {
        recording.lock();
        try {
            Drained drained = new Drained(new ArrayList<>(pending), dropped);
            pending.clear();
            dropped = 0;
            return drained;
        } finally {
            recording.unlock();
        }
    }

    /** Forgets all reports, those that wait to be drained, too. */
    public void clear() {
        recording.lock();
        try {
            pending.clear();
            dropped = 0;
            byRecency.clear();
            blends.clear();
        } finally {
            recording.unlock();
        }
    }

    /** What was reported about a model lately, by the id of its card; null when nothing was. */
    public @Nullable CardSignals of(String cardId) {
        CardSignals known = blends.get(cardId);
        if (known == null) {
            return null;
        }
        long today = today();
        return known.today() >= today
                ? known
                : blends.computeIfPresent(cardId, (id, old) -> unlessEmpty(old.on(today)));
    }

    private void blend(String card, String taskType, Instant at, long samples, double sum) {
        long today = today();
        long day = Math.floorDiv(at.toEpochMilli(), DAY);
        blends.compute(card, (id, known) -> {
            CardSignals before = known == null ? CardSignals.none(today) : known.on(today);
            return unlessEmpty(before.plus(TaskTypes.kindOf(taskType), day, samples, sum));
        });
        byRecency.put(card, true);
        if (byRecency.size() > MAX_CARDS) {
            String quietest = byRecency.keySet().iterator().next();
            byRecency.remove(quietest);
            blends.remove(quietest);
        }
    }

    private static @Nullable CardSignals unlessEmpty(CardSignals signals) {
        return signals.isEmpty() ? null : signals;
    }

    private long today() {
        return Math.floorDiv(clock.millis(), DAY);
    }
}
