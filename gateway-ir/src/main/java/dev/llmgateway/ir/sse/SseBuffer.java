package dev.llmgateway.ir.sse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects server-sent events as bytes until they are written out together. Not thread safe. */
public final class SseBuffer {

    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] DATA = ascii("data: ");

    /** Is told of each event that is appended. */
    @FunctionalInterface
    public interface Listener {

        /** An event; {@code data} must not be changed. */
        void event(@Nullable String name, byte[] data);
    }

    private final @Nullable Listener listener;
    private byte[] bytes = new byte[1024];
    private int size;

    /** An empty buffer. */
    public SseBuffer() {
        this(null);
    }

    /** An empty buffer that tells somebody what comes into it; null for nobody. */
    public SseBuffer(@Nullable Listener listener) {
        this.listener = listener;
    }

    /** Appends an event; line feeds in {@code data} become several data lines. */
    public void event(@Nullable String name, byte[] data) {
        if (listener != null) {
            listener.event(name, data);
        }
        if (name != null) {
            append(EVENT);
            append(name.getBytes(StandardCharsets.UTF_8));
            append('\n');
        }
        append(DATA);
        int from = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '\n') {
                append(data, from, i + 1);
                append(DATA);
                from = i + 1;
            }
        }
        append(data, from, data.length);
        append('\n');
        append('\n');
    }

    /** Appends an event of ASCII text without a name. */
    public void data(String ascii) {
        event(null, ascii(ascii));
    }

    /** Appends a comment, which clients ignore; it keeps connections alive. */
    public void comment(String ascii) {
        append(ascii(": " + ascii + "\n\n"));
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }

    /** Writes everything to {@code out} and empties the buffer. */
    public void drainTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
    }

    /** A copy of everything. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void append(byte[] more) {
        append(more, 0, more.length);
    }

    private void append(byte[] more, int from, int to) {
        reserve(to - from);
        System.arraycopy(more, from, bytes, size, to - from);
        size += to - from;
    }

    private void append(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
