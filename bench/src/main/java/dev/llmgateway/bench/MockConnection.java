package dev.llmgateway.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One connection of the mock upstream: reads a request, then writes the pieces of its answer when they are due. */
final class MockConnection {
    private static final int MAX_BODY = 16 << 20;
    private static final byte[] MODEL_KEY = "\"model\":".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final MockUpstream upstream;
    private final HttpMessageReader reader = new HttpMessageReader(this::keepBody);
    private byte[] body = new byte[2048];
    private int bodyLength;
    private List<ByteBuffer> pieces = List.of();
    private int next;
    private ByteBuffer pending = ByteBuffer.allocate(0);
    private long paceNanos;
    private long dueNanos;

    MockConnection(SocketChannel channel, SelectionKey key, MockUpstream upstream) {
        this.channel = channel;
        this.key = key;
        this.upstream = upstream;
    }

    /** When the next piece is to be written, on the clock of {@link System#nanoTime}. */
    long dueNanos() {
        return dueNanos;
    }

    /** Whether pieces are left to be written. */
    boolean hasMore() {
        return next < pieces.size();
    }

    /** Reads what has arrived; a complete request begins its answer at once. */
    void read(ByteBuffer input) throws IOException {
        input.clear();
        int count = channel.read(input);
        if (count < 0) {
            throw new IOException("the peer closed");
        }
        if (reader.feed(input.array(), 0, count)) {
            begin();
        }
    }

    /** Writes the next piece; false when the socket took only a part, and {@link #flush} has to finish it first. */
    boolean writeNext(long now) throws IOException {
        pending = pieces.get(next++).duplicate();
        // An event that is late does not delay the ones after it, but no burst makes up for a stalled reader.
        dueNanos = paceNanos == 0 ? now : Math.max(dueNanos + paceNanos, now);
        return flush();
    }

    /** Writes the rest of the current piece; true when it is out. */
    boolean flush() throws IOException {
        channel.write(pending);
        boolean done = !pending.hasRemaining();
        int interest = done ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
        return done;
    }

    void closeQuietly() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            key.attach(null);
        }
    }

    private void begin() throws IOException {
        String requestLine = reader.head().lines().findFirst().orElse("");
        MockAnswer answer = upstream.answer(requestLine, model());
        bodyLength = 0;
        pieces = answer.pieces();
        paceNanos = answer.paceNanos();
        next = 0;
        long now = System.nanoTime();
        dueNanos = now;
        if (writeNext(now)) {
            dueNanos = now;
            upstream.schedule(this);
        }
    }

    /** The value of the model member, which clients and gateways write near the front. */
    private String model() {
        int at = Bytes.indexOf(body, 0, bodyLength, MODEL_KEY);
        int start = at < 0 ? -1 : quote(at + MODEL_KEY.length);
        int end = start < 0 ? -1 : quote(start + 1);
        return end < 0 ? "" : new String(body, start + 1, end - start - 1, StandardCharsets.UTF_8);
    }

    private int quote(int from) {
        for (int i = from; i < bodyLength; i++) {
            if (body[i] == '"') {
                return i;
            }
        }
        return -1;
    }

    private void keepBody(byte[] buffer, int offset, int count) {
        if (bodyLength + count > MAX_BODY) {
            throw new IllegalStateException("a request body of more than " + MAX_BODY + " bytes");
        }
        if (bodyLength + count > body.length) {
            body = Arrays.copyOf(body, Math.max(bodyLength + count, body.length * 2));
        }
        System.arraycopy(buffer, offset, body, bodyLength, count);
        bodyLength += count;
    }
}
