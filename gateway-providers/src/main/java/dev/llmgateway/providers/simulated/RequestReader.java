package dev.llmgateway.providers.simulated;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests from one connection, one after the other. For one thread. */
final class RequestReader {
    private static final int MAX_HEAD = 256 * 1024;
    private static final int MAX_BODY = 128 * 1024 * 1024;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[8 * 1024];
    private int start;
    private int end;

    RequestReader(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** The next request, or null when the client closed the connection between two requests. */
    @Nullable
    ReceivedRequest next() throws IOException {
        int length = fillHead();
        if (length < 0) {
            return null;
        }
        String head = new String(buffer, start, length, StandardCharsets.ISO_8859_1);
        start += length;
        int lineEnd = head.indexOf("\r\n");
        String[] words = head.substring(0, lineEnd).split(" ", 3);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP/1 request line: " + head.substring(0, Math.min(lineEnd, 80)));
        }
        Map<String, String> headers = headers(head, lineEnd + 2);
        return new ReceivedRequest(words[0], words[1], headers, body(headers));
    }

    /** Takes back a byte that was read past this reader while the connection waited. */
    void unread(int value) throws IOException {
        if (end - start > MAX_HEAD) {
            throw new IOException("the client sent more than " + MAX_HEAD + " bytes before its answer was complete");
        }
        makeRoom();
        buffer[end++] = (byte) value;
    }

    /** Reads until the buffer holds a whole head; its length with the blank line, or -1 at a clean end. */
    private int fillHead() throws IOException {
        int scanned = 0;
        while (true) {
            for (int i = start + scanned; i + 3 < end; i++) {
                if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                    return i + 4 - start;
                }
            }
            scanned = Math.max(0, end - start - 3);
            if (end - start > MAX_HEAD) {
                throw new IOException("the request's headers exceed " + MAX_HEAD + " bytes");
            }
            if (!fill()) {
                if (start == end) {
                    return -1;
                }
                throw new EOFException("the connection ended inside the request's headers");
            }
        }
    }

    private static Map<String, String> headers(String head, int from) {
        Map<String, String> headers = new LinkedHashMap<>();
        int at = from;
        for (int lineEnd = head.indexOf("\r\n", at); lineEnd > at; lineEnd = head.indexOf("\r\n", at)) {
            int colon = head.indexOf(':', at);
            if (colon > at && colon < lineEnd) {
                String name = head.substring(at, colon).toLowerCase(Locale.ROOT);
                headers.merge(name, head.substring(colon + 1, lineEnd).strip(), (a, b) -> a + ", " + b);
            }
            at = lineEnd + 2;
        }
        return Collections.unmodifiableMap(headers);
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        boolean chunked = headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked");
        int length = number(headers.getOrDefault("content-length", "0"), 10);
        if ((chunked || length > 0) && "100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write(CONTINUE);
        }
        return chunked ? chunks() : exactly(length);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line();
            int extension = line.indexOf(';');
            int size = number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
            if (size == 0) {
                break;
            }
            if (body.size() + (long) size > MAX_BODY) {
                throw new IOException("the request's body exceeds " + MAX_BODY + " bytes");
            }
            body.write(exactly(size));
            line();
        }
        while (!line().isEmpty()) {
            // trailers carry nothing that is of use here
        }
        return body.toByteArray();
    }

    private static int number(String digits, int radix) throws IOException {
        try {
            int value = Integer.parseInt(digits, radix);
            if (value >= 0 && value <= MAX_BODY) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IOException("not a length: " + digits, e);
        }
        throw new IOException("a length out of range: " + digits);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = new byte[length];
        int got = Math.min(length, end - start);
        System.arraycopy(buffer, start, bytes, 0, got);
        start += got;
        if (in.readNBytes(bytes, got, length - got) < length - got) {
            throw new EOFException("the connection ended inside the request's body");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            while (start < end) {
                char c = (char) (buffer[start++] & 0xff);
                if (c == '\n') {
                    return line.toString();
                }
                if (c != '\r') {
                    line.append(c);
                }
            }
            if (line.length() > MAX_HEAD || !fill()) {
                throw new EOFException("the connection ended inside a chunked body");
            }
        }
    }

    private boolean fill() throws IOException {
        makeRoom();
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            return false;
        }
        end += read;
        return true;
    }

    private void makeRoom() {
        if (start == end) {
            start = 0;
            end = 0;
        } else if (end == buffer.length) {
            byte[] target = end - start > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, start, target, 0, end - start);
            buffer = target;
            end -= start;
            start = 0;
        }
    }
}
