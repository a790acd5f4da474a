package dev.llmgateway.ir.sse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pulls server-sent events out of a byte stream. Accepts LF, CR and CRLF line ends, comments, a byte order mark, {@code
 * data:} with and without a space, several data lines per event, and a last event without its blank line. How the bytes
 * are cut into reads changes nothing. Not thread safe.
 */
public final class SseReader {

    private static final int BUFFER_SIZE = 8 * 1024;

    private final InputStream in;
    private final int maxEventBytes;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    private boolean skipLineFeed;
    private boolean atStart = true;

    private final ByteArrayOutputStream longLine = new ByteArrayOutputStream();
    private @Nullable String name;
    private byte @Nullable [] data;
    /** The data so far, once an event has more than one line of it; empty before. */
    private final ByteArrayOutputStream joined = new ByteArrayOutputStream();

    private int eventBytes;

    /**
     * Reads from {@code in}, which the caller closes.
     *
     * @param maxEventBytes upper bound of one event's bytes
     */
    public SseReader(InputStream in, int maxEventBytes) {
        this.in = in;
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * The next event that has data, or null at the end of the stream.
     *
     * @throws SseTooLargeException when one event is larger than the bound
     * @throws IOException when the stream fails
     */
    public @Nullable SseEvent next() throws IOException {
        byte[] line;
        while ((line = readLine()) != null) {
            if (line.length == 0) {
                SseEvent event = take();
                if (event != null) {
                    return event;
                }
            } else {
                field(line);
            }
        }
        return take();
    }

    /** True when {@link #next} would return without waiting for the stream, as far as can be told. */
    public boolean ready() {
        try {
            return blankLineBuffered() || (position == limit && in.available() > 0);
        } catch (IOException e) {
            return true;
        }
    }

    private boolean blankLineBuffered() {
        for (int i = position; i + 1 < limit; i++) {
            if ((buffer[i] == '\n' || buffer[i] == '\r') && endsEvent(i)) {
                return true;
            }
        }
        return false;
    }

    private boolean endsEvent(int i) {
        byte next = buffer[i + 1];
        if (buffer[i] == '\r' && next == '\n') {
            return i + 2 < limit && (buffer[i + 2] == '\r' || buffer[i + 2] == '\n');
        }
        return next == '\n' || next == '\r';
    }

    private @Nullable SseEvent take() {
        byte[] all = joined.size() == 0 ? data : joined.toByteArray();
        SseEvent event = all == null ? null : new SseEvent(name, all);
        name = null;
        data = null;
        joined.reset();
        eventBytes = 0;
        return event;
    }

    private void field(byte[] line) {
        int colon = indexOf(line, (byte) ':');
        if (colon == 0) {
            return;
        }
        int nameEnd = colon < 0 ? line.length : colon;
        int value = colon < 0 ? line.length : colon + 1;
        if (value < line.length && line[value] == ' ') {
            value++;
        }
        if (named(line, nameEnd, "data")) {
            append(line, value);
        } else if (named(line, nameEnd, "event")) {
            name = new String(line, value, line.length - value, StandardCharsets.UTF_8);
        }
    }

    private void append(byte[] line, int from) {
        if (data == null) {
            data = from == 0 ? line : Arrays.copyOfRange(line, from, line.length);
            return;
        }
        if (joined.size() == 0) {
            joined.writeBytes(data);
        }
        joined.write('\n');
        joined.write(line, from, line.length - from);
    }

    private static boolean named(byte[] line, int end, String name) {
        if (end != name.length()) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            if (line[i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(byte[] line, byte wanted) {
        for (int i = 0; i < line.length; i++) {
            if (line[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** The next line without its end, or null at the end of the stream. */
    private byte @Nullable [] readLine() throws IOException {
        longLine.reset();
        while (true) {
            if (position == limit && !fill()) {
                return longLine.size() == 0 ? null : withoutByteOrderMark(longLine.toByteArray());
            }
            if (skipLineFeed) {
                skipLineFeed = false;
                if (buffer[position] == '\n') {
                    position++;
                    continue;
                }
            }
            int end = lineEnd();
            count(end - position);
            if (end < limit) {
                return finishLine(end);
            }
            longLine.write(buffer, position, end - position);
            position = limit;
        }
    }

    private byte[] finishLine(int end) {
        skipLineFeed = buffer[end] == '\r';
        byte[] line;
        if (longLine.size() == 0) {
            line = Arrays.copyOfRange(buffer, position, end);
        } else {
            longLine.write(buffer, position, end - position);
            line = longLine.toByteArray();
        }
        position = end + 1;
        return withoutByteOrderMark(line);
    }

    private byte[] withoutByteOrderMark(byte[] line) {
        boolean marked = atStart
                && line.length >= 3
                && (line[0] & 0xff) == 0xef
                && (line[1] & 0xff) == 0xbb
                && (line[2] & 0xff) == 0xbf;
        atStart = false;
        return marked ? Arrays.copyOfRange(line, 3, line.length) : line;
    }

    private int lineEnd() {
        int end = position;
        while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
            end++;
        }
        return end;
    }

    private void count(int bytes) {
        eventBytes += bytes;
        if (eventBytes > maxEventBytes) {
            throw new SseTooLargeException(maxEventBytes);
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }
}
