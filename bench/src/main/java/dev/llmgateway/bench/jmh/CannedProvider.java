package dev.llmgateway.bench.jmh;

import dev.llmgateway.api.ChatStream;
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
import org.jspecify.annotations.Nullable;

/** Answers every call from memory with the same events. */
final class CannedProvider implements Provider {
    private final List<ChatEvent> events = new ArrayList<>();

    /** Answers with six events. */
    CannedProvider() {
        this(1);
    }

    /** @param deltas in how many pieces the text arrives, a word each */
    CannedProvider(int deltas) {
        events.add(
                new ChatEvent.Started("answer-1", "mock", 1, null, new Origin("canned", "mock", List.of()), Wire.NONE));
        events.add(new ChatEvent.PartStarted(0, 0, new Content.Text(""), Wire.NONE));
        for (int i = 0; i < deltas; i++) {
            events.add(new ChatEvent.TextDelta(0, 0, "Hello! ", Wire.NONE));
        }
        events.add(new ChatEvent.PartEnded(0, 0, Wire.NONE));
        events.add(new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE));
        events.add(new ChatEvent.UsageReported(Usage.of(3, 5), Wire.NONE));
    }

    @Override
    public String id() {
        return "canned";
    }

    @Override
    public ChatStream open(ProviderCall call) {
        Iterator<ChatEvent> rest = events.iterator();
        return new ChatStream() {
            @Override
            public @Nullable ChatEvent next() {
                return rest.hasNext() ? rest.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<ModelInfo> models(Duration timeout) {
        return List.of();
    }

    @Override
    public void close() {}
}
