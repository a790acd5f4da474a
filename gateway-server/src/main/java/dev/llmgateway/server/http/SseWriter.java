package dev.llmgateway.server.http;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.sse.SseBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes one stream of events to a client. Events that have arrived together leave together; nothing waits for more.
 * While the provider is silent another thread may send a keep-alive; the two share a lock.
 */
final class SseWriter {

    /** How long a stream may be silent. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    /** Flushed at this size even when more has arrived already. */
    private static final int FULL = 32 * 1024;

    private final EventEncoder encoder;
    private final OutputStream out;
    private final Ticker ticker;
    private final Runnable whenGone;
    private final Executor keepAlives;
    private final ReentrantLock lock = new ReentrantLock();
    private final SseBuffer buffer;
    private volatile long lastWrite;
    private boolean ended;

    /**
     * A writer.
     *
     * @param buffer an empty one, for this writer alone
     * @param whenGone is called when a keep-alive finds that the client has left
     */
    SseWriter(EventEncoder encoder, SseBuffer buffer, OutputStream out, Ticker ticker, Runnable whenGone) {
        this(encoder, buffer, out, ticker, whenGone, Thread.ofVirtual().name("keep-alive")::start);
    }

    /**
     * A writer that has its keep-alives written by others.
     *
     * @param keepAlives runs what writes one; must not make its caller wait
     */
    SseWriter(
            EventEncoder encoder,
            SseBuffer buffer,
            OutputStream out,
            Ticker ticker,
            Runnable whenGone,
            Executor keepAlives) {
        this.encoder = encoder;
        this.buffer = buffer;
        this.out = out;
        this.ticker = ticker;
        this.whenGone = whenGone;
        this.keepAlives = keepAlives;
        this.lastWrite = ticker.read();
    }

    /**
     * Writes an event; it leaves at once unless {@code rest} has more to give at once.
     *
     * @throws IOException when the client has left
     */
    void write(ChatEvent event, ChatStream rest) throws IOException {
        lock.lock();
        try {
            encoder.encode(event, buffer);
            if (buffer.size() > FULL || !rest.ready()) {
                flush();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes the end of a complete answer.
     *
     * @throws IOException when the client has left
     */
    void finish() throws IOException {
        lock.lock();
        try {
            ended = true;
            encoder.finish(buffer);
            flush();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes the error that an answer ended with.
     *
     * @throws IOException when the client has left
     */
    void fail(WireError error) throws IOException {
        lock.lock();
        try {
            ended = true;
            encoder.fail(error, buffer);
            flush();
        } finally {
            lock.unlock();
        }
    }

    /** Starts a thread that keeps the connection alive when nothing was written for long. Does not wait. */
    void keepAliveIfSilent(long now) {
        if (now - lastWrite >= SILENCE.toNanos()) {
            lastWrite = now;
            keepAlives.execute(this::keepAlive);
        }
    }

    private void keepAlive() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (!ended) {
                encoder.keepAlive(buffer);
                flush();
            }
        } catch (IOException e) {
            whenGone.run();
        } finally {
            lock.unlock();
        }
    }

    private void flush() throws IOException {
        if (!buffer.isEmpty()) {
            buffer.drainTo(out);
            out.flush();
            lastWrite = ticker.read();
        }
    }
}
