package dev.llmgateway.store.recording;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.spi.RecordSink;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.store.spool.Spool;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Gives records to a store, in their order, on threads of its own; whoever brings them never waits. While the store is away or
 * slow they are kept: what it has not taken within about 100 ms goes to a spool on disk, if there is one, which survives also a
 * process that is killed. At most {@value #MOST_WAITING} entries or 64 MiB (a 16th of a smaller heap) are in memory only; what does not fit is lost, and
 * counted.
 *
 * <pre>{@code
 * Spool spool = Spool.open(Path.of("/var/lib/me/spool"), 1 << 30, InstantSource.system());
 * RecordWriter writer = RecordWriter.start(store, spool);
 * }</pre>
 *
 * Thread safe.
 */
public final class RecordWriter implements RecordSink, AutoCloseable {

    private static final Logger LOG = System.getLogger(RecordWriter.class.getName());

    private static final int MOST_WAITING = 10_000;

    /** For what waits in memory; a small heap has room for less. */
    private static final long MOST_BYTES =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    /** What a charge and the wrapping of a call take, about. */
    private static final int BYTES_BESIDE = 1_000;

    private static final int MOST_AT_ONCE = 1_000;

    /** While there is work, it is looked for so often, so that nobody need wake a thread for each entry. */
    private static final Duration ROUND = Duration.ofMillis(20);

    /**
     * So long the store has to take an entry before it goes to the disk: a round before it is seen and one before it is written
     * come on top. A store that is known to be away or behind is not waited for.
     */
    private static final Duration MEMORY_ONLY = Duration.ofMillis(80);

    /** So long {@link #close} waits for the store. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Intake<RecordEntry> intake = new Intake<>();
    private final Room room = new Room(MOST_WAITING, MOST_BYTES);
    private final LongAdder lost = new LongAdder();
    private final Seldom warnings = new Seldom();
    private final Ticker ticker;
    private final InstantSource clock = InstantSource.system();
    private final Backlog backlog;
    private final Drain drain;
    private final Thread keeper;
    private final Thread drainer;
    private long toldLost;
    private volatile boolean isClosing;
    private volatile boolean isOver;

    private RecordWriter(RecordStore store, @Nullable Spool spool, Ticker ticker) {
        this.ticker = ticker;
        backlog = new Backlog(spool, room);
        drain = new Drain(
                store, backlog, ticker, () -> ThreadLocalRandom.current().nextDouble());
        keeper = Thread.ofPlatform().name("llm-gateway-records").daemon().unstarted(this::keep);
        drainer = Thread.ofPlatform().name("llm-gateway-records-store").daemon().unstarted(this::drain);
    }

    /** Starts to write into a store, which stays the caller's to close. Entries wait in memory alone. */
    public static RecordWriter start(RecordStore store) {
        return start(store, null, Ticker.system());
    }

    /**
     * Starts to write into a store, which stays the caller's to close, beginning with what the spool has.
     *
     * @param spool becomes the writer's to close
     */
    public static RecordWriter start(RecordStore store, Spool spool) {
        return start(store, spool, Ticker.system());
    }

    private static RecordWriter start(RecordStore store, @Nullable Spool spool, Ticker ticker) {
        RecordWriter writer = new RecordWriter(store, spool, ticker);
        writer.keeper.start();
        writer.drainer.start();
        return writer;
    }

    @Override
    public void accept(RecordEntry entry) {
        if (isClosing || !room.take(bytes(entry))) {
            lost.increment();
            return;
        }
        intake.give(entry);
    }

    private static long bytes(RecordEntry entry) {
        return switch (entry) {
            case FinishedCall call -> BYTES_BESIDE + call.details().bytes();
            case LateCharge ignored -> BYTES_BESIDE;
        };
    }

    private void keep() {
        long deadline = 0;
        boolean isLast = false;
        while (!isLast) {
            boolean wasClosing = isClosing;
            moveIn();
            long now = ticker.read();
            boolean isBehind = drain.isFailing() || spooled() > 0;
            backlog.spool(isBehind ? now : now - MEMORY_ONLY.toNanos(), now);
            tellLosses(now);
            deadline = wasClosing && deadline == 0 ? now + LAST_WORDS.toNanos() : deadline;
            isLast = wasClosing && (isSettled() || now - deadline >= 0);
            if (!isLast) {
                pause();
            }
        }
        moveIn();
        lost.add(backlog.close(ticker.read()));
        tellLosses(ticker.read());
        isOver = true;
        LockSupport.unpark(drainer);
    }

    private synchronized void moveIn() {
        List<RecordEntry> given = intake.next(MOST_AT_ONCE);
        while (!given.isEmpty()) {
            long now = ticker.read();
            backlog.add(given.stream()
                    .map(entry -> new Backlog.Fresh(entry, bytes(entry), now))
                    .toList());
            LockSupport.unpark(drainer);
            given = intake.next(MOST_AT_ONCE);
        }
    }

    /** Whether there is nothing to wait for: all is stored, or what is not may go to the disk. */
    private boolean isSettled() {
        Spool.State onDisk = backlog.onDisk();
        return !backlog.hasFresh() || (onDisk != null && (onDisk.entries() > 0 || drain.isFailing()));
    }

    private void pause() {
        if (backlog.hasFresh() || isClosing) {
            LockSupport.parkNanos(this, ROUND.toNanos());
        } else {
            intake.sleep(() -> isClosing);
            LockSupport.parkNanos(this, ROUND.toNanos());
        }
    }

    private void tellLosses(long now) {
        long all = lost();
        if (all > toldLost && warnings.isDue(now)) {
            LOG.log(Level.ERROR, (all - toldLost) + " records of calls are lost: there was no room to keep them");
            toldLost = all;
        }
    }

    private void drain() {
        while (!isOver) {
            switch (drain.step()) {
                case Drain.Next.AtOnce ignored -> {}
                case Drain.Next.WhenThereIsMore ignored -> LockSupport.park(this);
                case Drain.Next.After after -> sleep(after.pause());
            }
        }
    }

    private void sleep(Duration time) {
        long end = ticker.read() + time.toNanos();
        for (long left = time.toNanos(); left > 0 && !isOver; left = end - ticker.read()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /**
     * Makes the store forget all calls, and forgets those that wait for it, on the disk too. Waits for what is being stored.
     *
     * @return how many calls they were
     * @throws RuntimeException when the store cannot forget now; then what waits goes on waiting
     */
    public long clear() {
        moveIn();
        return drain.clear();
    }

    /** How many entries are in memory only. */
    public int waiting() {
        return room.items();
    }

    /** How many entries were lost. */
    public long lost() {
        Spool.State onDisk = backlog.onDisk();
        return lost.sum() + (onDisk == null ? 0 : onDisk.damaged());
    }

    /** How many entries were set aside since the store can never take them. */
    public long setAside() {
        return drain.setAside();
    }

    /** How many entries are on disk. */
    public int spooled() {
        Spool.State onDisk = backlog.onDisk();
        return onDisk == null ? 0 : onDisk.entries();
    }

    /** How many bytes the files of the spool have. */
    public long spoolBytes() {
        Spool.State onDisk = backlog.onDisk();
        return onDisk == null ? 0 : onDisk.bytes();
    }

    /** For how long the first of the entries that are not stored has waited. */
    public Duration oldest() {
        Spool.State onDisk = backlog.onDisk();
        Instant moment = onDisk == null ? null : onDisk.oldest();
        if (moment != null) {
            Duration age = Duration.between(moment, clock.instant());
            return age.isNegative() ? Duration.ZERO : age;
        }
        Long since = backlog.freshSince();
        return since == null ? Duration.ZERO : Duration.ofNanos(ticker.read() - since);
    }

    /** Gives what was accepted before to the store, for some seconds at most, and the rest to the spool. Idempotent. */
    @Override
    public void close() {
        isClosing = true;
        intake.wake();
        try {
            keeper.join(LAST_WORDS.plusSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
