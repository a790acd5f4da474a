package dev.llmgateway.api.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.api.CacheLookup;
import dev.llmgateway.api.CacheLookup.Kind;
import dev.llmgateway.api.CacheUse;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.spi.Embedder;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class SemanticCacheTest {

    private final CountingProvider provider = new CountingProvider();
    private final List<CacheLookup> lookups = new CopyOnWriteArrayList<>();
    private final List<String> embedded = new CopyOnWriteArrayList<>();
    private SemanticCache similar =
            SemanticCache.builder(this::embed).threshold(0.8).build();
    private Gateway gateway = gateway();

    /** How often each letter is there. */
    private float[] embed(String text) {
        embedded.add(text);
        float[] vector = new float[26];
        text.toLowerCase(Locale.ROOT).chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> vector[c - 'a']++);
        return vector;
    }

    private Gateway gateway() {
        return Gateway.builder()
                .provider(provider)
                .clearances(target -> Set.of(DataClassification.values()))
                .stage(Stage.CACHE, ExactCache.of(CacheSettings.DEFAULT).thenSimilar(similar))
                .listener(new GatewayListener() {
                    @Override
                    public void cacheAsked(Exchange exchange, CacheLookup found) {
                        lookups.add(found);
                    }
                })
                .build();
    }

    private void use(SemanticCache.Builder builder) {
        similar = builder.build();
        gateway = gateway();
    }

    private static ChatRequest request(String text) {
        return ChatRequest.builder("gpt-4o")
                .system("Be brief.")
                .user(text)
                .sampling(Sampling.temperature(0))
                .build();
    }

    private Kind ask(ChatRequest request, CallOptions options) {
        gateway.chat(request, options);
        return lookups.getLast().kind();
    }

    private Kind ask(String text) {
        return ask(request(text), CallOptions.defaults());
    }

    /** Asks what nobody asked before, and waits for its vector. */
    private void teach(ChatRequest request, CallOptions options) {
        long before = similar.statistics().entries();
        gateway.chat(request, options);
        while (similar.statistics().entries() == before) {
            Thread.onSpinWait();
        }
    }

    private void teach(String text) {
        teach(request(text), CallOptions.defaults());
    }

    @Test
    void aSimilarRequestGetsTheSameAnswer() {
        teach("How do I reset my password?");
        String first = gateway.chat(request("How do I reset my password?")).text();

        String second = gateway.chat(request("How can I reset my password?")).text();

        assertThat(second).isEqualTo(first);
        assertThat(provider.calls).hasValue(1);
        CacheLookup found = lookups.getLast();
        assertThat(found.kind()).isEqualTo(Kind.SEMANTIC_HIT);
        assertThat(found.similarity()).isCloseTo(0.95, within(0.05));
        assertThat(found.entry()).isEqualTo(lookups.get(1).entry());
        assertThat(similar.statistics().hits()).isOne();
    }

    @Test
    void anEqualRequestNeedsNoEmbedding() {
        teach("How do I reset my password?");
        embedded.clear();

        assertThat(ask("How do I reset my password?")).isEqualTo(Kind.HIT);
        assertThat(embedded).isEmpty();
    }

    @Test
    void aBorrowedAnswerIsNotKeptAsTheRequestsOwn() {
        teach("How do I reset my password?");
        ask("How can I reset my password?");

        assertThat(ask("How can I reset my password?")).isEqualTo(Kind.SEMANTIC_HIT);
    }

    @Test
    void anotherRequestIsAskedAndCountedOnce() {
        teach("How do I reset my password?");

        assertThat(ask("Buzz fizz jazz")).isEqualTo(Kind.MISS);
        assertThat(provider.calls).hasValue(2);
        assertThat(lookups).hasSize(2);
        assertThat(embedded).hasSize(2);
    }

    @Test
    void numbersAndDenialsMustBeTheSame() {
        teach("What does invoice 1041 say about the delivery?");

        assertThat(ask("What does invoice 1042 say about the delivery?")).isEqualTo(Kind.MISS);
        assertThat(ask("What does invoice 1041 not say about the delivery?")).isEqualTo(Kind.MISS);
        assertThat(ask("What does the invoice 1041 say about delivery?")).isEqualTo(Kind.SEMANTIC_HIT);
    }

    @Test
    void toolsAreNeverCompared() {
        teach("How do I reset my password?");
        ChatRequest withTools = request("How can I reset my password?").toBuilder()
                .toolUse(new ToolUse(List.of(new Tool.Function("reset", null, null)), null, null))
                .build();

        assertThat(ask(withTools, CallOptions.defaults())).isEqualTo(Kind.MISS);
        assertThat(embedded).hasSize(1);
    }

    @Test
    void aPurgedEntryIsNotFoundAgain() {
        teach("How do I reset my password?");
        ask("How can I reset my password?");
        String entry = lookups.getLast().entry();

        assertThat(similar.forget(String.valueOf(entry))).isTrue();
        assertThat(similar.forget(String.valueOf(entry))).isFalse();
        assertThat(ask("How can I reset my password?")).isEqualTo(Kind.MISS);
    }

    @Test
    void everythingCanBePurged() {
        teach("How do I reset my password?");

        assertThat(similar.clear()).isOne();
        assertThat(ask("How can I reset my password?")).isEqualTo(Kind.MISS);
    }

    @Test
    void noCacheAsksAnewAndNoStoreIsNotSeen() {
        teach("How do I reset my password?");
        CallOptions noCache = CallOptions.builder().cacheUse(CacheUse.NO_CACHE).build();
        CallOptions noStore = CallOptions.builder().cacheUse(CacheUse.NO_STORE).build();
        embedded.clear();

        assertThat(ask(request("How can I reset my password?"), noCache)).isEqualTo(Kind.MISS);
        gateway.chat(request("How could I reset my password?"), noStore);
        assertThat(provider.calls).hasValue(3);
        assertThat(embedded).doesNotContain("How could I reset my password?");
    }

    @Test
    void dataAboveTheEmbeddersLevelIsNeverEmbedded() {
        use(SemanticCache.builder(this::embed).maxClassification(DataClassification.INTERNAL));
        for (DataClassification level : DataClassification.values()) {
            embedded.clear();
            CallOptions options = CallOptions.builder()
                    .routing(RoutingOptions.defaults().withClassification(level))
                    .build();
            boolean allowed = level.compareTo(DataClassification.INTERNAL) <= 0;
            if (allowed) {
                teach(request("Hello there"), options);
            } else {
                ask(request("Hello there"), options);
                ask(request("Hello their"), options);
            }
            assertThat(embedded).as(level.word()).hasSize(allowed ? 1 : 0);
        }
    }

    @Test
    void aBrokenEmbedderIsAMiss() {
        use(SemanticCache.builder(text -> {
            embedded.add(text);
            throw new GatewayException.Cancelled("broken");
        }));

        assertThat(ask("How do I reset my password?")).isEqualTo(Kind.MISS);
        assertThat(ask("How can I reset my password?")).isEqualTo(Kind.MISS);
        assertThat(ask("How can I reset my password?")).isEqualTo(Kind.HIT);
    }

    @Test
    void aSlowEmbedderIsAMiss() {
        Embedder slow = text -> {
            if (!embedded.isEmpty()) {
                sleepForEver();
            }
            return embed(text);
        };
        use(SemanticCache.builder(slow).timeout(Duration.ofMillis(50)));
        teach("How do I reset my password?");

        assertThat(ask("How can I reset my password?")).isEqualTo(Kind.MISS);
    }

    private static void sleepForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void aThresholdOutOfRangeIsRefused(double threshold) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SemanticCache.builder(this::embed).threshold(threshold))
                .withMessageContaining("from 0 to 1");
    }

    /** A call in all that keeps it apart from others, and its text. */
    record Asked(ChatRequest request, CallOptions options, List<Object> apart) {}

    @Provide
    Arbitrary<List<Asked>> calls() {
        Arbitrary<String> texts = Arbitraries.of("Hello there", "Hello their", "Hello, there!", "there hello");
        Arbitrary<List<String>> where = Combinators.combine(
                        Arbitraries.of("alpha", "beta"),
                        Arbitraries.of("public", "internal"),
                        Arbitraries.of("gpt-4o", "gpt-4o-mini"),
                        Arbitraries.of("Be brief.", "Be long."))
                .as(List::of);
        Arbitrary<List<Object>> how = Combinators.combine(
                        Arbitraries.of(0.0, 0.2), Arbitraries.of(10, 20), Arbitraries.of("none", "Good morning"))
                .as(List::of);
        return Combinators.combine(texts, where, how)
                .as(SemanticCacheTest::asked)
                .list()
                .ofMinSize(2)
                .ofMaxSize(30);
    }

    private static Asked asked(String text, List<String> where, List<Object> how) {
        ChatRequest.Builder request = ChatRequest.builder(where.get(2)).system(where.get(3));
        if (!how.get(2).equals("none")) {
            request.user((String) how.get(2)).message(Message.assistant("Hi"));
        }
        request.user(text).sampling(Sampling.temperature((Double) how.get(0))).maxOutputTokens((Integer) how.get(1));
        CallOptions options = CallOptions.builder()
                .caller(Caller.tenant(where.get(0)))
                .routing(RoutingOptions.defaults()
                        .withClassification(DataClassification.of(where.get(1)).orElseThrow()))
                .build();
        List<Object> apart = new ArrayList<>(where);
        apart.addAll(how);
        return new Asked(request.build(), options, apart);
    }

    @Property(tries = 60)
    void noAnswerIsGivenAcrossAnyBorder(@ForAll("calls") List<Asked> calls) {
        List<String> answers = new ArrayList<>();
        use(SemanticCache.builder(this::embed).threshold(0));
        for (int i = 0; i < calls.size(); i++) {
            Asked call = calls.get(i);
            String answer = gateway.chat(call.request, call.options).text();
            int first = answers.indexOf(answer);
            if (first >= 0) {
                assertThat(calls.get(first).apart).isEqualTo(call.apart);
            }
            answers.add(answer);
        }
    }
}
