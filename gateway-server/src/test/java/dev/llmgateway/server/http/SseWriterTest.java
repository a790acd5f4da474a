package dev.llmgateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.sse.SseBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class SseWriterTest {
    private static final ChatEvent TEXT = new ChatEvent.TextDelta(0, 0, "x", Wire.NONE);

    private final AtomicLong now = new AtomicLong();
    private final Flushes out = new Flushes();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final SseWriter writer =
            new SseWriter(new Words(), new SseBuffer(), out, now::get, gone::countDown, Runnable::run);

    @Test
    void everyEventLeavesAtOnceWhenNothingMoreHasArrived() throws IOException {
        writer.write(TEXT, new Rest(false));
        writer.write(TEXT, new Rest(false));
        assertThat(out.flushed).containsExactly("data: event\n\n", "data: event\n\n");
    }

    @Test
    void eventsThatArrivedTogetherLeaveTogether() throws IOException {
        writer.write(TEXT, new Rest(true));
        writer.write(TEXT, new Rest(true));
        assertThat(out.flushed).isEmpty();
        writer.write(TEXT, new Rest(false));
        assertThat(out.flushed).containsExactly("data: event\n\n".repeat(3));
    }

    @Test
    void aFullBufferLeavesEvenWhenMoreHasArrived() throws IOException {
        for (int i = 0; i < 3_000; i++) {
            writer.write(TEXT, new Rest(true));
        }
        assertThat(out.flushed).hasSize(1);
    }

    @Test
    void theEndAndAnErrorLeaveAtOnce() throws IOException {
        writer.write(TEXT, new Rest(true));
        writer.finish();
        assertThat(out.flushed).containsExactly("data: event\n\ndata: end\n\n");
        Flushes other = new Flushes();
        new SseWriter(new Words(), new SseBuffer(), other, now::get, gone::countDown)
                .fail(new WireError(500, WireError.Kind.SERVER, "broken", null, null));
        assertThat(other.flushed).containsExactly("data: broken\n\n");
    }

    @Test
    void aSilentStreamIsKeptAliveEveryFifteenSeconds() {
        round(14);
        assertThat(out.flushed).isEmpty();
        round(15);
        assertThat(out.flushed).containsExactly(": alive\n\n");
        round(29);
        assertThat(out.flushed).hasSize(1);
        round(30);
        assertThat(out.flushed).containsExactly(": alive\n\n", ": alive\n\n");
    }

    @Test
    void anEventStartsTheSilenceAnew() throws IOException {
        now.set(seconds(10));
        writer.write(TEXT, new Rest(false));
        round(24);
        assertThat(out.flushed).hasSize(1);
        round(25);
        assertThat(out.flushed).containsExactly("data: event\n\n", ": alive\n\n");
    }

    @Test
    void aKeepAliveFindsAClientThatHasLeft() {
        out.broken = true;
        round(15);
        assertThat(gone.getCount()).isZero();
    }

    @Test
    void whoWatchesTheSilenceDoesNotWaitForASlowClient() throws Exception {
        out.slow.lock();
        try {
            now.set(seconds(15));
            new SseWriter(new Words(), new SseBuffer(), out, now::get, gone::countDown)
                    .keepAliveIfSilent(now.get() + seconds(15));
            assertThat(out.flushed).isEmpty();
        } finally {
            out.slow.unlock();
        }
        assertThat(out.awaitFlush()).isEqualTo(": alive\n\n");
    }

    private void round(int second) {
        now.set(seconds(second));
        writer.keepAliveIfSilent(now.get());
    }

    private static long seconds(int count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    /** Writes a word for each thing that can happen. */
    private static final class Words implements EventEncoder {
        @Override
        public void encode(ChatEvent event, SseBuffer out) {
            out.data("event");
        }

        @Override
        public void finish(SseBuffer out) {
            out.data("end");
        }

        @Override
        public void fail(WireError error, SseBuffer out) {
            out.data(error.message());
        }

        @Override
        public void keepAlive(SseBuffer out) {
            out.comment("alive");
        }
    }

    /** The rest of a stream, of which only readiness matters here. */
    private record Rest(boolean ready) implements ChatStream {
        @Override
        public ChatEvent next() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    /** What a client gets, flush by flush. */
    private static final class Flushes extends OutputStream {
        private final List<String> flushed = new ArrayList<>();
        private final LinkedBlockingQueue<String> arriving = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
        private final ReentrantLock slow = new ReentrantLock();
        private volatile boolean broken;

        @Override
        public void write(int b) {
            pending.write(b);
        }

        @Override
        public void flush() throws IOException {
            if (broken) {
                throw new IOException("gone");
            }
            slow.lock();
            try {
                String text = pending.toString(StandardCharsets.UTF_8);
                flushed.add(text);
                arriving.add(text);
                pending.reset();
            } finally {
                slow.unlock();
            }
        }

        String awaitFlush() throws InterruptedException {
            return arriving.poll(5, TimeUnit.SECONDS);
        }
    }
}
