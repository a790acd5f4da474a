package dev.llmgateway.api;

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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An upstream in memory that does what it is told, step by step. */
final class ScriptedProvider implements Provider {

    private final String id;
    private final Supplier<List<Object>> script;
    final List<ProviderCall> calls = new ArrayList<>();
    final AtomicInteger closedStreams = new AtomicInteger();
    boolean closed;
    private boolean isStuck;

    /** Each step is an event to return or an exception to throw; a first step that is an exception fails the opening. */
    private ScriptedProvider(String id, Supplier<List<Object>> script) {
        this.id = id;
        this.script = script;
    }

    static ScriptedProvider of(String id, Object... steps) {
        return new ScriptedProvider(id, () -> List.of(steps));
    }

    /** Answers nothing until its call is cancelled. */
    static ScriptedProvider stuck(String id) {
        ScriptedProvider provider = of(id);
        provider.isStuck = true;
        return provider;
    }

    static ScriptedProvider saying(String id, String text) {
        return of(id, answer(id, text).toArray());
    }

    static List<ChatEvent> answer(String id, String text) {
        return List.of(
                started(id),
                new ChatEvent.PartStarted(0, 0, new Content.Text(""), Wire.NONE),
                delta(text),
                new ChatEvent.PartEnded(0, 0, Wire.NONE),
                new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE),
                new ChatEvent.UsageReported(Usage.of(3, 5), Wire.NONE));
    }

    static ChatEvent.Started started(String id) {
        return new ChatEvent.Started("answer-1", "model", 0, null, new Origin(id, "model", List.of()), Wire.NONE);
    }

    static ChatEvent delta(String text) {
        return new ChatEvent.TextDelta(0, 0, text, Wire.NONE);
    }

    static GatewayException.ProviderFailed failure(String id, int status, WireError.Kind kind) {
        WireError error = new WireError(status, kind, id + " answered " + status, null, null);
        return new GatewayException.ProviderFailed(id, GatewayException.ProviderFailed.Phase.STATUS, error, null, null);
    }

    static GatewayException.ProviderFailed brokenOff(String id) {
        WireError error = new WireError(502, WireError.Kind.SERVER, id + " broke off", null, null);
        return new GatewayException.ProviderFailed(
                id, GatewayException.ProviderFailed.Phase.BROKEN_OFF, error, null, null);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ChatStream open(ProviderCall call) {
        calls.add(call);
        if (isStuck) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            call.cancellation().onCancel(() -> ended.complete(null));
            ended.join();
            throw call.cancellation().reasonOr(brokenOff(id));
        }
        List<Object> steps = script.get();
        if (!steps.isEmpty() && steps.getFirst() instanceof RuntimeException failure) {
            throw failure;
        }
        Iterator<Object> rest = steps.iterator();
        return new ChatStream() {
            @Override
            public ChatEvent next() {
                if (!rest.hasNext()) {
                    return null;
                }
                Object step = rest.next();
                if (step instanceof RuntimeException failure) {
                    throw failure;
                }
                return (ChatEvent) step;
            }

            @Override
            public void close() {
                closedStreams.incrementAndGet();
            }
        };
    }

    @Override
    public List<ModelInfo> models(Duration timeout) {
        return List.of();
    }

    @Override
    public void close() {
        closed = true;
    }
}
