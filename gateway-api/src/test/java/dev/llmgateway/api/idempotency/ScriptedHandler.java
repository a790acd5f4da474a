package dev.llmgateway.api.idempotency;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Handler;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Wire;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What stands behind the stage: answers the n-th call with the text {@code answer n}, or does what it is told. */
final class ScriptedHandler implements Handler {

    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    /** What the next calls do instead: failures to throw at once, or inside the answer's second event. */
    final Deque<RuntimeException> failures = new ArrayDeque<>();

    final Deque<RuntimeException> breaks = new ArrayDeque<>();
    /** Opened, the events behind the first come. */
    CountDownLatch gate = new CountDownLatch(0);

    int words = 1;

    @Override
    public ChatStream handle(Exchange exchange) {
        int number = calls.incrementAndGet();
        exchange.options().cancellation().onCancel(cancelled::incrementAndGet);
        exchange.options().cancellation().onCancel(gate::countDown);
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return new Answer(answer("answer " + number, words), gate, breaks.poll());
    }

    private static Deque<ChatEvent> answer(String text, int words) {
        Origin origin = new Origin("openai", "gpt-4o", List.of());
        Deque<ChatEvent> events = new ArrayDeque<>();
        events.add(new ChatEvent.Started("id", "gpt-4o", 1, null, origin, Wire.NONE));
        events.add(new ChatEvent.PartStarted(0, 0, new Content.Text(""), Wire.NONE));
        for (int i = 0; i < words; i++) {
            events.add(new ChatEvent.TextDelta(0, 0, text, Wire.NONE));
        }
        events.add(new ChatEvent.PartEnded(0, 0, Wire.NONE));
        events.add(new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE));
        return events;
    }

    /** One answer. */
    private static final class Answer implements ChatStream {
        private final Deque<ChatEvent> events;
        private final CountDownLatch gate;
        private final RuntimeException breaks;
        private boolean began;

        Answer(Deque<ChatEvent> events, CountDownLatch gate, RuntimeException breaks) {
            this.events = events;
            this.gate = gate;
            this.breaks = breaks;
        }

        @Override
        public ChatEvent next() {
            if (began) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                if (breaks != null) {
                    throw breaks;
                }
            }
            began = true;
            return events.poll();
        }

        @Override
        public void close() {}
    }
}
