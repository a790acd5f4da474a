package dev.llmgateway.api;

import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.codec.ModelInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An upstream in memory whose answer stands still at every gate until that is opened, or its call cancelled. For calls on
 * several threads.
 */
final class GatedProvider implements Provider {

    /** Where an answer stands still. */
    record Gate(CompletableFuture<Void> opened) {
        Gate() {
            this(new CompletableFuture<>());
        }

        void open() {
            opened.complete(null);
        }
    }

    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger openStreams = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final String id;
    private final List<Object> steps;

    /** Each step is a gate, an event to return, or an exception to throw; those before the first event belong to the opening. */
    GatedProvider(String id, Object... steps) {
        this.id = id;
        this.steps = List.of(steps);
    }

    /** Waits at the gate and then answers. */
    static GatedProvider saying(String id, Gate gate) {
        Object[] steps = new Object[7];
        steps[0] = gate;
        List<ChatEvent> answer = ScriptedProvider.answer(id, "hello from " + id);
        for (int i = 0; i < answer.size(); i++) {
            steps[i + 1] = answer.get(i);
        }
        return new GatedProvider(id, steps);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ChatStream open(ProviderCall call) {
        calls.incrementAndGet();
        asked.complete(null);
        Script script = new Script(call.cancellation());
        while (script.place < steps.size() && !(steps.get(script.place) instanceof ChatEvent)) {
            script.step();
        }
        openStreams.incrementAndGet();
        return script;
    }

    @Override
    public List<ModelInfo> models(Duration timeout) {
        return List.of();
    }

    @Override
    public void close() {}

    private final class Script implements ChatStream {
        private final Cancellation cancellation;
        private int place;
        private boolean closed;

        Script(Cancellation cancellation) {
            this.cancellation = cancellation;
        }

        @Override
        public @Nullable ChatEvent next() {
            ChatEvent event = null;
            while (event == null && place < steps.size()) {
                event = step();
            }
            return event;
        }

        @Override
        public boolean ready() {
            return place < steps.size() && steps.get(place) instanceof ChatEvent;
        }

        private @Nullable ChatEvent step() {
            Object step = steps.get(place++);
            if (step instanceof Gate gate) {
                CompletableFuture<Void> ended = new CompletableFuture<>();
                Runnable end = () -> ended.complete(null);
                cancellation.onCancel(end);
                CompletableFuture.anyOf(gate.opened, ended).join();
                cancellation.forget(end);
                if (cancellation.isCancelled()) {
                    cancelled.incrementAndGet();
                    throw cancellation.reasonOr(new GatewayException.Cancelled("it was cancelled"));
                }
            }
            if (step instanceof RuntimeException failure) {
                throw failure;
            }
            return step instanceof ChatEvent event ? event : null;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                openStreams.decrementAndGet();
            }
        }
    }
}
