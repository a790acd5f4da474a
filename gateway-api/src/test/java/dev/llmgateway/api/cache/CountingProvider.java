package dev.llmgateway.api.cache;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.replay.RecordedAnswer;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.ModelInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Gives every call another answer, and counts them. */
final class CountingProvider implements Provider {

    final AtomicInteger calls = new AtomicInteger();
    volatile StopReason reason = StopReason.END_TURN;
    volatile int length = 1;
    volatile @Nullable GatewayException breaksWith;
    volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public String id() {
        return "one";
    }

    @Override
    public ChatStream open(ProviderCall call) {
        int number = calls.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new GatewayException.Cancelled("interrupted");
        }
        Iterator<ChatEvent> rest = answer(call.model(), number).iterator();
        return new ChatStream() {
            @Override
            public @Nullable ChatEvent next() {
                if (!rest.hasNext() && breaksWith != null) {
                    throw breaksWith;
                }
                return rest.hasNext() ? rest.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    private List<ChatEvent> answer(String model, int number) {
        List<ChatEvent> events = new ArrayList<>();
        Origin origin = new Origin("one", model, List.of());
        events.add(new ChatEvent.Started("id-" + number, model, number, null, origin, Wire.NONE));
        events.add(new ChatEvent.PartStarted(0, 0, new Content.Text(""), Wire.NONE));
        events.add(new ChatEvent.TextDelta(0, 0, ("answer " + number + " ").repeat(length), Wire.NONE));
        events.add(new ChatEvent.PartEnded(0, 0, Wire.NONE));
        if (breaksWith == null) {
            events.add(new ChatEvent.Finished(0, reason, null, Extras.NONE, Wire.NONE));
            events.add(new ChatEvent.UsageReported(Usage.of(3, 5), Wire.NONE));
        }
        return events;
    }

    /** Roughly what an answer takes in a cache. */
    long bytes() {
        return RecordedAnswer.of(answer("model", 1)).bytes();
    }

    @Override
    public List<ModelInfo> models(Duration timeout) {
        return List.of();
    }

    @Override
    public void close() {}
}
