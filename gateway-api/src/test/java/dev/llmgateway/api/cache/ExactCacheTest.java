package dev.llmgateway.api.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.CacheLookup;
import dev.llmgateway.api.CacheUse;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.fingerprint.RequestFingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ExactCacheTest {

    private static final ChatRequest REQUEST = request("Hello!");

    private final CountingProvider provider = new CountingProvider();
    private final AtomicLong nanos = new AtomicLong();
    private final List<CacheLookup> lookups = new CopyOnWriteArrayList<>();
    private ExactCache cache = cache(CacheSettings.DEFAULT);
    private Gateway gateway = gateway();

    private ExactCache cache(CacheSettings settings) {
        return ExactCache.of(
                settings,
                exchange -> {
                    throw new IllegalStateException("asked for the names only");
                },
                nanos::get);
    }

    private Gateway gateway() {
        return Gateway.builder()
                .provider(provider)
                .stage(Stage.CACHE, cache)
                .ticker(nanos::get)
                .listener(new GatewayListener() {
                    @Override
                    public void cacheAsked(Exchange exchange, CacheLookup found) {
                        lookups.add(found);
                    }
                })
                .build();
    }

    private void use(CacheSettings settings) {
        cache = cache(settings);
        gateway = gateway();
    }

    @Test
    void answersAnEqualRequestFromMemory() {
        ChatResponse first = gateway.chat(REQUEST);
        ChatResponse second = gateway.chat(REQUEST);

        assertThat(second.text()).isEqualTo(first.text()).isEqualTo("answer 1 ");
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.usage()).isEqualTo(first.usage());
        assertThat(provider.calls).hasValue(1);
        assertThat(first.origin().isAgain()).isFalse();
        assertThat(second.origin().isAgain()).isTrue();
        assertThat(lookups).extracting(CacheLookup::kind).containsExactly(CacheLookup.Kind.MISS, CacheLookup.Kind.HIT);
    }

    @Test
    void makesNoFingerprintWhereThereIsOne() {
        Exchange known = new Exchange("id", request("Bye!"), CallOptions.defaults(), 0, Long.MAX_VALUE)
                .withFingerprint(RequestFingerprint.of(REQUEST));
        String answer = gateway.chat(REQUEST).text();

        ChatStream again = cache.intercept(known, exchange -> {
            throw new AssertionError("not found by its fingerprint");
        });

        assertThat(again.collect().text()).isEqualTo(answer);
    }

    @Test
    void givesAStreamsAnswerToWhoeverWantsItWholeAndTheOtherWayRound() {
        String streamed = gateway.stream(REQUEST).collect().text();
        assertThat(gateway.chat(REQUEST).text()).isEqualTo(streamed);

        String whole = gateway.chat(request("Bye!")).text();
        assertThat(gateway.stream(request("Bye!")).collect().text()).isEqualTo(whole);
        assertThat(provider.calls).hasValue(2);
    }

    @Test
    void keepsOnlyWhatWasAskedForAtALowTemperature() {
        for (Double temperature : new Double[] {null, 0.31, 1.0}) {
            ChatRequest warm = REQUEST.toBuilder()
                    .sampling(new Sampling(temperature, null, null, null, null, null, List.of()))
                    .build();
            assertThat(gateway.chat(warm).text())
                    .isNotEqualTo(gateway.chat(warm).text());
        }
        ChatRequest cool =
                REQUEST.toBuilder().sampling(Sampling.temperature(0.3)).build();
        assertThat(gateway.chat(cool).text()).isEqualTo(gateway.chat(cool).text());
        assertThat(lookups).hasSize(2);
    }

    @Test
    void neverMixesTenantsLevelsHeadersOrProfiles() {
        RoutingOptions routing = RoutingOptions.defaults();
        List<CallOptions> all = List.of(
                CallOptions.defaults(),
                CallOptions.defaults().withCaller(Caller.tenant("a")),
                CallOptions.defaults().withCaller(Caller.tenant("b")),
                CallOptions.defaults().withRouting(routing.withClassification(DataClassification.PUBLIC)),
                CallOptions.defaults().withRouting(routing.withProfile(RoutingProfile.REALTIME)),
                CallOptions.builder()
                        .providerHeaders(Map.of("anthropic-beta", "x"))
                        .build());

        all.forEach(options -> gateway.chat(REQUEST, options));
        assertThat(provider.calls).hasValue(all.size());
        all.forEach(options -> gateway.chat(REQUEST, options));
        assertThat(provider.calls).hasValue(all.size());
    }

    @Test
    void asksAnewForWhoWantsItAndKeepsThatAnswer() {
        gateway.chat(REQUEST);
        CallOptions noCache = CallOptions.builder().cacheUse(CacheUse.NO_CACHE).build();

        assertThat(gateway.chat(REQUEST, noCache).text()).isEqualTo("answer 2 ");
        assertThat(gateway.chat(REQUEST).text()).isEqualTo("answer 2 ");
    }

    @Test
    void keepsNothingForWhoForbidsIt() {
        CallOptions noStore = CallOptions.builder().cacheUse(CacheUse.NO_STORE).build();
        gateway.chat(REQUEST, noStore);
        gateway.chat(REQUEST);

        assertThat(gateway.chat(REQUEST, noStore).text()).isEqualTo("answer 3 ");
        assertThat(gateway.chat(REQUEST).text()).isEqualTo("answer 2 ");
    }

    @Test
    void keepsNoAnswerThatIsBrokenFilteredOrLeft() {
        provider.breaksWith = new GatewayException.TimedOut("silence", false);
        assertThatThrownBy(() -> gateway.chat(REQUEST)).isInstanceOf(GatewayException.TimedOut.class);
        provider.breaksWith = null;
        try (ChatStream stream = gateway.stream(REQUEST)) {
            stream.next();
        }
        provider.reason = StopReason.REFUSAL;
        gateway.chat(REQUEST);
        provider.reason = StopReason.END_TURN;

        assertThat(gateway.chat(REQUEST).text()).isEqualTo("answer 4 ");
        assertThat(gateway.chat(REQUEST).text()).isEqualTo("answer 4 ");
    }

    @Test
    void forgetsWhenTheTimeIsOver() {
        gateway.chat(REQUEST);
        nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(gateway.chat(REQUEST).text()).isEqualTo("answer 1 ");
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(gateway.chat(REQUEST).text()).isEqualTo("answer 2 ");
    }

    @Test
    void holdsNoMoreAnswersThanItMay() {
        use(CacheSettings.DEFAULT.withMaxEntries(10));
        for (int i = 0; i < 1_000; i++) {
            gateway.chat(request("number " + i));
        }

        assertThat(cache.statistics().entries()).isBetween(1L, 10L);
    }

    @Test
    void takesNoMoreMemoryThanItMay() {
        long most = 40 * provider.bytes();
        use(CacheSettings.DEFAULT.withMaxBytes(most));
        for (int i = 0; i < 1_000; i++) {
            provider.length = 1 + i % 50;
            gateway.chat(request("number " + i));
        }

        assertThat(cache.statistics().bytes()).isBetween(1L, most);
    }

    @Test
    void keepsNoAnswerThatTakesMoreThanAnEighthOfTheMemory() {
        use(CacheSettings.DEFAULT.withMaxBytes(80_000));
        provider.length = 2_000;
        gateway.chat(REQUEST);

        assertThat(cache.statistics().entries()).isZero();
        assertThat(gateway.chat(REQUEST).text()).startsWith("answer 2 ");
    }

    @Test
    void makesOneCallForAllWhoAskTheSameAtOnce() throws Exception {
        provider.gate = new CountDownLatch(1);
        List<Future<ChatResponse>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(() -> gateway.chat(REQUEST)));
            }
            while (provider.calls.get() == 0) {
                Thread.yield();
            }
            provider.gate.countDown();
            for (Future<ChatResponse> answer : answers) {
                assertThat(answer.get().text()).isEqualTo("answer 1 ");
            }
        }

        assertThat(provider.calls).hasValue(1);
        assertThat(cache.statistics().hits()).isEqualTo(49);
        assertThat(cache.statistics().misses()).isEqualTo(1);
    }

    @Test
    void forgetsOneAnswerOrAll() {
        gateway.chat(REQUEST);
        gateway.chat(request("Bye!"));
        gateway.chat(REQUEST);
        String entry = lookups.getLast().entry();

        assertThat(cache.forget("0123456789abcdef")).isFalse();
        assertThat(cache.forget(entry)).isTrue();
        assertThat(cache.statistics().entries()).isEqualTo(1);
        assertThat(cache.clear()).isEqualTo(1);
        assertThat(cache.statistics().entries()).isZero();
    }

    @Test
    void worksInAGatewayThatTakesNamesAsTheyAre() {
        Gateway plain = Gateway.builder()
                .provider(provider)
                .stage(Stage.CACHE, ExactCache.of(CacheSettings.DEFAULT))
                .build();

        assertThat(plain.chat(REQUEST).text()).isEqualTo(plain.chat(REQUEST).text());
    }

    private static ChatRequest request(String text) {
        return ChatRequest.builder("model")
                .user(text)
                .sampling(Sampling.temperature(0))
                .build();
    }
}
