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
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final int maxEventBytes;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    private boolean skipLineFeed;
    private boolean atStart = true;

    /** The current line without its end: usually a stretch of the buffer, so that a line is not copied to be looked at. */
    private byte[] line = buffer;

    private int lineStart;
    private int lineEnd;

    /** The beginning of a line that did not fit into the buffer; null when the current one did. */
    private @Nullable ByteArrayOutputStream longLine;

    private @Nullable String name;
    private byte @Nullable [] data;
    /** The data so far, once an event has more than one line of it; null before. */
    private @Nullable ByteArrayOutputStream joined;

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
        while (readLine()) {
            if (lineStart == lineEnd) {
                SseEvent event = take();
                if (event != null) {
                    return event;
                }
            } else {
                field();
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
        byte[] all = joined == null ? data : joined.toByteArray();
        SseEvent event = all == null ? null : new SseEvent(name, all);
        name = null;
        data = null;
        joined = null;
        eventBytes = 0;
        return event;
    }

    private void field() {
        int nameEnd = lineStart;
        while (nameEnd < lineEnd && line[nameEnd] != ':') {
            nameEnd++;
        }
        int value = Math.min(nameEnd + 1, lineEnd);
        if (value < lineEnd && line[value] == ' ') {
            value++;
        }
        if (isNamed(DATA, nameEnd)) {
            append(value);
        } else if (isNamed(EVENT, nameEnd)) {
            name = new String(line, value, lineEnd - value, StandardCharsets.UTF_8);
        }
    }

    private boolean isNamed(byte[] wanted, int nameEnd) {
        return Arrays.equals(line, lineStart, nameEnd, wanted, 0, wanted.length);
    }

    private void append(int from) {
        if (data == null) {
            data = Arrays.copyOfRange(line, from, lineEnd);
            return;
        }
        if (joined == null) {
            joined = new ByteArrayOutputStream();
            joined.writeBytes(data);
        }
        joined.write('\n');
        joined.write(line, from, lineEnd - from);
    }

    /** Moves on to the next line; false at the end of the stream. */
    private boolean readLine() throws IOException {
        while (true) {
            if (position == limit && !fill()) {
                return finishLongLine();
            }
            if (skipLineFeed) {
                skipLineFeed = false;
                if (buffer[position] == '\n') {
                    position++;
                    continue;
                }
            }
            int end = endInBuffer();
            count(end - position);
            if (end < limit) {
                finishLine(end);
                return true;
            }
            longLine = longLine == null ? new ByteArrayOutputStream() : longLine;
            longLine.write(buffer, position, end - position);
            position = limit;
        }
    }

    private void finishLine(int end) {
        skipLineFeed = buffer[end] == '\r';
        if (longLine == null) {
            setLine(buffer, position, end);
        } else {
            longLine.write(buffer, position, end - position);
            finishLongLine();
        }
        position = end + 1;
    }

    /** Makes what was collected the current line; false when there is nothing. */
    private boolean finishLongLine() {
        if (longLine == null) {
            return false;
        }
        byte[] whole = longLine.toByteArray();
        longLine = null;
        setLine(whole, 0, whole.length);
        return true;
    }

    /** A byte order mark is no part of the first line. */
    private void setLine(byte[] bytes, int start, int end) {
        boolean marked = atStart
                && end - start >= 3
                && (bytes[start] & 0xff) == 0xef
                && (bytes[start + 1] & 0xff) == 0xbb
                && (bytes[start + 2] & 0xff) == 0xbf;
        atStart = false;
        line = bytes;
        lineStart = marked ? start + 3 : start;
        lineEnd = end;
    }

    private int endInBuffer() {
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
