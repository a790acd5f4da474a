package dev.llmgateway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads HTTP/1.1 messages incrementally, requests and answers alike: the head, then a body framed by Content-Length or
 * by chunks (RFC 9112, section 6). One message at a time: bytes after its end are an error, since neither side
 * pipelines. Not thread safe.
 */
final class HttpMessageReader {
    private static final int MAX_HEAD = 64 << 10;

    private enum State {
        HEAD,
        FIXED,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER,
        DONE
    }

    /** Takes body bytes as they arrive, transfer coding removed. */
    @FunctionalInterface
    interface BodySink {
        void accept(byte[] buffer, int offset, int length);
    }

    private final BodySink sink;
    private State state = State.HEAD;
    private byte[] line = new byte[1024];
    private int lineLength;
    private String head = "";
    private long left;

    HttpMessageReader(BodySink sink) {
        this.sink = sink;
    }

    /** The head of the current message, first line included, without the empty line; empty until it is complete. */
    String head() {
        return head;
    }

    /** Takes the next bytes; true when they completed the message. The next call then begins a new one. */
    boolean feed(byte[] buffer, int offset, int length) throws IOException {
        if (state == State.DONE) {
            state = State.HEAD;
            head = "";
        }
        int at = offset;
        int end = offset + length;
        while (at < end && state != State.DONE) {
            at = step(buffer, at, end);
        }
        if (at < end) {
            throw new IOException((end - at) + " bytes follow the end of the message");
        }
        return state == State.DONE;
    }

    private int step(byte[] buffer, int at, int end) throws IOException {
        return switch (state) {
            case HEAD -> readHead(buffer, at, end);
            case FIXED, CHUNK_DATA -> readData(buffer, at, end);
            case CHUNK_SIZE, CHUNK_END, TRAILER -> readLine(buffer, at, end);
            case DONE -> at;
        };
    }

    private int readHead(byte[] buffer, int at, int end) throws IOException {
        int i = at;
        while (i < end) {
            append(buffer[i++]);
            if (lineLength >= 4 && line[lineLength - 1] == '\n' && line[lineLength - 3] == '\n') {
                head = new String(line, 0, lineLength - 4, StandardCharsets.ISO_8859_1);
                lineLength = 0;
                beginBody();
                return i;
            }
        }
        return i;
    }

    private void beginBody() throws IOException {
        if (header("transfer-encoding").contains("chunked")) {
            state = State.CHUNK_SIZE;
            return;
        }
        String length = header("content-length");
        try {
            left = length.isEmpty() ? 0 : Long.parseLong(length);
        } catch (NumberFormatException notANumber) {
            throw new IOException("Content-Length is not a number: " + length, notANumber);
        }
        state = left == 0 ? State.DONE : State.FIXED;
    }

    private int readData(byte[] buffer, int at, int end) {
        int count = (int) Math.min(left, end - at);
        sink.accept(buffer, at, count);
        left -= count;
        if (left == 0) {
            state = state == State.FIXED ? State.DONE : State.CHUNK_END;
        }
        return at + count;
    }

    private int readLine(byte[] buffer, int at, int end) throws IOException {
        int i = at;
        while (i < end) {
            byte next = buffer[i++];
            if (next == '\n') {
                String text = new String(line, 0, lineLength, StandardCharsets.ISO_8859_1).strip();
                lineLength = 0;
                takeLine(text);
                return i;
            }
            append(next);
        }
        return i;
    }

    private void takeLine(String text) throws IOException {
        switch (state) {
            case CHUNK_SIZE -> {
                left = chunkSize(text);
                state = left == 0 ? State.TRAILER : State.CHUNK_DATA;
            }
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILER -> state = text.isEmpty() ? State.DONE : State.TRAILER;
            case HEAD, FIXED, CHUNK_DATA, DONE -> throw new IllegalStateException("no line is read in " + state);
        }
    }

    private static long chunkSize(String text) throws IOException {
        int extension = text.indexOf(';');
        try {
            return Long.parseLong(extension < 0 ? text : text.substring(0, extension), 16);
        } catch (NumberFormatException notHex) {
            throw new IOException("not a chunk size: " + text, notHex);
        }
    }

    private void append(byte next) throws IOException {
        if (lineLength == line.length) {
            if (lineLength >= MAX_HEAD) {
                throw new IOException("a head or line of more than " + MAX_HEAD + " bytes");
            }
            line = Arrays.copyOf(line, line.length * 2);
        }
        line[lineLength++] = next;
    }

    /** The value of a header of the current message, name in any case; empty when absent. */
    String header(String name) {
        int at = head.indexOf('\n');
        while (at >= 0) {
            int start = at + 1;
            int end = head.indexOf('\n', start);
            int colon = start + name.length();
            if (head.regionMatches(true, start, name, 0, name.length())
                    && colon < head.length()
                    && head.charAt(colon) == ':') {
                return head.substring(colon + 1, end < 0 ? head.length() : end).strip();
            }
            at = end;
        }
        return "";
    }
}
