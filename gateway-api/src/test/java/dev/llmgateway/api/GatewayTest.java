package dev.llmgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.WireError;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GatewayTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("model").user("hi").build();

    private final List<Outcome> outcomes = new ArrayList<>();
    private final GatewayListener recorder = new GatewayListener() {
        @Override
        public void callEnded(Exchange exchange, Outcome outcome) {
            outcomes.add(outcome);
        }
    };

    @Test
    void answersWithOneProviderAndNothingElse() {
        try (Gateway gateway = Gateway.builder()
                .provider(ScriptedProvider.saying("one", "hello"))
                .build()) {
            ChatResponse answer = gateway.chat(REQUEST);

            assertThat(answer.text()).isEqualTo("hello");
            assertThat(answer.first().stopReason()).isEqualTo(StopReason.END_TURN);
            assertThat(answer.usage()).isEqualTo(Usage.of(3, 5));
        }
    }

    /** Whoever shares options between calls would otherwise keep every call's socket and request alive. */
    @Test
    void aCancellationThatServesManyCallsKeepsNoneOfThem() {
        CallOptions shared = CallOptions.defaults();
        Gateway gateway = gateway(ScriptedProvider.saying("one", "hello"));

        gateway.chat(REQUEST, shared);
        gateway.stream(REQUEST, shared).close();
        assertThat(shared.cancellation().size()).isZero();

        shared.cancellation().cancel(new GatewayException.Cancelled("enough"));
        ScriptedProvider next = ScriptedProvider.saying("next", "hello");
        gateway(next).stream(REQUEST, shared).close();
        assertThat(next.calls.getFirst().cancellation().isCancelled()).isTrue();
    }

    @Test
    void takesATimeLimitOfForever() {
        CallOptions patient = CallOptions.defaults().withTimeout(ChronoUnit.FOREVER.getDuration());

        assertThat(gateway(ScriptedProvider.saying("one", "hello"))
                        .chat(REQUEST, patient)
                        .text())
                .isEqualTo("hello");
    }

    @Test
    void endsACallWhoseTimeIsUpWithoutAnyStage() {
        try (Gateway gateway =
                Gateway.builder().provider(ScriptedProvider.stuck("stuck")).build()) {
            CallOptions hasty = CallOptions.defaults().withTimeout(Duration.ofMillis(20));

            assertThatThrownBy(() -> gateway.chat(REQUEST, hasty))
                    .isInstanceOf(GatewayException.TimedOut.class)
                    .hasMessageContaining("the time for the whole call is up");
        }
    }

    @Test
    void asksOnlyTheProviderThatTheModelNames() {
        ScriptedProvider first = ScriptedProvider.saying("first", "1");
        ScriptedProvider second = ScriptedProvider.saying("second", "2");
        Gateway gateway = Gateway.builder().provider(first).provider(second).build();

        assertThat(gateway.chat(REQUEST.withModel("second/any/model")).text()).isEqualTo("2");
        assertThat(second.calls.getFirst().model()).isEqualTo("any/model");
        assertThat(first.calls).isEmpty();
    }

    @Test
    void tellsTheProviderWhetherToStream() {
        ScriptedProvider provider = ScriptedProvider.saying("one", "hello");
        Gateway gateway = Gateway.builder().provider(provider).build();

        gateway.chat(REQUEST.withStream(true));
        gateway.stream(REQUEST).close();

        assertThat(provider.calls).extracting(call -> call.request().stream()).containsExactly(false, true);
    }

    @Test
    void reportsACompletedCall() {
        gateway(ScriptedProvider.saying("one", "hello")).chat(REQUEST);

        assertThat(outcomes).singleElement().isInstanceOfSatisfying(Outcome.Completed.class, completed -> {
            assertThat(completed.answer().usage()).isEqualTo(Usage.of(3, 5));
            assertThat(completed.answer().origin().provider()).isEqualTo("one");
            assertThat(completed.answer().stopReason()).isEqualTo(StopReason.END_TURN);
        });
    }

    @Test
    void reportsACallThatNeverBegan() {
        ScriptedProvider refusing =
                ScriptedProvider.of("one", ScriptedProvider.failure("one", 500, WireError.Kind.SERVER));

        assertThatThrownBy(() -> gateway(refusing).chat(REQUEST)).isInstanceOf(GatewayException.class);

        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void reportsAStreamThatItsReaderLeft() {
        ChatStream stream = gateway(ScriptedProvider.saying("one", "hello")).stream(REQUEST);
        stream.next();
        stream.close();
        stream.close();

        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Abandoned.class);
    }

    @Test
    void reportsABrokenStreamOnce() {
        ChatStream stream = gateway(ScriptedProvider.of(
                        "one",
                        ScriptedProvider.started("one"),
                        ScriptedProvider.answer("one", "x").get(1),
                        ScriptedProvider.delta("hel"),
                        ScriptedProvider.brokenOff("one")))
                .stream(REQUEST);

        assertThatThrownBy(stream::collect).isInstanceOf(GatewayException.ProviderFailed.class);

        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void measuresWithItsTicker() {
        AtomicLong now = new AtomicLong();
        Gateway gateway = Gateway.builder()
                .provider(ScriptedProvider.saying("one", "hello"))
                .listener(recorder)
                .attemptStage(AttemptStage.TIMEOUTS, (attempt, next) -> {
                    now.addAndGet(Duration.ofMillis(30).toNanos());
                    return next.attempt(attempt);
                })
                .interceptor((exchange, next) -> new ForwardingChatStream(next.handle(exchange)) {
                    @Override
                    public @Nullable ChatEvent next() {
                        ChatEvent event = super.next();
                        if (event == null) {
                            now.addAndGet(Duration.ofMillis(10).toNanos());
                        }
                        return event;
                    }
                })
                .ticker(now::get)
                .build();

        gateway.chat(REQUEST);

        assertThat(outcomes.getFirst().answer().firstContent()).isEqualTo(Duration.ofMillis(30));
        assertThat(outcomes.getFirst().answer().duration()).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() {
        Gateway gateway = Gateway.builder()
                .provider(ScriptedProvider.saying("one", "hello"))
                .listener(new GatewayListener() {
                    @Override
                    public void callStarted(Exchange exchange) {
                        throw new IllegalStateException("broken listener");
                    }
                })
                .listener(recorder)
                .build();

        assertThat(gateway.chat(REQUEST).text()).isEqualTo("hello");
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void hidesADefectOfOursFromTheCaller() {
        ScriptedProvider defective = ScriptedProvider.of("one", new IllegalStateException("secret detail"));

        assertThatThrownBy(() -> gateway(defective).chat(REQUEST))
                .isInstanceOf(GatewayException.Internal.class)
                .hasMessageNotContaining("secret detail");
    }

    @Test
    void givesEachCallItsOwnIdUnlessTheCallerNamesOne() {
        List<String> ids = new ArrayList<>();
        Gateway gateway = Gateway.builder()
                .provider(ScriptedProvider.saying("one", "hello"))
                .interceptor((exchange, next) -> {
                    ids.add(exchange.id());
                    return next.handle(exchange);
                })
                .build();

        gateway.chat(REQUEST);
        gateway.chat(REQUEST);
        gateway.chat(REQUEST, CallOptions.defaults().withRequestId("mine"));

        assertThat(ids).doesNotHaveDuplicates().hasSize(3).endsWith("mine");
    }

    @Test
    void needsAProvider() {
        assertThatThrownBy(() -> Gateway.builder().build())
                .hasMessage("a gateway needs at least one provider: add it with provider(...)");
    }

    @Test
    void refusesTwoProvidersOfOneId() {
        Gateway.Builder builder = Gateway.builder().provider(ScriptedProvider.saying("one", "a"));

        assertThatThrownBy(() -> builder.provider(ScriptedProvider.saying("one", "b")))
                .hasMessage("there is a provider \"one\" already");
    }

    @Test
    void closesItsProviders() {
        ScriptedProvider provider = ScriptedProvider.saying("one", "a");
        gateway(provider).close();

        assertThat(provider.closed).isTrue();
    }

    private Gateway gateway(ScriptedProvider provider) {
        return Gateway.builder().provider(provider).listener(recorder).build();
    }
}
