package dev.llmgateway.routing;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.spi.RouteTarget;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Measures the time to the first token of every model at every provider: the median of its streamed answers of the last
 * 15 minutes, as soon as there are {@value #ENOUGH} of them. Whole answers are not counted: their first content is their
 * end. Thread safe; reading takes no lock and allocates nothing.
 */
public final class LiveTtft implements GatewayListener {

    /** Fewer samples say nothing. */
    static final int ENOUGH = 20;

    /** The newest samples of a target; older ones are forgotten even when they are inside the window. */
    static final int KEPT = 128;

    static final Duration WINDOW = Duration.ofMinutes(15);

    static final int MOST_TARGETS = 2_000;

    private final Ticker ticker;
    private final Map<String, Map<String, Samples>> byProvider = new ConcurrentHashMap<>();
    private final AtomicInteger targets = new AtomicInteger();

    /** Begins to measure. */
    public LiveTtft(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * The median time to the first token, or null when there are too few samples.
     *
     * @param provider the configured provider's id
     * @param model the model's id on the wire
     * @return milliseconds
     */
    public @Nullable Long medianMillis(String provider, String model) {
        Map<String, Samples> byModel = byProvider.get(provider);
        Samples samples = byModel == null ? null : byModel.get(model);
        return samples == null ? null : samples.median(ticker.read());
    }

    @Override
    public void attemptCommitted(Attempt attempt, Duration elapsed) {
        if (attempt.exchange().request().stream()) {
            Samples samples = samplesOf(attempt.target());
            if (samples != null) {
                samples.add(ticker, elapsed.toNanos());
            }
        }
    }

    /** Null when there are too many targets, all of them in use. */
    private @Nullable Samples samplesOf(RouteTarget target) {
        Map<String, Samples> byModel =
                byProvider.computeIfAbsent(target.provider().id(), id -> new ConcurrentHashMap<>());
        Samples known = byModel.get(target.model());
        if (known != null) {
            return known;
        }
        if (targets.get() >= MOST_TARGETS) {
            forgetIdleTargets();
        }
        return targets.get() >= MOST_TARGETS
                ? null
                : byModel.computeIfAbsent(target.model(), model -> {
                    targets.incrementAndGet();
                    return new Samples();
                });
    }

    private void forgetIdleTargets() {
        long now = ticker.read();
        for (Map<String, Samples> byModel : byProvider.values()) {
            byModel.forEach((model, samples) -> {
                if (samples.isIdle(now) && byModel.remove(model, samples)) {
                    targets.decrementAndGet();
                }
            });
        }
    }

    /**
     * A median as it was when the last sample came.
     *
     * @param until the tick from which fewer than {@link #ENOUGH} samples are inside the window
     */
    private record Median(Long millis, long until) {}

    /** The samples of one target, in a ring. Writers take turns; readers see the last published median. */
    private static final class Samples {
        private final ReentrantLock writing = new ReentrantLock();
        private final long[] ticks = new long[KEPT];
        private final long[] nanos = new long[KEPT];
        private int count;
        private int next;
        private volatile long newest;
        private volatile @Nullable Median median;

        void add(Ticker ticker, long elapsedNanos) {
            writing.lock();
            try {
                long now = ticker.read();
                ticks[next] = now;
                nanos[next] = elapsedNanos;
                newest = now;
                next = (next + 1) % KEPT;
                count = Math.min(count + 1, KEPT);
                median = compute(now);
            } finally {
                writing.unlock();
            }
        }

        @Nullable
        Long median(long now) {
            Median published = median;
            return published == null || published.until - now <= 0 ? null : published.millis;
        }

        boolean isIdle(long now) {
            return now - newest >= WINDOW.toNanos();
        }

        private @Nullable Median compute(long now) {
            long[] inside = new long[count];
            int size = 0;
            while (size < count && now - ticks[newest(size)] < WINDOW.toNanos()) {
                inside[size] = nanos[newest(size)];
                size++;
            }
            if (size < ENOUGH) {
                return null;
            }
            Arrays.sort(inside, 0, size);
            long millis = Duration.ofNanos(inside[(size - 1) / 2]).toMillis();
            return new Median(millis, ticks[newest(ENOUGH - 1)] + WINDOW.toNanos());
        }

        /** The place of the sample that has so many newer ones. */
        private int newest(int newer) {
            return Math.floorMod(next - 1 - newer, KEPT);
        }
    }
}
