package dev.llmgateway.store.spool;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of a spool: entries are added at its end and done with at its beginning. Numbers are big endian.
 *
 * <pre>
 * file  := "LGSPOOL1", offset of the first entry that is not done (8 bytes), entry*
 * entry := length of the payload (4), CRC-32C of moment and payload (4), moment in milliseconds since 1970 (8), payload
 * </pre>
 *
 * A process that is killed leaves at most one incomplete entry, at the end; it is cut off when the file is opened. Not thread
 * safe.
 */
final class Segment implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Segment.class.getName());

    private static final byte[] MAGIC = "LGSPOOL1".getBytes(StandardCharsets.US_ASCII);
    private static final int FILE_HEADER = MAGIC.length + Long.BYTES;
    private static final int ENTRY_HEADER = Integer.BYTES + Integer.BYTES + Long.BYTES;

    private final Path file;
    private final FileChannel channel;

    /** Where the first entry begins that is not done, and where the last one ends. */
    private long begin;

    private long end;
    private int entries;

    private Segment(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** An entry as it is kept. */
    record Frame(Instant moment, byte[] payload) {}

    /** Makes a new file. */
    static Segment create(Path file, Disk disk) throws IOException {
        FileChannel channel = disk.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
        Segment segment = new Segment(file, channel);
        segment.begin = FILE_HEADER;
        segment.end = FILE_HEADER;
        try {
            segment.write(ByteBuffer.allocate(FILE_HEADER).put(MAGIC).putLong(FILE_HEADER), 0);
        } catch (IOException e) {
            segment.delete();
            throw e;
        }
        return segment;
    }

    /**
     * Opens a file that another process may have left.
     *
     * @throws IOException when it cannot be read, or is something else
     */
    static Segment open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Segment segment = new Segment(file, channel);
        try {
            segment.recover();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return segment;
    }

    private void recover() throws IOException {
        long size = channel.size();
        if (size < FILE_HEADER) {
            begin = FILE_HEADER;
            end = FILE_HEADER;
            return;
        }
        ByteBuffer header = read(0, FILE_HEADER);
        byte[] magic = new byte[MAGIC.length];
        header.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException(file + " is not a spool file of this version");
        }
        long done = header.getLong();
        begin = FILE_HEADER;
        end = FILE_HEADER;
        for (long next = after(end, size); next > 0; next = after(end, size)) {
            end = next;
            entries++;
            if (end == done) {
                begin = end;
                entries = 0;
            }
        }
        if (end < size) {
            LOG.log(Level.INFO, "The last entry of " + file + " is incomplete: " + (size - end) + " bytes are cut off");
            channel.truncate(end);
        }
    }

    /** Where the entry at this place ends; 0 when there is no whole one. */
    private long after(long place, long size) throws IOException {
        if (place + ENTRY_HEADER > size) {
            return 0;
        }
        int length = read(place, Integer.BYTES).getInt();
        long next = place + ENTRY_HEADER + length;
        return length <= 0 || next > size ? 0 : next;
    }

    /** Adds an entry; when that fails, nothing was added. */
    void add(Frame frame) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(sizeOf(frame.payload));
        bytes.putInt(frame.payload.length)
                .putInt(checksum(frame))
                .putLong(frame.moment.toEpochMilli())
                .put(frame.payload);
        try {
            write(bytes, end);
        } catch (IOException e) {
            cut();
            throw e;
        }
        end += bytes.capacity();
        entries++;
    }

    /** What was written of an entry that did not fit would be written over; should nothing follow, it must not stay. */
    private void cut() {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The end of " + file + " cannot be cut off", e);
        }
    }

    /** How many bytes an entry takes. */
    static int sizeOf(byte[] payload) {
        return ENTRY_HEADER + payload.length;
    }

    private static int checksum(Frame frame) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES)
                .putLong(frame.moment.toEpochMilli())
                .flip());
        crc.update(frame.payload);
        return (int) crc.getValue();
    }

    /** Reads the entries that are not done, one after the other. */
    final class Reader {
        private long place = begin;

        boolean hasNext() {
            return place < end;
        }

        /** How many bytes the next one takes. */
        int nextSize() throws IOException {
            return ENTRY_HEADER + read(place, Integer.BYTES).getInt();
        }

        /** The next one; null when it is damaged. */
        @Nullable
        Frame next() throws IOException {
            ByteBuffer header = read(place, ENTRY_HEADER);
            int length = header.getInt();
            int checksum = header.getInt();
            Instant moment = Instant.ofEpochMilli(header.getLong());
            Frame frame = new Frame(moment, read(place + ENTRY_HEADER, length).array());
            place += ENTRY_HEADER + length;
            return checksum(frame) == checksum ? frame : null;
        }
    }

    /** Marks the first entries as done. */
    void done(int count) throws IOException {
        long place = begin;
        for (int i = 0; i < count; i++) {
            place = after(place, end);
        }
        begin = place;
        entries -= count;
        try {
            write(ByteBuffer.allocate(Long.BYTES).putLong(begin), MAGIC.length);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The next process will hand on entries of " + file + " again", e);
        }
    }

    /** How many entries are not done. */
    int entries() {
        return entries;
    }

    /** When the first entry that is not done was added; null when there is none. */
    @Nullable
    Instant oldest() throws IOException {
        return entries == 0
                ? null
                : Instant.ofEpochMilli(
                        read(begin + Integer.BYTES + Integer.BYTES, Long.BYTES).getLong());
    }

    /** How many bytes the file has. */
    long bytes() {
        return end;
    }

    Path file() {
        return file;
    }

    private ByteBuffer read(long place, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, place + bytes.position()) < 0) {
                throw new EOFException(file + " ends at " + channel.size() + " instead of " + end);
            }
        }
        return bytes.flip();
    }

    private void write(ByteBuffer bytes, long place) throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes, place + bytes.position());
        }
    }

    /** Waits until the disk has it all: the system may be switched off next. */
    void force() throws IOException {
        channel.force(false);
    }

    /** Closes and deletes the file; if that fails, the next process will. */
    void delete() {
        try {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Spool file " + file + " cannot be deleted: " + e.getMessage());
        }
    }

    /** Closes the file and keeps it under another name. */
    void setAside() {
        try {
            channel.close();
            Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Spool file " + file + " cannot be renamed: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
