package dev.llmgateway.routing.signals;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.spi.ScoreStore;
import dev.llmgateway.api.spi.SignalStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets reports and scores survive a restart: reads from stores what was there before, and writes into them what comes, on a
 * thread of its own. Whoever reports never waits for a store.
 *
 * <pre>{@code
 * QualityKeeper keeper = QualityKeeper.start(quality, new PostgresSignalStore(database), new PostgresScoreStore(database));
 * keeper.record(List.of(new QualitySignal("openai/gpt-4o", "coding", "tests_passed", 1, Instant.now())));
 * }</pre>
 *
 * <p>What others report who share a persistent store counts here within some seconds; it is read by the same thread.
 *
 * <p>A store that cannot be reached is asked again until it can. Nothing is written before everything was read, so that nothing
 * counts twice. Meanwhile {@value #MOST_WAITING} reports wait at most; the oldest make room, are lost to the store and counted.
 * A report whose write broke off just when it was confirmed may be written twice. Thread safe.
 */
public final class QualityKeeper implements AutoCloseable {

    /** As many reports wait to be written. */
    public static final int MOST_WAITING = 10_000;

    private static final Logger LOG = System.getLogger(QualityKeeper.class.getName());

    private static final int MOST_AT_ONCE = 1_000;

    /** So long a store that failed is left alone, unless told otherwise. */
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(2);

    /** So often it is looked what others have reported, unless told otherwise. */
    private static final Duration USUAL_LOOK = Duration.ofSeconds(10);

    private static final Duration DAY = Duration.ofDays(1);

    /** So long {@link #close} waits for what came before. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final AdaptiveQuality quality;
    private final SignalStore signals;
    private final ScoreStore scores;
    private final Duration pause;
    private final Duration look;
    private final Thread thread;

    /** Held while a store is asked; those who report never wait for it. */
    private final ReentrantLock storing = new ReentrantLock();
    /* Guarded by storing. */
    private boolean hasScores;
    private @Nullable Instant signalsUntil;
    /** What was written before counts here. */
    private @Nullable Long position;

    private boolean isLoaded;
    private boolean hasFailed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /* Guarded by lock. */
    private final Deque<QualitySignal> waiting = new ArrayDeque<>();
    private final LinkedHashSet<String> changedCards = new LinkedHashSet<>();
    private long lost;
    private boolean isClosed;

    private QualityKeeper(
            AdaptiveQuality quality, SignalStore signals, ScoreStore scores, Duration pause, Duration look) {
        this.quality = quality;
        this.signals = signals;
        this.scores = scores;
        this.pause = pause;
        this.look = look;
        this.thread = Thread.ofPlatform().name("llm-gateway-quality").daemon().unstarted(this::run);
    }

    /** Begins to read and to write. The stores stay the caller's to close, after this. */
    public static QualityKeeper start(AdaptiveQuality quality, SignalStore signals, ScoreStore scores) {
        return start(quality, signals, scores, USUAL_PAUSE, USUAL_LOOK);
    }

    static QualityKeeper start(
            AdaptiveQuality quality, SignalStore signals, ScoreStore scores, Duration pause, Duration look) {
        QualityKeeper keeper = new QualityKeeper(quality, signals, scores, pause, look);
        quality.scores().whenChanged(keeper::scoresChanged);
        keeper.thread.start();
        return keeper;
    }

    /** Takes reports, in their order: they count from now on, and are written soon. */
    public void record(List<QualitySignal> reports) {
        quality.record(reports);
        lock.lock();
        try {
            reports.forEach(waiting::add);
            makeRoom();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom() {
        while (waiting.size() > MOST_WAITING) {
            waiting.remove();
            lost++;
        }
    }

    /**
     * Forgets all reports, here and in the store. Scores stay.
     *
     * @return how many they were
     * @throws RuntimeException when the store cannot be reached; then all are still there
     */
    public long clear() {
        storing.lock();
        try {
            return signals.clear() + forget();
        } finally {
            storing.unlock();
        }
    }

    private long forget() {
        lock.lock();
        try {
            long forgotten = waiting.size();
            waiting.clear();
            quality.board().clear();
            quality.alerts().clear();
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all was read that was there before; waits for the stores when they are being asked. */
    boolean isLoaded() {
        storing.lock();
        try {
            return isLoaded;
        } finally {
            storing.unlock();
        }
    }

    /** How many reports wait to be written. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many reports were lost to the store. */
    public long lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    private void scoresChanged(String cardId) {
        lock.lock();
        try {
            changedCards.add(cardId);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean isLast;
        boolean worked;
        do {
            isLast = isClosed();
            worked = works();
        } while (waitsForMore(worked, isLast));
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    private boolean works() {
        storing.lock();
        try {
            load();
            writeScores();
            writeSignals();
            readOfOthers();
            told(null);
            return true;
        } catch (RuntimeException e) {
            told(e);
            return false;
        } finally {
            storing.unlock();
        }
    }

    /** Tells of a failure, and of its end, once. */
    private void told(@Nullable RuntimeException failure) {
        if (failure != null && !hasFailed) {
            LOG.log(Level.WARNING, "reports about quality cannot be stored now, and wait", failure);
        } else if (failure == null && hasFailed) {
            LOG.log(Level.INFO, "reports about quality are stored again");
        }
        hasFailed = failure != null;
    }

    /** Day by day, so that a day that could not be read does not count twice. */
    private void load() {
        if (isLoaded) {
            return;
        }
        if (!hasScores) {
            scores.load().forEach(quality.scores()::restore);
            hasScores = true;
        }
        long before = position == null ? signals.position() : position;
        position = before;
        Instant from = signalsUntil == null ? quality.board().oldest() : signalsUntil;
        Instant end = quality.board().oldest().plus(DAY.multipliedBy(DayWindow.DAYS));
        while (from.isBefore(end)) {
            Instant to = from.plus(DAY);
            signals.hours(from, to, before).forEach(quality::restore);
            signalsUntil = to;
            from = to;
        }
        isLoaded = true;
    }

    private void readOfOthers() {
        if (position == null || !signals.isPersistent()) {
            return;
        }
        long before = signals.position();
        signals.ofOthers(position, before).forEach(quality::restore);
        position = before;
    }

    private void writeScores() {
        String card = nextChangedCard();
        while (card != null) {
            try {
                scores.save(card, quality.scores().remembered(card));
            } catch (RuntimeException e) {
                scoresChanged(card);
                throw e;
            }
            card = nextChangedCard();
        }
    }

    private @Nullable String nextChangedCard() {
        lock.lock();
        try {
            return changedCards.isEmpty() ? null : changedCards.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    private void writeSignals() {
        List<QualitySignal> batch = nextBatch();
        while (!batch.isEmpty()) {
            try {
                signals.append(batch);
            } catch (RuntimeException e) {
                putBack(batch);
                throw e;
            }
            batch = nextBatch();
        }
    }

    private List<QualitySignal> nextBatch() {
        lock.lock();
        try {
            List<QualitySignal> batch = new ArrayList<>();
            while (batch.size() < MOST_AT_ONCE && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void putBack(List<QualitySignal> batch) {
        lock.lock();
        try {
            Collections.reverse(batch);
            batch.forEach(waiting::addFirst);
            makeRoom();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when there is something to do, when it is time to look what others did, or when the store may be asked again; false
     * when that is all.
     *
     * @param isLast whether what was tried just now began after the close: one that began before it is repeated
     */
    private boolean waitsForMore(boolean worked, boolean isLast) {
        lock.lock();
        try {
            if (worked) {
                long left = look.toNanos();
                while (!isClosed && !hasWork() && left > 0) {
                    left = changed.awaitNanos(left);
                }
                return !isClosed || hasWork();
            }
            long nanos = pause.toNanos();
            while (!isClosed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return !isClosed || (!isLast && hasWork());
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasWork() {
        return !waiting.isEmpty() || !changedCards.isEmpty();
    }

    /** Writes what came before, for some seconds at most; what the store does not take is lost. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int unwritten = waiting();
        if (unwritten > 0) {
            LOG.log(Level.WARNING, unwritten + " reports about quality are lost");
        }
    }
}
