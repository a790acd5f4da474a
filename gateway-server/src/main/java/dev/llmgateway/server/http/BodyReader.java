package dev.llmgateway.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads request bodies into memory, within bounds: each body's size, the time it takes, and the size of all large bodies
 * together. Memory is taken as data arrives, not as it is announced.
 */
final class BodyReader {

    /** Bodies up to this size are read in one piece and not counted: there cannot be enough of them to matter. */
    private static final int SMALL = 256 * 1024;

    /** As much of a refused body is read and thrown away. */
    private static final long LARGEST_DRAIN = 64L * 1024 * 1024;

    /** Counted in units of this many bytes, so that a count fits an int. */
    private static final int UNIT = 1024;

    /** What is taken first for a body of unknown size. */
    private static final int FIRST = 8 * 1024;

    /** A client that is slower than this over a whole body is given up. */
    private static final int BYTES_PER_SECOND = 16 * 1024;

    private static final Duration LONGEST_WAIT_FOR_MEMORY = Duration.ofSeconds(10);

    private final int maxBytes;
    private final Duration grace;
    private final Semaphore memory;

    /**
     * A reader.
     *
     * @param maxBytes the largest body
     * @param grace how long a body may take beside the second that every 16 KiB may
     * @param memoryBytes what all large bodies may take together; at least one body fits in any case
     */
    BodyReader(int maxBytes, Duration grace, long memoryBytes) {
        this.maxBytes = maxBytes;
        this.grace = grace;
        this.memory = new Semaphore(units(Math.max(maxBytes, memoryBytes)));
    }

    /** A body, and the memory that is set aside for it until it is closed. */
    final class Body implements AutoCloseable {
        private byte[] bytes = new byte[0];
        private int size;
        private int reserved;

        /** The whole body; do not modify. */
        byte[] bytes() {
            return bytes;
        }

        @Override
        public void close() {
            memory.release(reserved);
            reserved = 0;
        }

        private void readFrom(InputStream in, long length) throws IOException {
            long waited = 0;
            while (size != length) {
                if (size == bytes.length && !makeRoom(in, length)) {
                    break;
                }
                long start = System.nanoTime();
                int read = in.read(bytes, size, bytes.length - size);
                waited += System.nanoTime() - start;
                if (read < 0) {
                    break;
                }
                size += read;
                requirePace(waited);
            }
            if (size < length) {
                throw HttpRefusal.brokenBody();
            }
            if (size < bytes.length) {
                bytes = Arrays.copyOf(bytes, size);
            }
        }

        /** Counts the time spent on waiting for the client, not that on waiting for memory. */
        private void requirePace(long waited) {
            long allowed = grace.toNanos() + TimeUnit.SECONDS.toNanos(size / BYTES_PER_SECOND);
            if (waited > allowed) {
                throw HttpRefusal.bodyTooSlow();
            }
        }

        /** Makes the array longer; returns false when the body ended at the largest allowed size. */
        private boolean makeRoom(InputStream in, long length) throws IOException {
            if (size == maxBytes) {
                if (in.read() >= 0) {
                    throw HttpRefusal.bodyTooLarge(maxBytes);
                }
                return false;
            }
            long limit = length < 0 ? maxBytes : length;
            long wanted = size == 0 && length >= 0 ? SMALL : Math.max(FIRST, size * 2L);
            grow((int) Math.min(limit, wanted));
            return true;
        }

        private void grow(int capacity) {
            if (capacity > SMALL) {
                reserve(units(capacity) - reserved);
            }
            bytes = Arrays.copyOf(bytes, capacity);
        }

        private void reserve(int more) {
            try {
                if (!memory.tryAcquire(more, LONGEST_WAIT_FOR_MEMORY.toSeconds(), TimeUnit.SECONDS)) {
                    throw HttpRefusal.tooManyLargeBodies();
                }
                reserved += more;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw HttpRefusal.tooManyLargeBodies();
            }
        }
    }

    /**
     * Reads a request's body.
     *
     * @throws HttpRefusal when it is too large, too slow, broken off or compressed
     */
    Body read(HttpServletRequest request) {
        String encoding = request.getHeader("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw HttpRefusal.compressedBody();
        }
        long length = request.getContentLengthLong();
        if (length > maxBytes) {
            throw HttpRefusal.bodyTooLarge(maxBytes);
        }
        Body body = new Body();
        try {
            body.readFrom(request.getInputStream(), length);
            return body;
        } catch (IOException e) {
            body.close();
            throw e.getCause() instanceof TimeoutException ? HttpRefusal.bodyTooSlow() : HttpRefusal.brokenBody();
        } catch (RuntimeException | Error e) {
            body.close();
            throw e;
        }
    }

    /**
     * Lets a client that is still sending finish, so that it can read the answer: closing a connection with unread data
     * resets it, and the answer would be lost. Bounded in time and size.
     */
    void drain(HttpServletRequest request, HttpServletResponse answered) throws IOException {
        answered.flushBuffer();
        if (request.getHeader("expect") != null) {
            return;
        }
        long start = System.nanoTime();
        byte[] nothing = new byte[16 * 1024];
        InputStream in = request.getInputStream();
        long left = Math.max(maxBytes, LARGEST_DRAIN);
        int read = 0;
        while (read >= 0 && left > 0 && System.nanoTime() - start < grace.toNanos()) {
            read = in.read(nothing);
            left -= read;
        }
    }

    private static int units(long bytes) {
        return Math.toIntExact((bytes + UNIT - 1) / UNIT);
    }
}
