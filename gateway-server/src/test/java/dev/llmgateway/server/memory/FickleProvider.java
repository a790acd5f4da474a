package dev.llmgateway.server.memory;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException.ProviderFailed;
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
import dev.llmgateway.ir.codec.WireError;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers from memory; of four calls one fails, and one more asks its caller to come back later. For one thread. */
final class FickleProvider implements Provider {
    private long calls;

    @Override
    public String id() {
        return "fickle";
    }

    @Override
    public ChatStream open(ProviderCall call) {
        return switch ((int) (calls++ % 4)) {
            case 0 -> throw failure(500, WireError.Kind.SERVER, null);
            case 1 -> throw failure(429, WireError.Kind.RATE_LIMIT, Duration.ofMinutes(5));
            default -> answer(call.model());
        };
    }

    private ProviderFailed failure(int status, WireError.Kind kind, @Nullable Duration retryAfter) {
        WireError error = new WireError(status, kind, "not now", null, null);
        return new ProviderFailed(id(), ProviderFailed.Phase.STATUS, error, retryAfter, null);
    }

    private ChatStream answer(String model) {
        Iterator<ChatEvent> events = List.<ChatEvent>of(
                        new ChatEvent.Started("answer", model, 1, null, new Origin(id(), model, List.of()), Wire.NONE),
                        new ChatEvent.PartStarted(0, 0, new Content.Text(""), Wire.NONE),
                        new ChatEvent.TextDelta(0, 0, "A short answer to " + model, Wire.NONE),
                        new ChatEvent.PartEnded(0, 0, Wire.NONE),
                        new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE),
                        new ChatEvent.UsageReported(Usage.of(3, 5), Wire.NONE))
                .iterator();
        return new ChatStream() {
            @Override
            public @Nullable ChatEvent next() {
                return events.hasNext() ? events.next() : null;
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
