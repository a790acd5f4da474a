package dev.llmgateway.providers.simulated;

import dev.llmgateway.api.Sleeper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One client's connection. Used by its own thread, except for {@link #close()}, which any thread may call. */
final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final RequestReader reader;
    private final @Nullable Sleeper sleeper;

    Connection(Socket socket, @Nullable Sleeper sleeper) throws IOException {
        this.socket = socket;
        this.sleeper = sleeper;
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        reader = new RequestReader(in, out);
    }

    /** The next request, or null when the client closed the connection between two requests. */
    @Nullable
    ReceivedRequest next() throws IOException {
        return reader.next();
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** Waits, and notices a client that leaves meanwhile. */
    void pause(Duration time) throws IOException {
        if (time.isZero()) {
            return;
        }
        if (sleeper == null) {
            watch(Math.max(1, time.toMillis()));
            return;
        }
        try {
            sleeper.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while pacing an answer", e);
        }
        watch(1);
    }

    /** Waits until the client leaves. */
    void stall() throws IOException {
        watch(0);
    }

    /** Drops the connection with a TCP RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing a socket failed", e);
        }
    }

    /*
     * A timed read is both the wait and the look-out for the client's close: no second thread is needed. What a client
     * sends too early goes back to the reader. Zero milliseconds mean no limit.
     */
    private void watch(long millis) throws IOException {
        long deadline = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        try {
            long left = millis;
            do {
                socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
                int value = in.read();
                if (value < 0) {
                    throw new ClientGone();
                }
                reader.unread(value);
                left = (deadline - System.nanoTime()) / 1_000_000;
            } while (millis == 0 || left > 0);
        } catch (SocketTimeoutException e) {
            // the time is over and the client is still there
        } finally {
            if (!socket.isClosed()) {
                socket.setSoTimeout(0);
            }
        }
    }
}
