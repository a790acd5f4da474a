package dev.llmgateway.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.IdempotencyKey;
import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.fingerprint.RequestFingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
final class IdempotencyTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("gpt-4o").user("Order 17").build();

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger replayed = new AtomicInteger();
    private final ScriptedHandler upstream = new ScriptedHandler();
    private final Idempotency idempotency =
            Idempotency.builder().ticker(now::get).maxEntries(100).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Exchange exchange(ChatRequest request, UnaryOperator<CallOptions.Builder> options) {
        CallOptions.Builder builder = CallOptions.builder().idempotencyKey(IdempotencyKey.of("order-17"));
        GatewayListener counts = new GatewayListener() {
            @Override
            public void replayed(Exchange exchange) {
                replayed.incrementAndGet();
            }
        };
        return new Exchange("req_1", request, options.apply(builder).build(), counts, null, null, 0, Long.MAX_VALUE);
    }

    private ChatStream open(ChatRequest request, UnaryOperator<CallOptions.Builder> options) {
        return idempotency.intercept(exchange(request, options), upstream);
    }

    private String ask(ChatRequest request, UnaryOperator<CallOptions.Builder> options) {
        return open(request, options).collect().text();
    }

    private String ask() {
        return ask(REQUEST, UnaryOperator.identity());
    }

    @Test
    void aCallWithoutAKeyIsMadeEachTime() {
        ask(REQUEST, options -> options.idempotencyKey(null));

        assertThat(ask(REQUEST, options -> options.idempotencyKey(null))).isEqualTo("answer 2");
        assertThat(idempotency.keptCalls()).isZero();
    }

    @Test
    void aRepeatGetsTheFirstAnswerAndIsTold() {
        List<ChatEvent> first = events(open(REQUEST, UnaryOperator.identity()));
        assertThat(replayed).hasValue(0);

        List<ChatEvent> second = events(open(REQUEST, UnaryOperator.identity()));

        assertThat(second).hasSameSizeAs(first);
        assertThat(second.subList(1, second.size())).isEqualTo(first.subList(1, first.size()));
        assertThat(upstream.calls).hasValue(1);
        assertThat(replayed).hasValue(1);
    }

    @Test
    void carriesTheFingerprintOnThatItMade() {
        List<Exchange> passedOn = new ArrayList<>();

        idempotency.intercept(exchange(REQUEST, UnaryOperator.identity()), exchange -> {
            passedOn.add(exchange);
            return upstream.handle(exchange);
        });

        assertThat(passedOn).extracting(Exchange::fingerprint).containsExactly(RequestFingerprint.of(REQUEST));
        assertThat(passedOn.getFirst().withRequest(REQUEST).fingerprint()).isNull();
    }

    private static List<ChatEvent> events(ChatStream stream) {
        List<ChatEvent> events = new ArrayList<>();
        try (stream) {
            stream.forEach(events::add);
        }
        return events;
    }

    @Test
    void keysOfAnotherTenantOrScopeAreOtherKeys() {
        assertThat(ask()).isEqualTo("answer 1");
        assertThat(ask(REQUEST, options -> options.caller(Caller.tenant("beta"))))
                .isEqualTo("answer 2");
        assertThat(ask(REQUEST, options -> options.idempotencyKey(new IdempotencyKey("order-17", "/v1/messages"))))
                .isEqualTo("answer 3");
        assertThat(ask(REQUEST, options -> options.idempotencyKey(IdempotencyKey.of("order-18"))))
                .isEqualTo("answer 4");
    }

    static List<ChatRequest> otherRequests() {
        return List.of(
                ChatRequest.builder("gpt-4o").user("Order 18").build(),
                REQUEST.withModel("gpt-4o-mini"),
                REQUEST.withStream(true),
                REQUEST.toBuilder().maxOutputTokens(7).build());
    }

    @ParameterizedTest
    @MethodSource("otherRequests")
    void aKeyBelongsToOneRequest(ChatRequest other) {
        ask();

        assertThatExceptionOfType(GatewayException.IdempotencyKeyReused.class)
                .isThrownBy(() -> ask(other, UnaryOperator.identity()));
        assertThat(upstream.calls).hasValue(1);
        assertThat(ask()).isEqualTo("answer 1");
    }

    static List<UnaryOperator<CallOptions.Builder>> otherOptions() {
        RoutingOptions routing = RoutingOptions.defaults();
        return List.of(
                options -> options.routing(routing.withClassification(DataClassification.PUBLIC)),
                options -> options.routing(routing.withMaxCost(0.5)),
                options -> options.failover(false),
                options -> options.providerHeaders(Map.of("anthropic-beta", "x")));
    }

    @ParameterizedTest
    @MethodSource("otherOptions")
    void whatIsSaidBesideTheRequestBelongsToIt(UnaryOperator<CallOptions.Builder> other) {
        ask();

        assertThatExceptionOfType(GatewayException.IdempotencyKeyReused.class).isThrownBy(() -> ask(REQUEST, other));
    }

    @Test
    void timeLimitsAndConversationsMayDiffer() {
        ask();

        assertThat(ask(
                        REQUEST,
                        options -> options.timeout(Duration.ofSeconds(3))
                                .requestId("req_2")
                                .routing(RoutingOptions.defaults().withConversation("c-1"))))
                .isEqualTo("answer 1");
    }

    @Test
    void aRepeatReadsAlongWithACallThatRuns() throws Exception {
        upstream.gate = new CountDownLatch(1);
        ChatStream first = open(REQUEST, UnaryOperator.identity());
        assertThat(first.next()).isInstanceOf(ChatEvent.Started.class);

        ChatStream second = open(REQUEST, UnaryOperator.identity());
        assertThat(second.next()).isInstanceOf(ChatEvent.Started.class);
        Future<Integer> restOfFirst = threads.submit(() -> events(first).size());
        Future<Integer> restOfSecond = threads.submit(() -> events(second).size());
        upstream.gate.countDown();

        assertThat(restOfFirst.get(10, TimeUnit.SECONDS)).isEqualTo(restOfSecond.get(10, TimeUnit.SECONDS));
        assertThat(upstream.calls).hasValue(1);
        assertThat(replayed).hasValue(1);
        assertThat(idempotency.runningCalls()).isZero();
        assertThat(ask()).isEqualTo("answer 1");
    }

    @Test
    void aKeyIsRefusedForAnotherRequestWhileTheFirstRuns() {
        try (ChatStream first = open(REQUEST, UnaryOperator.identity())) {
            assertThatExceptionOfType(GatewayException.IdempotencyKeyReused.class)
                    .isThrownBy(() -> ask(REQUEST.withModel("other"), UnaryOperator.identity()));
        }
    }

    @Test
    void manyRepeatsAtOnceMakeOneCall() throws Exception {
        List<Future<String>> answers = IntStream.range(0, 64)
                .mapToObj(i -> threads.submit(() -> ask()))
                .toList();

        for (Future<String> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("answer 1");
        }
        assertThat(upstream.calls).hasValue(1);
    }

    @Test
    void aReaderThatLeavesFreesTheKey() {
        open(REQUEST, UnaryOperator.identity()).close();

        assertThat(upstream.cancelled).hasValue(1);
        assertThat(idempotency.runningCalls()).isZero();
        assertThat(ask()).isEqualTo("answer 2");
    }

    static List<GatewayException> passingFailures() {
        return List.of(
                failed(500, WireError.Kind.SERVER),
                failed(503, WireError.Kind.OVERLOADED),
                failed(429, WireError.Kind.RATE_LIMIT),
                failed(408, WireError.Kind.TIMEOUT),
                failed(401, WireError.Kind.AUTHENTICATION),
                failed(404, WireError.Kind.NOT_FOUND),
                new GatewayException.RateLimited(
                        "slow down", RateLimits.Limit.REQUESTS_PER_MINUTE, Duration.ofSeconds(1)),
                new GatewayException.Unavailable("open", TargetState.Cause.CIRCUIT_OPEN, Duration.ofSeconds(1)),
                new GatewayException.TimedOut("late", true),
                new GatewayException.Stopping(),
                new GatewayException.Cancelled("left"),
                new GatewayException.ModelNotFound("no such model"),
                new GatewayException.Forbidden("no"),
                new GatewayException.BudgetExceeded("too dear"));
    }

    private static ProviderFailed failed(int status, WireError.Kind kind) {
        WireError error = new WireError(status, kind, "status " + status, null, null);
        return new ProviderFailed("openai", ProviderFailed.Phase.STATUS, error, null, null);
    }

    @ParameterizedTest
    @MethodSource("passingFailures")
    void aFailureThatMayPassFreesTheKey(GatewayException failure) {
        upstream.failures.add(failure);
        assertThatExceptionOfType(GatewayException.class).isThrownBy(this::ask).isSameAs(failure);

        assertThat(ask()).isEqualTo("answer 2");
        assertThat(replayed).hasValue(0);
    }

    static List<GatewayException> lastingFailures() {
        return List.of(
                failed(400, WireError.Kind.INVALID_REQUEST),
                failed(422, WireError.Kind.INVALID_REQUEST),
                failed(413, WireError.Kind.TOO_LARGE),
                failed(400, WireError.Kind.CONTEXT_WINDOW),
                new GatewayException.InvalidRequest("messages", "wrong"),
                new GatewayException.TooLarge("too long", 8_000));
    }

    @ParameterizedTest
    @MethodSource("lastingFailures")
    void aFailureOfTheRequestItselfIsKept(GatewayException failure) {
        upstream.failures.add(failure);
        assertThatExceptionOfType(GatewayException.class).isThrownBy(this::ask);

        assertThatExceptionOfType(failure.getClass()).isThrownBy(this::ask).withMessage(failure.getMessage());
        assertThat(upstream.calls).hasValue(1);
        assertThat(replayed).hasValue(1);
    }

    @Test
    void aStreamThatBreaksFreesTheKeyAndFailsAllItsReaders() throws Exception {
        upstream.gate = new CountDownLatch(1);
        upstream.breaks.add(failed(502, WireError.Kind.SERVER));
        ChatStream first = open(REQUEST, UnaryOperator.identity());
        ChatStream second = open(REQUEST, UnaryOperator.identity());
        CompletableFuture<Throwable> firstEnd = endOf(first);
        CompletableFuture<Throwable> secondEnd = endOf(second);
        upstream.gate.countDown();

        assertThat(firstEnd.get(10, TimeUnit.SECONDS)).hasMessage("status 502");
        assertThat(secondEnd.get(10, TimeUnit.SECONDS)).hasMessage("status 502");
        upstream.gate = new CountDownLatch(0);
        assertThat(ask()).isEqualTo("answer 2");
    }

    private CompletableFuture<Throwable> endOf(ChatStream stream) {
        return CompletableFuture.supplyAsync(() -> events(stream), threads)
                .handle((events, thrown) -> thrown.getCause());
    }

    @Test
    void anAnswerIsForgottenInTime() {
        ask();
        now.addAndGet(Duration.ofHours(24).minusSeconds(1).toNanos());
        assertThat(ask()).isEqualTo("answer 1");

        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(ask()).isEqualTo("answer 2");
    }

    @Test
    void manyKeysLeaveMemoryBounded() {
        for (int i = 0; i < 1_000; i++) {
            IdempotencyKey key = IdempotencyKey.of("order-" + i);
            ask(REQUEST, options -> options.idempotencyKey(key));
        }
        assertThat(idempotency.keptCalls()).isLessThanOrEqualTo(100);
        assertThat(idempotency.runningCalls()).isZero();
    }

    @Test
    void bytesAreBoundedToo() {
        Idempotency small = Idempotency.builder().maxBytes(100_000).build();
        upstream.words = 50;
        for (int i = 0; i < 100; i++) {
            IdempotencyKey key = IdempotencyKey.of("order-" + i);
            small.intercept(exchange(REQUEST, options -> options.idempotencyKey(key)), upstream)
                    .collect();
        }
        assertThat(small.keptCalls()).isBetween(1L, 20L);
    }

    @Test
    void anAnswerTooLargeToKeepIsReadToItsEndAndNotKept() {
        Idempotency small = Idempotency.builder().maxBytes(40_000).build();
        upstream.words = 1_000;
        for (int i = 1; i <= 2; i++) {
            String text = small.intercept(exchange(REQUEST, UnaryOperator.identity()), upstream)
                    .collect()
                    .text();
            assertThat(text).isEqualTo(("answer " + i).repeat(1_000));
        }
        assertThat(small.runningCalls()).isZero();
    }

    @Test
    void settingsAreChecked() {
        Idempotency.Builder builder = Idempotency.builder();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.ttl(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxEntries(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxBytes(0));
    }
}
