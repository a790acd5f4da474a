package dev.llmgateway.store.recording;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.api.spi.RefusedRecordException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;

/**
 * Gives the backlog to the store, a batch at a time. When the store is away it tries again, less and less often, for ever, and
 * with less and less at a time, since it may just be too slow for so much. When the store refuses an entry, batches get smaller
 * until that entry is alone, and it is set aside. For one thread, but for {@link
 * #clear} and what it tells of itself.
 */
final class Drain {

    private static final Logger LOG = System.getLogger(Drain.class.getName());

    private static final int MOST_IN_BATCH = 500;

    private static final long BATCH_BYTES = 4L << 20;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** More doublings would only repeat the longest pause. */
    private static final int MOST_DOUBLINGS = 6;

    private final RecordStore store;
    private final Backlog backlog;
    private final Ticker ticker;
    private final DoubleSupplier random;
    private final Seldom warnings = new Seldom();

    /** Held while the first entries of the backlog are on their way. */
    private final ReentrantLock turn = new ReentrantLock();

    private int limit = MOST_IN_BATCH;
    private volatile int failures;
    private volatile long setAside;

    /** @param random from 0 to 1, so that several processes do not try at the same moment */
    Drain(RecordStore store, Backlog backlog, Ticker ticker, DoubleSupplier random) {
        this.store = store;
        this.backlog = backlog;
        this.ticker = ticker;
        this.random = random;
    }

    /** Whether to go on, and when. */
    sealed interface Next {
        /** There may be more. */
        record AtOnce() implements Next {}

        /** Nothing waits. */
        record WhenThereIsMore() implements Next {}

        /** The store is away. */
        record After(Duration pause) implements Next {}
    }

    /** Gives one batch to the store. */
    Next step() {
        turn.lock();
        try {
            List<RecordEntry> batch = backlog.peek(limit, BATCH_BYTES);
            return batch.isEmpty() ? new Next.WhenThereIsMore() : store(batch);
        } catch (RuntimeException | Error e) {
            return new Next.After(failed(e));
        } finally {
            turn.unlock();
        }
    }

    /**
     * Makes the store forget all calls, and forgets those that wait for it, after the batch that is under way. Thread safe.
     *
     * @return how many calls they were
     * @throws RuntimeException when the store cannot forget now; then what waits goes on waiting
     */
    long clear() {
        turn.lock();
        try {
            long calls = store.clear();
            int left = backlog.size();
            while (left > 0) {
                List<RecordEntry> batch = backlog.peek(Math.min(left, MOST_IN_BATCH), BATCH_BYTES);
                backlog.remove(batch.size());
                calls += batch.stream().filter(FinishedCall.class::isInstance).count();
                left = batch.isEmpty() ? 0 : left - batch.size();
            }
            return calls;
        } finally {
            turn.unlock();
        }
    }

    private Next store(List<RecordEntry> batch) {
        try {
            store.append(batch);
            stored(batch.size());
        } catch (RefusedRecordException e) {
            refused(batch, e);
        }
        return new Next.AtOnce();
    }

    private void stored(int count) {
        backlog.remove(count);
        limit = Math.min(MOST_IN_BATCH, limit + limit / 2 + 1);
        if (failures > 0) {
            LOG.log(Level.INFO, "Records are written again");
            failures = 0;
        }
    }

    private void refused(List<RecordEntry> batch, RefusedRecordException why) {
        if (batch.size() > 1) {
            limit = batch.size() / 2;
            return;
        }
        RecordEntry entry = batch.getFirst();
        String reason = String.valueOf(why.getMessage());
        LOG.log(Level.WARNING, "The record of " + entry.requestId() + " is set aside: " + reason);
        backlog.setAside(entry, reason);
        count();
    }

    /** Only this thread writes. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void count() {
        setAside++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    private Duration failed(Throwable why) {
        failures++;
        limit = Math.max(1, limit / 2);
        if (warnings.isDue(ticker.read())) {
            LOG.log(Level.WARNING, "Records cannot be written now and are kept until they can: " + why.getMessage());
        }
        long most = FIRST_PAUSE.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
        long pause = Math.min(most, LONGEST_PAUSE.toNanos());
        return Duration.ofNanos(pause / 2 + (long) (pause / 2 * random.getAsDouble()));
    }

    /** Whether the store did not take the last batch. Thread safe. */
    boolean isFailing() {
        return failures > 0;
    }

    /** How many entries were set aside. Thread safe. */
    long setAside() {
        return setAside;
    }
}
