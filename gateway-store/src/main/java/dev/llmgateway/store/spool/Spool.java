package dev.llmgateway.store.spool;

import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.ir.json.JsonWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries on disk that wait for a store, first in, first out. What was added is in the hands of the operating system: it survives
 * a process that is killed, but a power cut only if {@link #close} came before. Not thread safe, but for {@link #state}.
 */
public final class Spool implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Spool.class.getName());

    private static final long LEAST_IN_SEGMENT = 8L << 20;

    /** A spool has about so many files at most. */
    private static final int SEGMENTS = 64;

    private static final long MOST_REJECTED = 16L << 20;

    private final SpoolHome home;
    private final long most;
    private final InstantSource clock;
    private final Disk disk;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private long bytes;
    private int entries;
    private long damaged;
    private volatile State state = new State(0, 0, 0, null);

    private Spool(SpoolHome home, long most, InstantSource clock, Disk disk) {
        this.home = home;
        this.most = most;
        this.clock = clock;
        this.disk = disk;
    }

    /**
     * What waits.
     *
     * @param damaged how many entries could not be read again
     * @param oldest when the first one was added; null when none waits
     */
    public record State(
            int entries, long bytes, long damaged, @Nullable Instant oldest) {}

    /**
     * Opens a spool, with what former processes have left in it.
     *
     * @param directory is made when it is not there; several processes may have the same, as long as all of them write into the
     *     same store
     * @param most how many bytes its files may have together
     * @throws IOException when it cannot be read or written
     */
    public static Spool open(Path directory, long most, InstantSource clock) throws IOException {
        return open(directory, most, clock, Disk.USUAL);
    }

    static Spool open(Path directory, long most, InstantSource clock, Disk disk) throws IOException {
        Spool spool = new Spool(SpoolHome.claim(directory), most, clock, disk);
        try {
            spool.recover();
        } catch (IOException | RuntimeException e) {
            spool.home.close();
            throw e;
        }
        return spool;
    }

    private void recover() throws IOException {
        for (Path file : home.segments()) {
            try {
                Segment segment = Segment.open(file);
                segments.add(segment);
                bytes += segment.bytes();
                entries += segment.entries();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "Spool file " + file + " is left as it is: " + e.getMessage());
            }
        }
        dropFinished();
        show();
        if (entries > 0) {
            LOG.log(Level.INFO, entries + " records wait in the spool");
        }
    }

    /**
     * Adds an entry at the end.
     *
     * @return whether it was added; if not, the spool is full
     * @throws IOException when it could not be written; it was not added
     */
    public boolean add(RecordEntry entry) throws IOException {
        Segment.Frame frame = new Segment.Frame(clock.instant(), EntryJson.toBytes(entry));
        int size = Segment.sizeOf(frame.payload());
        if (bytes + size > most) {
            return false;
        }
        Segment last = segments.peekLast();
        if (last == null || last.bytes() >= Math.max(LEAST_IN_SEGMENT, most / SEGMENTS)) {
            last = Segment.create(home.nextSegment(), disk);
            segments.add(last);
            bytes += last.bytes();
        }
        last.add(frame);
        bytes += size;
        entries++;
        show();
        return true;
    }

    /**
     * The first entries, which stay. What cannot be read is passed over, and counted.
     *
     * @param count the most
     * @param size the most bytes, but one entry always
     */
    public List<RecordEntry> peek(int count, long size) {
        List<RecordEntry> found = List.of();
        while (entries > 0 && found.isEmpty()) {
            Segment first = segments.getFirst();
            try {
                found = peek(first, count, size);
                if (found.isEmpty()) {
                    damaged++;
                    remove(1);
                }
            } catch (IOException e) {
                LOG.log(Level.WARNING, "Spool file " + first.file() + " cannot be read: " + e.getMessage());
                damaged += first.entries();
                forget(first);
                first.setAside();
            }
        }
        return found;
    }

    /** The first entries of a file, up to the first that cannot be read. */
    private List<RecordEntry> peek(Segment segment, int count, long size) throws IOException {
        List<RecordEntry> found = new ArrayList<>();
        Segment.Reader reader = segment.new Reader();
        long room = size;
        while (reader.hasNext() && found.size() < count && (found.isEmpty() || reader.nextSize() <= room)) {
            room -= reader.nextSize();
            RecordEntry entry = read(reader.next());
            if (entry == null) {
                break;
            }
            found.add(entry);
        }
        return found;
    }

    private @Nullable RecordEntry read(Segment.@Nullable Frame frame) {
        if (frame == null) {
            LOG.log(Level.WARNING, "A record in the spool is damaged");
            return null;
        }
        try {
            return EntryJson.of(frame.payload());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A record in the spool is not of this version");
            setAside(
                    "it cannot be read", json -> json.text("raw", new String(frame.payload(), StandardCharsets.UTF_8)));
            return null;
        }
    }

    /** Removes the first entries, as many as there are or fewer. */
    public void remove(int count) throws IOException {
        int left = count;
        while (left > 0) {
            Segment first = segments.getFirst();
            int here = Math.min(left, first.entries());
            first.done(here);
            entries -= here;
            left -= here;
            dropFinished();
        }
        show();
    }

    private void dropFinished() {
        while (!segments.isEmpty() && segments.getFirst().entries() == 0) {
            Segment first = segments.getFirst();
            forget(first);
            first.delete();
        }
    }

    private void forget(Segment first) {
        segments.removeFirst();
        bytes -= first.bytes();
        entries -= first.entries();
    }

    /** Keeps an entry for people to look at, since no store takes it. Only so many are kept. */
    public void setAside(RecordEntry entry, String why) {
        setAside(why, json -> EntryJson.write(json, entry));
    }

    private void setAside(String why, Consumer<JsonWriter> what) {
        Path file = home.rejected();
        try (FileChannel channel = OwnFiles.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND))) {
            JsonWriter json = new JsonWriter()
                    .object()
                    .text("ts", clock.instant().toString())
                    .text("why", why);
            what.accept(json);
            byte[] line = json.endObject().toBytes();
            if (channel.size() + line.length < MOST_REJECTED) {
                channel.write(ByteBuffer.allocate(line.length + 1)
                        .put(line)
                        .put((byte) '\n')
                        .flip());
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "A record could not be put into " + file + ": " + e.getMessage());
        }
    }

    private void show() throws IOException {
        Segment first = segments.peekFirst();
        state = new State(entries, bytes, damaged, first == null ? null : first.oldest());
    }

    /** What waits. Thread safe. */
    public State state() {
        return state;
    }

    /** Waits until the disk has everything, and leaves it to the next process. */
    @Override
    public void close() throws IOException {
        try {
            for (Segment segment : segments) {
                segment.force();
                segment.close();
            }
        } finally {
            home.close();
        }
    }
}
