package dev.llmgateway.resilience.quota;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.AttemptHandler;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.ProviderFailed.Phase;
import dev.llmgateway.api.spi.NamedProvider;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.WireError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attempts at one provider, and what it answers. */
final class Calls {

    static final Provider OPENAI = new NamedProvider("openai");

    private static final ChatRequest REQUEST =
            ChatRequest.builder("m").user("hello").build();

    private Calls() {}

    static Attempt attempt(Caller caller, long now) {
        CallOptions options = CallOptions.builder().caller(caller).build();
        Exchange exchange = new Exchange("req_1", REQUEST, options, now, now + 1);
        return new Attempt(exchange, new RouteTarget(OPENAI, "m"), new Cancellation());
    }

    static Caller withOwnKey(String tenant) {
        return new Caller(tenant, null, provider -> "key of " + tenant);
    }

    /** An answer of which only the usage is told. */
    static AttemptHandler answers(Usage usage) {
        return attempt -> new Told(new ArrayDeque<>(List.of(new ChatEvent.UsageReported(usage, Wire.NONE))));
    }

    /** Reads an answer to its end. */
    static void read(ChatStream answer) {
        try (answer) {
            answer.forEach(event -> {});
        }
    }

    static AttemptHandler failsWith(int status) {
        return attempt -> {
            WireError error = new WireError(status, WireError.kindOf(status), "failed", null, null);
            throw new ProviderFailed("openai", Phase.STATUS, error, null, null);
        };
    }

    private record Told(Deque<ChatEvent> events) implements ChatStream {
        @Override
        public @Nullable ChatEvent next() {
            return events.poll();
        }

        @Override
        public void close() {}
    }
}
