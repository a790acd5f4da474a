package dev.llmgateway.api;

import static dev.llmgateway.api.ScriptedProvider.brokenOff;
import static dev.llmgateway.api.ScriptedProvider.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.GatedProvider.Gate;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.spi.HedgePolicy;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.tokens.PromptEstimate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class RaceTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("model").user("hi").build();
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration NEVER = Duration.ofDays(1);
    private static final GatewayException BROKEN = failure("one", 503, WireError.Kind.SERVER);

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Charge> discarded = new AtomicReference<>();
    private boolean isAllowed = true;

    private final GatewayListener listener = new GatewayListener() {
        @Override
        public void hedged(Exchange exchange, RouteTarget slow, RouteTarget second) {
            told.add("hedged " + slow + " by " + second);
        }

        @Override
        public void raceEnded(Exchange exchange, RouteTarget slow, RouteTarget second, @Nullable RouteTarget winner) {
            told.add("won by " + winner);
        }

        @Override
        public void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge spent) {
            told.add("failed " + attempt.target());
        }

        @Override
        public void attemptDiscarded(Attempt attempt, @Nullable Charge spent) {
            discarded.set(spent);
            told.add("discarded " + attempt.target());
        }
    };

    private Gateway gateway(Duration delay, GatedProvider... providers) {
        Gateway.Builder builder = Gateway.builder().listener(listener).hedging(new HedgePolicy() {
            @Override
            public Duration delay(Exchange exchange) {
                return delay;
            }

            @Override
            public boolean mayHedge(Exchange exchange, RoutingDecision decision) {
                return isAllowed;
            }
        });
        for (GatedProvider provider : providers) {
            builder.provider(provider);
        }
        return builder.build();
    }

    private static Gate open() {
        Gate gate = new Gate();
        gate.open();
        return gate;
    }

    private String told() throws InterruptedException {
        return String.valueOf(told.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void theSecondAnswersWhenTheFirstIsSlowAndTheFirstIsCancelled() throws Exception {
        GatedProvider slow = GatedProvider.saying("one", new Gate());
        GatedProvider quick = GatedProvider.saying("two", open());

        assertThat(gateway(AT_ONCE, slow, quick).chat(REQUEST).text()).isEqualTo("hello from two");

        assertThat(told()).isEqualTo("hedged one/model by two/model");
        assertThat(List.of(told(), told())).containsExactlyInAnyOrder("won by two/model", "discarded one/model");
        assertThat(slow.cancelled).hasValue(1);
        assertThat(slow.openStreams).hasValue(0);
        assertThat(quick.openStreams).hasValue(0);
    }

    @Test
    void aFirstThatAnswersAfterAllWinsAndTheSecondIsCancelled() throws Exception {
        Gate gate = new Gate();
        GatedProvider first = GatedProvider.saying("one", gate);
        GatedProvider second = GatedProvider.saying("two", new Gate());
        second.asked.thenRun(gate::open);

        assertThat(gateway(AT_ONCE, first, second).chat(REQUEST).text()).isEqualTo("hello from one");

        assertThat(told()).isEqualTo("hedged one/model by two/model");
        assertThat(List.of(told(), told())).containsExactlyInAnyOrder("won by one/model", "discarded two/model");
        assertThat(second.cancelled).hasValue(1);
    }

    @Test
    void nobodyElseIsAskedWhenTheFirstAnswersInTime() {
        GatedProvider second = GatedProvider.saying("two", open());

        assertThat(gateway(NEVER, GatedProvider.saying("one", open()), second)
                        .chat(REQUEST)
                        .text())
                .isEqualTo("hello from one");
        assertThat(second.calls).hasValue(0);
        assertThat(told).isEmpty();
    }

    @Test
    void aFirstThatFailsInTimeIsFollowedByTheNextWithoutARace() {
        GatedProvider first = new GatedProvider("one", BROKEN);

        assertThat(gateway(NEVER, first, GatedProvider.saying("two", open()))
                        .chat(REQUEST)
                        .text())
                .isEqualTo("hello from two");
        assertThat(told).containsExactly("failed one/model");
    }

    @Test
    void waitsForTheFirstWhenThePolicyAllowsNoSecond() {
        isAllowed = false;
        Gate gate = new Gate();
        GatedProvider first = GatedProvider.saying("one", gate);
        GatedProvider second = GatedProvider.saying("two", open());
        first.asked.thenRun(gate::open);

        assertThat(gateway(AT_ONCE, first, second).chat(REQUEST).text()).isEqualTo("hello from one");
        assertThat(second.calls).hasValue(0);
    }

    @Test
    void doesNotRaceWhenTheCallerForbidsFailover() {
        Gate gate = new Gate();
        GatedProvider first = GatedProvider.saying("one", gate);
        GatedProvider second = GatedProvider.saying("two", open());
        first.asked.thenRun(gate::open);

        CallOptions options = CallOptions.defaults().withoutFailover();
        assertThat(gateway(AT_ONCE, first, second).chat(REQUEST, options).text())
                .isEqualTo("hello from one");
        assertThat(second.calls).hasValue(0);
    }

    @Test
    void oneThatFailsDoesNotEndTheOther() throws Exception {
        Gate gate = new Gate();
        GatedProvider first = GatedProvider.saying("one", gate);
        GatedProvider second = new GatedProvider("two", failure("two", 400, WireError.Kind.INVALID_REQUEST));
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(
                () -> gateway(AT_ONCE, first, second).chat(REQUEST).text());

        assertThat(told()).isEqualTo("hedged one/model by two/model");
        assertThat(told()).isEqualTo("failed two/model");
        gate.open();

        assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("hello from one");
    }

    @Test
    void theThirdFollowsWhenBothFail() {
        Gate gate = new Gate();
        GatedProvider first = new GatedProvider("one", gate, BROKEN);
        GatedProvider second = new GatedProvider("two", failure("two", 500, WireError.Kind.SERVER));
        second.asked.thenRun(gate::open);

        assertThat(gateway(AT_ONCE, first, second, GatedProvider.saying("three", open()))
                        .chat(REQUEST)
                        .text())
                .isEqualTo("hello from three");
        assertThat(told).contains("hedged one/model by two/model", "won by null");
        assertThat(first.calls).hasValue(1);
        assertThat(second.calls).hasValue(1);
    }

    @Test
    void nobodyFollowsWhenOneOfTwoThatFailedRefusedTheRequestItself() {
        Gate gate = new Gate();
        GatedProvider first = new GatedProvider("one", gate, BROKEN);
        GatedProvider second = new GatedProvider("two", failure("two", 400, WireError.Kind.INVALID_REQUEST));
        GatedProvider third = GatedProvider.saying("three", open());
        second.asked.thenRun(gate::open);

        assertThatThrownBy(() -> gateway(AT_ONCE, first, second, third).chat(REQUEST))
                .hasMessage("two answered 400");
        assertThat(third.calls).hasValue(0);
    }

    @Test
    void aStreamThatHasBegunWithoutContentIsStillRaced() throws Exception {
        ChatEvent.Started started = new ChatEvent.Started(
                "answer-1", "model", 0, Usage.of(700, 1), new Origin("one", "model", List.of()), Wire.NONE);
        GatedProvider slow = new GatedProvider("one", started, new Gate(), brokenOff("one"));

        try (ChatStream stream = gateway(AT_ONCE, slow, GatedProvider.saying("two", open())).stream(REQUEST)) {
            assertThat(stream.collect().text()).isEqualTo("hello from two");
        }

        assertThat(List.of(told(), told(), told())).contains("discarded one/model");
        assertThat(discarded.get()).isEqualTo(new Charge(Usage.of(700, 1), true));
        assertThat(slow.openStreams).hasValue(0);
    }

    @Test
    void whatALoserDidNotReportIsEstimatedFromThePromptAndWhatWasThere() throws Exception {
        ChatEvent.Started started =
                new ChatEvent.Started("answer-1", "model", 0, null, new Origin("one", "model", List.of()), Wire.NONE);
        GatedProvider slow = new GatedProvider("one", started, new Gate(), brokenOff("one"));

        try (ChatStream stream = gateway(AT_ONCE, slow, GatedProvider.saying("two", open())).stream(REQUEST)) {
            stream.collect();
        }

        assertThat(List.of(told(), told(), told())).contains("discarded one/model");
        long prompt = PromptEstimate.of(REQUEST).tokens();
        assertThat(discarded.get()).isEqualTo(new Charge(Usage.of(prompt, 0), true));
    }

    @Test
    void anAnswerThatCameTooLateIsClosedAndItsUsageTold() throws Exception {
        GatedProvider late = GatedProvider.saying("late", open());
        Exchange exchange = exchange(CallOptions.defaults());
        BlockingQueue<Runner> finished = new LinkedBlockingQueue<>();
        Runner runner = Runner.start(tries(late), exchange, new RouteTarget(late, "model"), finished);
        finished.take();

        runner.discard();

        assertThat(late.openStreams).hasValue(0);
        assertThat(told).containsExactly("discarded late/model");
        assertThat(discarded.get()).isEqualTo(Charge.reported(Usage.of(3, 5)));
    }

    @Test
    void anAnswerThatComesAlthoughItWasGivenUpIsClosed() throws Exception {
        GatedProvider deaf = GatedProvider.saying("deaf", open());
        Gate gate = new Gate();
        AttemptHandler step = attempt -> {
            gate.opened().join();
            return deaf.open(new ProviderCall(REQUEST, "model", Map.of(), new Cancellation()));
        };
        BlockingQueue<Runner> finished = new LinkedBlockingQueue<>();
        Runner runner = Runner.start(step, exchange(CallOptions.defaults()), new RouteTarget(deaf, "model"), finished);

        runner.discard();
        gate.open();
        finished.take();

        assertThat(deaf.calls).hasValue(1);
        assertThat(deaf.openStreams).hasValue(0);
    }

    @Test
    void theCallersCancellationEndsBoth() throws Exception {
        GatedProvider first = GatedProvider.saying("one", new Gate());
        GatedProvider second = GatedProvider.saying("two", new Gate());
        CallOptions options = CallOptions.defaults();
        second.asked.thenRun(() -> options.cancellation().cancel(new GatewayException.Cancelled("gone")));

        assertThatThrownBy(() -> gateway(AT_ONCE, first, second).chat(REQUEST, options))
                .hasMessage("gone");
        assertThat(first.cancelled).hasValue(1);
        assertThat(second.cancelled).hasValue(1);
    }

    @Test
    void anInterruptOfTheCallersThreadEndsBoth() throws Exception {
        GatedProvider first = GatedProvider.saying("one", new Gate());
        GatedProvider second = GatedProvider.saying("two", new Gate());
        Thread caller = Thread.currentThread();
        second.asked.thenRun(caller::interrupt);

        assertThatThrownBy(() -> gateway(AT_ONCE, first, second).chat(REQUEST))
                .isInstanceOf(GatewayException.Cancelled.class)
                .hasMessage("the calling thread was interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(List.of(told(), told(), told()))
                .containsExactlyInAnyOrder(
                        "hedged one/model by two/model", "discarded one/model", "discarded two/model");
    }

    private AttemptHandler tries(GatedProvider provider) {
        return new Tries(
                attempt -> provider.open(
                        new ProviderCall(attempt.exchange().request(), "model", Map.of(), attempt.cancellation())),
                Ticker.system());
    }

    private Exchange exchange(CallOptions options) {
        return new Exchange("id", REQUEST, options, listener, null, null, 0, Long.MAX_VALUE);
    }
}
