package dev.llmgateway.providers.simulated;

import dev.llmgateway.api.Sleeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Accepts connections and serves the requests of each, one after the other, on a virtual thread of its own. */
final class SimulatedServer implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final long CLOSE_SECONDS = 10;

    private final @Nullable Sleeper sleeper;
    private final Script script;
    private final Journal journal;
    private final Books books;
    private final ReplyPlayer player;
    private final Formats formats;
    private final ServerSocket listener;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("simulated-provider").factory());
    private final AtomicInteger answersInProgress = new AtomicInteger();
    private volatile boolean closed;

    SimulatedServer(
            String host,
            int port,
            @Nullable Sleeper sleeper,
            Script script,
            Journal journal,
            Books books,
            ReplyPlayer player,
            Formats formats) {
        this.sleeper = sleeper;
        this.script = script;
        this.journal = journal;
        this.books = books;
        this.player = player;
        this.formats = formats;
        try {
            listener = new ServerSocket(port, BACKLOG, InetAddress.getByName(host));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
        threads.execute(this::accept);
    }

    String host() {
        return listener.getInetAddress().getHostAddress();
    }

    int port() {
        return listener.getLocalPort();
    }

    int liveConnections() {
        return connections.size();
    }

    int answersInProgress() {
        return answersInProgress.get();
    }

    private void accept() {
        while (!closed) {
            try {
                dispatch(listener.accept());
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException("the simulated provider accepts no more connections", e);
                }
            }
        }
    }

    private void dispatch(Socket socket) throws IOException {
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            // closed between accepting and serving
            socket.close();
        }
    }

    private void serve(Socket socket) {
        boolean answering = false;
        try (socket;
                Connection connection = new Connection(socket, sleeper)) {
            connections.add(connection);
            try {
                ReceivedRequest request = closed ? null : connection.next();
                while (request != null) {
                    answering = true;
                    boolean reusable = answer(connection, request);
                    answering = false;
                    boolean last = "close".equalsIgnoreCase(request.header("connection"));
                    request = reusable && !last ? connection.next() : null;
                }
            } finally {
                connections.remove(connection);
            }
        } catch (IOException e) {
            // the connection is gone or of no further use; what matters is whether an answer was owed
            if (answering && !closed) {
                journal.disconnected();
            }
        }
    }

    private boolean answer(Connection connection, ReceivedRequest request) throws IOException {
        Turn turn = new Turn(request, journal.add(request), formats);
        answersInProgress.incrementAndGet();
        try {
            return player.play(connection, turn, script.choose(turn));
        } catch (BadPrompt e) {
            return player.play(connection, turn, turn.answers().refusal(e));
        } finally {
            Bill bill = turn.meter().bill();
            if (bill != null) {
                books.add(bill);
            }
            answersInProgress.decrementAndGet();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the simulated provider's port failed", e);
        }
        connections.forEach(Connection::close);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("threads of the simulated provider are still running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
