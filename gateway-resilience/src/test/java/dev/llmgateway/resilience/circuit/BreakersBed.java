package dev.llmgateway.resilience.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.ProviderFailed.Phase;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.routing.CircuitState;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.spi.NamedProvider;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.WireError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Breakers around attempts that end as a test says, on the test's own ticks. */
abstract class BreakersBed {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());
    final long start = now.get();
    final Map<String, CircuitPolicy> policies = new HashMap<>();
    final Breakers breakers = new Breakers(
            id -> policies.getOrDefault(id, CircuitPolicy.DEFAULT),
            PATIENCE,
            now::get,
            () -> START.plusNanos(now.get() - start));
    final Provider openAi = new NamedProvider("openai");
    final Provider other = new NamedProvider("other");
    final List<String> changes = new ArrayList<>();
    Caller caller = Caller.DEFAULT;
    Cancellation cancellation = new Cancellation();
    int calls;

    /** Some pings, then a failure, or the end when there is none. */
    static final class Pings implements ChatStream {
        private int left;
        private final @Nullable RuntimeException failure;

        Pings(int count, @Nullable RuntimeException failure) {
            left = count;
            this.failure = failure;
        }

        @Override
        public @Nullable ChatEvent next() {
            if (left-- > 0) {
                return new ChatEvent.Ping(Wire.NONE);
            }
            if (failure != null) {
                throw failure;
            }
            return null;
        }

        @Override
        public void close() {}
    }

    void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    Attempt attempt(Provider provider, String model) {
        GatewayListener listener = new GatewayListener() {
            @Override
            public void circuitChanged(Attempt attempt, CircuitState from, CircuitState to, String reason) {
                changes.add(attempt.target() + " " + from.word() + " -> " + to.word() + ": " + reason);
            }
        };
        Exchange exchange = new Exchange(
                "req_1",
                ChatRequest.builder(model).user("hi").build(),
                CallOptions.builder().caller(caller).build(),
                listener,
                null,
                null,
                now.get(),
                now.get() + Duration.ofSeconds(300).toNanos());
        return new Attempt(exchange, new RouteTarget(provider, model), cancellation);
    }

    ChatStream open(Provider provider, String model, @Nullable RuntimeException failure) {
        return breakers.intercept(attempt(provider, model), ignored -> {
            calls++;
            if (failure != null) {
                throw failure;
            }
            return new Pings(2, null);
        });
    }

    void fail(RuntimeException failure, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(catchThrowable(() -> open(openAi, "gpt", failure))).isSameAs(failure);
        }
    }

    void succeed() {
        drain(open(openAi, "gpt", null));
    }

    static void drain(ChatStream stream) {
        try (stream) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                assertThat(event).isInstanceOf(ChatEvent.Ping.class);
            }
        }
    }

    ChatStream stream(int pings, @Nullable RuntimeException failure) {
        return breakers.intercept(attempt(openAi, "gpt"), ignored -> new Pings(pings, failure));
    }

    TargetState state(Provider provider, String model) {
        return breakers.state(caller, provider, model);
    }

    static ProviderFailed failure(Phase phase, int status, @Nullable Duration retryAfter) {
        WireError error = new WireError(status, WireError.kindOf(status), "failed with " + status, null, null);
        return new ProviderFailed("openai", phase, error, retryAfter, null);
    }

    static ProviderFailed status(int status) {
        return failure(Phase.STATUS, status, null);
    }

    static ProviderFailed limited(Duration retryAfter) {
        return failure(Phase.STATUS, 429, retryAfter);
    }

    CircuitState circuit() {
        return breakers.circuit("openai", "gpt");
    }
}
