package dev.llmgateway.store.recording;

import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.store.spool.Spool;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the store, in its order: first what is on disk, then what is only in memory. What is in memory for too long is
 * moved to the disk, also when it is just being stored: whoever has stored entries removes as many from the begin, wherever they
 * are by then. Thread safe.
 */
final class Backlog {

    private static final Logger LOG = System.getLogger(Backlog.class.getName());

    /** After the disk has refused an entry, so long none is tried. */
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    /** An entry in memory. */
    record Fresh(RecordEntry entry, long bytes, long since) {}

    private final @Nullable Spool spool;
    private final Room room;

    /* All guarded by this. */
    private final Deque<Fresh> fresh = new ArrayDeque<>();
    private final Seldom warnings = new Seldom();
    private long notBefore;
    private boolean hasFault;
    private boolean isClosed;

    /** Of the first in memory; may be read without the lock, which is held while the disk writes. */
    private volatile @Nullable Long since;

    /** @param spool becomes this one's to close; null when there is only memory */
    Backlog(@Nullable Spool spool, Room room) {
        this.spool = spool;
        this.room = room;
    }

    /** Adds entries at the end. */
    synchronized void add(List<Fresh> entries) {
        fresh.addAll(entries);
        noteSince();
    }

    /** The first entries, which stay; from the disk or from memory, not both. */
    synchronized List<RecordEntry> peek(int count, long size) {
        if (isClosed) {
            return List.of();
        }
        List<RecordEntry> found = spool == null ? List.of() : spool.peek(count, size);
        return found.isEmpty() ? peekFresh(count, size) : found;
    }

    private List<RecordEntry> peekFresh(int count, long size) {
        List<RecordEntry> found = new ArrayList<>();
        long left = size;
        for (Fresh each : fresh) {
            left -= each.bytes;
            if (found.size() == count || (left < 0 && !found.isEmpty())) {
                break;
            }
            found.add(each.entry);
        }
        return found;
    }

    /** How many entries wait. */
    synchronized int size() {
        return isClosed ? 0 : spooled() + fresh.size();
    }

    /** Removes the first entries: they are stored, or forgotten. */
    synchronized void remove(int count) {
        if (isClosed) {
            return;
        }
        int onDisk = Math.min(count, spooled());
        if (spool != null && onDisk > 0) {
            try {
                spool.remove(onDisk);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The spool cannot be read, records will be written again: " + e.getMessage());
                return;
            }
        }
        for (int i = onDisk; i < count; i++) {
            drop();
        }
    }

    private void drop() {
        room.giveBack(fresh.removeFirst().bytes);
        noteSince();
    }

    private int spooled() {
        return spool == null ? 0 : spool.state().entries();
    }

    /** Removes the first entry, which no store takes, and keeps it where people find it. */
    synchronized void setAside(RecordEntry entry, String why) {
        if (!isClosed) {
            if (spool != null) {
                spool.setAside(entry, why);
            }
            remove(1);
        }
    }

    /** Moves to the disk what is in memory since this moment or longer. */
    synchronized void spool(long until, long now) {
        if (spool == null || isClosed || (hasFault && now - notBefore < 0)) {
            return;
        }
        try {
            hasFault = false;
            while (!fresh.isEmpty() && until - fresh.getFirst().since >= 0 && !hasFault) {
                if (spool.add(fresh.getFirst().entry)) {
                    drop();
                } else {
                    fault(now, "it is full");
                }
            }
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            fault(now, e.toString());
        }
    }

    private void fault(long now, String why) {
        hasFault = true;
        notBefore = now + AFTER_FAULT.toNanos();
        if (warnings.isDue(now)) {
            LOG.log(Level.WARNING, "The spool takes no more records: " + why);
        }
    }

    /** Whether anything is in memory only. */
    synchronized boolean hasFresh() {
        return !fresh.isEmpty();
    }

    /** When the first entry in memory came; null when there is none. Does not wait, though the disk may. */
    @Nullable
    Long freshSince() {
        return since;
    }

    private void noteSince() {
        since = fresh.isEmpty() ? null : Long.valueOf(fresh.getFirst().since);
    }

    /** What is on disk; null when there is only memory. */
    Spool.@Nullable State onDisk() {
        return spool == null ? null : spool.state();
    }

    /** Moves all that it can to the disk, and returns how many entries are lost. Idempotent. */
    synchronized int close(long now) {
        if (isClosed) {
            return 0;
        }
        hasFault = false;
        spool(now, now);
        isClosed = true;
        int lost = fresh.size();
        while (!fresh.isEmpty()) {
            drop();
        }
        try {
            if (spool != null) {
                spool.close();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The spool cannot be closed: " + e.getMessage());
        }
        return lost;
    }
}
