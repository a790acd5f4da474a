package dev.llmgateway.api.replay;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Handler;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The inner side of a shared answer: hands out its steps as it is allowed to, and watches how it is used. */
final class Source implements Handler {

    /** Stands for the opening, too: the first permit opens the answer. */
    final Semaphore permits;

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger taken = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicBoolean isMisused = new AtomicBoolean();
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private final List<ChatEvent> events;
    private final @Nullable RuntimeException end;
    private int watched = -1;
    private Runnable whenTaken = () -> {};

    private Source(int permits, List<ChatEvent> events, @Nullable RuntimeException end) {
        this.permits = new Semaphore(permits);
        this.events = events;
        this.end = end;
    }

    /** Hands out everything at once. */
    static Source of(List<ChatEvent> events) {
        return new Source(Integer.MAX_VALUE / 2, events, null);
    }

    /** Hands out nothing until it is permitted. */
    static Source waiting(List<ChatEvent> events) {
        return new Source(0, events, null);
    }

    /** Hands out nothing until it is permitted, and fails at the end. */
    static Source waiting(List<ChatEvent> events, RuntimeException end) {
        return new Source(0, events, end);
    }

    /** Does something when that step is taken, and hands it out then, also if the call has been cancelled meanwhile. */
    Source whenTaken(int step, Runnable action) {
        watched = step;
        whenTaken = action;
        return this;
    }

    static List<ChatEvent> answer(int deltas) {
        List<ChatEvent> events = new ArrayList<>();
        Origin origin = new Origin("one", "model", List.of());
        events.add(new ChatEvent.Started("answer-1", "model", 1, null, origin, Wire.NONE));
        events.add(new ChatEvent.PartStarted(0, 0, new Content.Text(""), Wire.NONE));
        for (int i = 0; i < deltas; i++) {
            events.add(new ChatEvent.TextDelta(0, 0, "word-" + i + " ", Wire.NONE));
        }
        events.add(new ChatEvent.PartEnded(0, 0, Wire.NONE));
        events.add(new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE));
        events.add(new ChatEvent.UsageReported(Usage.of(3, deltas), Wire.NONE));
        return events;
    }

    static Exchange call(Cancellation cancellation) {
        return call(cancellation, Duration.ofSeconds(30));
    }

    static Exchange call(Cancellation cancellation, Duration limit) {
        CallOptions options = CallOptions.builder().cancellation(cancellation).build();
        long now = System.nanoTime();
        return new Exchange(
                "call", ChatRequest.builder("model").user("?").build(), options, now, now + limit.toNanos());
    }

    @Override
    public ChatStream handle(Exchange exchange) {
        opened.incrementAndGet();
        Cancellation cancellation = exchange.options().cancellation();
        Runnable wake = () -> permits.release(1_000_000);
        cancellation.onCancel(wake);
        take(cancellation);
        return new ChatStream() {
            private int next;

            @Override
            public @Nullable ChatEvent next() {
                isMisused.compareAndSet(false, !isBusy.compareAndSet(false, true) || closed.get() > 0);
                try {
                    take(cancellation);
                    if (next < events.size()) {
                        return events.get(next++);
                    }
                    if (end != null) {
                        throw end;
                    }
                    return null;
                } finally {
                    isBusy.set(false);
                }
            }

            @Override
            public boolean ready() {
                return permits.availablePermits() > 0;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    /** Permits so many steps and waits until somebody waits for one more. */
    void advance(int steps) {
        int before = taken.get();
        permits.release(steps);
        while (taken.get() < before + steps || !permits.hasQueuedThreads()) {
            Thread.yield();
        }
    }

    /** The last reader of an answer does not wait for the thread that closes it. */
    void awaitClosed() {
        while (closed.get() == 0) {
            Thread.yield();
        }
    }

    private void take(Cancellation cancellation) {
        try {
            permits.acquire();
            if (taken.incrementAndGet() == watched) {
                whenTaken.run();
            }
        } catch (InterruptedException e) {
            throw new GatewayException.Cancelled("interrupted");
        }
        if (watched < 0 && cancellation.isCancelled()) {
            throw cancellation.reasonOr(new GatewayException.Cancelled("?"));
        }
    }
}
