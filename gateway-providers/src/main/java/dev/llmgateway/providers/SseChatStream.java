package dev.llmgateway.providers;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.sse.SseEvent;
import dev.llmgateway.ir.sse.SseReader;
import dev.llmgateway.ir.sse.SseTooLargeException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A provider's event stream, read as it is pulled. It ends well only behind the dialect's terminator.
 *
 * <p>The lock says who may touch the response: OkHttp's bodies are for one thread, but {@link #close} may come from
 * another while the reader waits. Then close only cuts the socket, and the reader, which that wakes, cleans up.
 */
final class SseChatStream implements ChatStream {

    private static final int MOST_EVENT_BYTES = 16 * 1024 * 1024;

    private final UpstreamCall call;
    private final Response response;
    private final SseReader reader;
    private final EventDecoder decoder;
    private final Failures failures;
    private final Deque<ChatEvent> decoded = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean hasEvents;
    private boolean ended;
    private boolean released;
    private @Nullable GatewayException failure;
    private volatile boolean closed;

    SseChatStream(UpstreamCall call, Response response) {
        this.call = call;
        this.response = response;
        Upstream upstream = call.upstream();
        this.reader =
                new SseReader(response.body().byteStream(), Math.min(MOST_EVENT_BYTES, upstream.maxAnswerBytes()));
        this.decoder = call.eventDecoder();
        this.failures = upstream.failures();
    }

    @Override
    public @Nullable ChatEvent next() {
        lock.lock();
        try {
            while (decoded.isEmpty() && !ended && failure == null) {
                advance();
            }
            ChatEvent event = decoded.poll();
            if (event == null && failure != null) {
                throw failure;
            }
            return event;
        } finally {
            lock.unlock();
            if (closed) {
                close();
            }
        }
    }

    /** Reads and decodes one event; what fails is kept until the events before it were pulled. */
    private void advance() {
        try {
            SseEvent event = reader.next();
            if (event == null) {
                end();
            } else {
                decoder.decode(event, this::emit);
                ended = decoder.isComplete();
                hasEvents = true;
            }
        } catch (ProviderStreamException e) {
            failure = call.failure(failures.reported(e.error()));
        } catch (MalformedAnswerException e) {
            failure = call.failure(failures.malformed("sent an event that cannot be read: " + e.getMessage(), e));
        } catch (SseTooLargeException e) {
            failure = call.failure(failures.malformed("sent a stream that cannot be read: " + e.getMessage(), e));
        } catch (IOException e) {
            failure = call.failure(failures.insideAnswer(e));
        }
    }

    /** The end of the bytes is the end of the answer only when the decoder says so. */
    private void end() {
        try {
            decoder.end(this::emit);
            ended = true;
        } catch (MalformedAnswerException e) {
            failure = call.failure(
                    hasEvents ? failures.incomplete(e) : failures.noAnswer("sent a stream without an answer"));
        }
    }

    private void emit(ChatEvent event) {
        decoded.add(event instanceof ChatEvent.Started start ? call.stamped(start) : event);
    }

    @Override
    public boolean ready() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            return !decoded.isEmpty() || ended || failure != null || !closed && reader.ready();
        } finally {
            lock.unlock();
        }
    }

    /** Also called by a reader that finds the stream closed behind its back. */
    @Override
    public void close() {
        closed = true;
        if (lock.tryLock()) {
            try {
                release();
            } finally {
                lock.unlock();
            }
        } else {
            call.cancel();
        }
    }

    /** Under the lock. */
    private void release() {
        if (released) {
            return;
        }
        released = true;
        if (ended) {
            call.finish(response);
        } else {
            call.abandon(response);
        }
    }
}
