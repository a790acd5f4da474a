package dev.llmgateway.bench;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection of the load generator: at most one request is under way on it. */
final class LoadConnection {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer request;
    private final Stamp stamp;
    private final AnswerCheck check;
    private final HttpMessageReader reader;
    private long sentNanos;

    LoadConnection(SocketChannel channel, Selector selector, byte[] request, AnswerCheck check) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.channel = channel;
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
        this.request = ByteBuffer.allocateDirect(request.length).put(request).flip();
        this.stamp = Stamp.of(request);
        this.check = check;
        this.reader = new HttpMessageReader(check::accept);
    }

    /** When the current request was sent, on the clock of {@link System#nanoTime}. */
    long sentNanos() {
        return sentNanos;
    }

    void send() throws IOException {
        request.rewind();
        sentNanos = System.nanoTime();
        // One thread sends all requests of a load, so no two are sent in the same nanosecond.
        stamp.write(sentNanos, request);
        write();
    }

    /** Writes and reads what is possible; true when the answer is complete. */
    boolean advance(ByteBuffer input) throws IOException {
        if (request.hasRemaining()) {
            write();
        }
        if (!key.isReadable()) {
            return false;
        }
        input.clear();
        int count = channel.read(input);
        if (count < 0) {
            throw new IOException("the connection was closed before the answer was complete");
        }
        return count > 0 && reader.feed(input.array(), 0, count);
    }

    /** What is wrong with the answer that has just been completed; null when it is right. */
    @Nullable
    String fault() {
        String head = reader.head();
        String bodyFault = check.finish();
        if (head.startsWith("HTTP/1.1 200 ")) {
            return bodyFault;
        }
        String statusLine = head.lines().findFirst().orElse("an empty head");
        return bodyFault == null ? statusLine : statusLine + "; " + bodyFault;
    }

    void close() throws IOException {
        key.cancel();
        channel.close();
    }

    private void write() throws IOException {
        channel.write(request);
        key.interestOps(request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }
}
