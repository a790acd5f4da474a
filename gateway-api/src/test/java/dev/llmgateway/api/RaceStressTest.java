package dev.llmgateway.api;

import static dev.llmgateway.api.ScriptedProvider.brokenOff;
import static dev.llmgateway.api.ScriptedProvider.failure;
import static dev.llmgateway.api.ScriptedProvider.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.GatedProvider.Gate;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.spi.HedgePolicy;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.WireError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/** Races whose targets answer, fail and break in any order, while the caller may leave: nothing is left over in any of them. */
@Timeout(60)
final class RaceStressTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("model").user("hi").build();
    private static final int CALLS = 200;

    private final AtomicInteger permits = new AtomicInteger();
    private final Executor threads = task -> Thread.ofVirtual().start(task);

    /** What one call was told. */
    private static final class Account implements GatewayListener {
        final AtomicInteger ended = new AtomicInteger();
        final AtomicInteger eventsAfterTheEnd = new AtomicInteger();

        @Override
        public void attemptCommitted(Attempt attempt, Duration elapsed) {
            eventsAfterTheEnd.addAndGet(ended.get());
        }

        @Override
        public void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge spent) {
            eventsAfterTheEnd.addAndGet(ended.get());
        }

        @Override
        public void callEnded(Exchange exchange, Outcome outcome) {
            ended.incrementAndGet();
        }
    }

    @RepeatedTest(10)
    void everyInterleavingLeavesNothingBehind(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int call = 0; call < CALLS; call++) {
            List<Gate> gates = new ArrayList<>();
            List<GatedProvider> providers = Stream.of("one", "two", "three")
                    .map(id -> provider(id, random, gates))
                    .toList();
            Account account = new Account();
            CallOptions options = CallOptions.builder().listener(account).build();
            CompletableFuture<String> said = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> said.complete(say(gateway(providers, random), options)));
            shake(random, gates, options, caller);

            String answer = said.get(20, TimeUnit.SECONDS);

            assertThat(answer).matches("hello from (one|two|three)|.*answered \\d+|.*broke off|gone|.*interrupted");
            assertThat(account.ended).hasValue(1);
            assertThat(account.eventsAfterTheEnd).hasValue(0);
            awaitZero(permits);
            providers.forEach(it -> awaitZero(it.openStreams));
        }
    }

    /** Opens the gates in any order, and at some point the caller may leave. */
    private void shake(Random random, List<Gate> gates, CallOptions options, Thread caller) {
        List<Runnable> moves =
                new ArrayList<>(gates.stream().<Runnable>map(gate -> gate::open).toList());
        if (random.nextInt(4) == 0) {
            moves.add(() -> options.cancellation().cancel(new GatewayException.Cancelled("gone")));
        } else if (random.nextInt(4) == 0) {
            moves.add(caller::interrupt);
        }
        Collections.shuffle(moves, random);
        moves.forEach(threads::execute);
    }

    /** A discarded step ends by itself, soon; it may even begin after the call has ended. */
    private static void awaitZero(AtomicInteger count) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (count.get() != 0 && System.nanoTime() < deadline) {
            Thread.yield();
        }
        assertThat(count).hasValue(0);
    }

    private static GatedProvider provider(String id, Random random, List<Gate> gates) {
        Gate before = new Gate();
        Gate inside = new Gate();
        gates.add(before);
        gates.add(inside);
        return switch (random.nextInt(5)) {
            case 0 -> new GatedProvider(id, before, failure(id, 503, WireError.Kind.SERVER));
            case 1 -> new GatedProvider(id, before, started(id), inside, brokenOff(id));
            case 2 -> new GatedProvider(id, before, failure(id, 400, WireError.Kind.INVALID_REQUEST));
            default -> answering(id, before, inside);
        };
    }

    private static GatedProvider answering(String id, Gate before, Gate inside) {
        List<Object> script = new ArrayList<>(ScriptedProvider.answer(id, "hello from " + id));
        script.addFirst(before);
        script.add(2, inside);
        return new GatedProvider(id, script.toArray());
    }

    private Gateway gateway(List<GatedProvider> providers, Random random) {
        Duration delay = Duration.ofNanos(random.nextInt(3) * 50_000L);
        Gateway.Builder builder = Gateway.builder()
                .attemptStage(AttemptStage.BREAKER, this::permitted)
                .hedging(new HedgePolicy() {
                    @Override
                    public Duration delay(Exchange exchange) {
                        return delay;
                    }

                    @Override
                    public boolean mayHedge(Exchange exchange, RoutingDecision decision) {
                        return true;
                    }
                });
        providers.forEach(builder::provider);
        return builder.build();
    }

    /** A permit is held from before a try until the one outcome of its stream. */
    private ChatStream permitted(Attempt attempt, AttemptHandler next) {
        permits.incrementAndGet();
        try {
            return new OutcomeChatStream(next.attempt(attempt), Ticker.system(), 0, end -> permits.decrementAndGet());
        } catch (GatewayException e) {
            permits.decrementAndGet();
            throw e;
        }
    }

    private static String say(Gateway gateway, CallOptions options) {
        try {
            return gateway.chat(REQUEST, options).text();
        } catch (GatewayException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
