package dev.llmgateway.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A provider that costs as little as possible: one thread, one selector, answers rendered beforehand. It speaks the
 * OpenAI and the Anthropic format on the same port, told apart by the path, and answers what the model name asks for
 * (see {@link Answer}). Every event of a stream is a write of its own, the connections in turn, as a real provider's
 * events arrive.
 *
 * <p>Runs as a process of its own: {@code MockUpstream PORT}, loopback only.
 */
final class MockUpstream implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final ByteBuffer input = ByteBuffer.allocate(256 << 10);
    private final Map<String, MockAnswer> answers = new HashMap<>();
    private final PriorityQueue<MockConnection> due =
            new PriorityQueue<>((left, right) -> Long.signum(left.dueNanos() - right.dueNanos()));

    MockUpstream(int port) throws IOException {
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress("127.0.0.1", port), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String[] args) throws IOException {
        try (MockUpstream upstream = new MockUpstream(Integer.parseInt(args[0]))) {
            upstream.serve();
        }
    }

    /** The port that it listens on. */
    int port() {
        return server.socket().getLocalPort();
    }

    /** Serves until closed. */
    void serve() throws IOException {
        while (selector.isOpen()) {
            waitForWork();
            if (!selector.isOpen()) {
                return;
            }
            for (SelectionKey key : selector.selectedKeys()) {
                handle(key);
            }
            selector.selectedKeys().clear();
            writeWhatIsDue();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        selector.close();
    }

    private void waitForWork() throws IOException {
        MockConnection next = due.peek();
        if (next == null) {
            selector.select();
            return;
        }
        long nanos = next.dueNanos() - System.nanoTime();
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(nanos / 1_000_000 + 1);
        }
    }

    private void handle(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            accept();
            return;
        }
        MockConnection connection = (MockConnection) key.attachment();
        try {
            if (key.isReadable()) {
                connection.read(input);
            }
            if (key.isValid() && key.isWritable() && connection.flush()) {
                schedule(connection);
            }
        } catch (IOException gone) {
            drop(connection);
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        while (channel != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new MockConnection(channel, key, this));
            channel = server.accept();
        }
    }

    /** Looks up or renders the answer to a request. */
    MockAnswer answer(String requestLine, String model) {
        if (requestLine.startsWith("GET ")) {
            return answers.computeIfAbsent("GET", unused -> MockAnswer.json("200 OK", """
                            {"object":"list","data":[{"id":"mock","object":"model","created":1764000000,\
                            "owned_by":"bench","type":"model","display_name":"Mock"}],"has_more":false}"""));
        }
        Dialect dialect = Dialect.ofRequestLine(requestLine);
        return answers.computeIfAbsent(
                dialect.label() + " " + model, unused -> MockAnswer.of(dialect, Answer.ofModel(model)));
    }

    /** Asks for {@link MockConnection#writeNext} at the connection's due time. */
    void schedule(MockConnection connection) {
        if (connection.hasMore()) {
            due.add(connection);
        }
    }

    /** Each connection once: what becomes due meanwhile waits for the next pass, so that all get their turn. */
    private void writeWhatIsDue() {
        long now = System.nanoTime();
        ArrayDeque<MockConnection> ready = new ArrayDeque<>();
        while (!due.isEmpty() && due.peek().dueNanos() - now <= 0) {
            ready.add(due.remove());
        }
        for (MockConnection connection : ready) {
            try {
                if (connection.writeNext(now)) {
                    schedule(connection);
                }
            } catch (IOException gone) {
                drop(connection);
            }
        }
    }

    private void drop(MockConnection connection) {
        due.remove(connection);
        connection.closeQuietly();
    }
}
