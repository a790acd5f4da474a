package dev.llmgateway.store.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that has no room for some time, as writing shows, or on which writing hangs. What is on it is real. */
public final class BadDisk {

    private static final long ENDLESS = 1L << 40;

    private final AtomicLong room = new AtomicLong(ENDLESS);
    private volatile CountDownLatch hasRefused = new CountDownLatch(0);
    private volatile CountDownLatch isWriting = new CountDownLatch(0);
    private volatile CountDownLatch mayWrite = new CountDownLatch(0);

    /** A spool on this disk. */
    public Spool spool(Path directory) throws IOException {
        return Spool.open(
                directory,
                1L << 30,
                InstantSource.system(),
                (file, options) -> new Channel(OwnFiles.open(file, options)));
    }

    /** From now on there is room for so many bytes; an entry that does not fit is written in part, as file systems do. */
    public void hasRoomFor(long bytes) {
        hasRefused = new CountDownLatch(1);
        room.set(bytes);
    }

    /** Waits until something did not fit. */
    public void awaitRefusal() throws InterruptedException {
        hasRefused.await();
    }

    /** From now on whoever writes waits. */
    public void hangs() {
        isWriting = new CountDownLatch(1);
        mayWrite = new CountDownLatch(1);
    }

    /** Waits until somebody waits. */
    public void awaitWriter() throws InterruptedException {
        isWriting.await();
    }

    /** Who waits may go on. */
    public void goesOn() {
        mayWrite.countDown();
    }

    private final class Channel extends ForwardingFileChannel {

        Channel(FileChannel file) {
            super(file);
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            isWriting.countDown();
            try {
                mayWrite.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (room.get() == 0) {
                hasRefused.countDown();
                throw new IOException("No space left on device");
            }
            int fits = (int) Math.min(room.get(), bytes.remaining());
            ByteBuffer part = bytes.slice(bytes.position(), fits);
            int written = super.write(part, position);
            bytes.position(bytes.position() + written);
            room.addAndGet(-written);
            return written;
        }
    }
}
