package dev.llmgateway.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that the client of one HTTP/1.1 call has left while the call is being served.
 *
 * <p>Jetty does not read from a connection between the end of a request and the end of its answer, so it learns of a
 * closed connection only by writing. This class reads in that time: it registers itself for the connection's next
 * readability and, when that comes, reads one byte. The end of the input means that the client has closed, or at least
 * shut down its sending side, which is taken for the same (as nginx does). A byte is the beginning of a pipelined request;
 * it is given back to Jetty's connection, which parses it when the answer is complete, and the watch ends.
 *
 * <p>The rules that keep this apart from Jetty's own reading: {@link #start} only after the request's body was read to its
 * end; {@link #stop} before the answer is completed; and under the lock nobody else reads. After {@code stop} the
 * connection is as if nothing had been, so it is used again for the next request.
 */
final class ClientWatch {

    private final EndPoint endPoint;
    private final Connection connection;
    private final Runnable whenGone;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean started;
    private boolean stopped;

    /**
     * A watch that does nothing yet.
     *
     * @param whenGone is called at most once, on another thread, when the client has left
     */
    ClientWatch(Connection connection, Runnable whenGone) {
        this.endPoint = connection.getEndPoint();
        this.connection = connection;
        this.whenGone = whenGone;
    }

    /** Begins to watch, unless it has begun or is over; on a connection that cannot be watched it does nothing. */
    void start() {
        lock.lock();
        try {
            if (!started && !stopped && connection instanceof Connection.UpgradeTo) {
                started = true;
                endPoint.tryFillInterested(new Readable());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the watch. Afterwards the connection's input is Jetty's again. */
    void stop() {
        lock.lock();
        try {
            boolean registered = started && !stopped;
            stopped = true;
            if (registered && endPoint instanceof AbstractEndPoint jettys) {
                jettys.getFillInterest().fillable();
            }
        } finally {
            lock.unlock();
        }
    }

    private void readable() {
        boolean gone;
        lock.lock();
        try {
            if (stopped) {
                return;
            }
            stopped = true;
            gone = isAtEnd();
        } finally {
            lock.unlock();
        }
        if (gone) {
            whenGone.run();
        }
    }

    private boolean isAtEnd() {
        ByteBuffer one = BufferUtil.allocate(1);
        try {
            int read = endPoint.fill(one);
            if (read > 0 && connection instanceof Connection.UpgradeTo owner) {
                owner.onUpgradeTo(one);
            }
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** What Jetty calls when there is something to read. */
    private final class Readable implements Callback {
        @Override
        public void succeeded() {
            readable();
        }

        @Override
        public void failed(Throwable failure) {
            readable();
        }
    }
}
