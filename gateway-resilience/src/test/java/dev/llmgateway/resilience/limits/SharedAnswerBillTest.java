package dev.llmgateway.resilience.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.IdempotencyKey;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.cache.CacheSettings;
import dev.llmgateway.api.cache.ExactCache;
import dev.llmgateway.api.idempotency.Idempotency;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.ir.tokens.PromptEstimate;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose tokens an answer is that several calls read, when the one that asked for it leaves. */
final class SharedAnswerBillTest {

    private static final Usage USED = Usage.of(100, 50);
    private static final ChatRequest REQUEST = ChatRequest.builder("model")
            .user("Hello!")
            .maxOutputTokens(10)
            .sampling(Sampling.temperature(0))
            .build();

    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    private volatile RateLimits.@Nullable Window tokens;

    private final Gateway gateway = Gateway.builder()
            .provider(new TalkingProvider())
            .stage(Stage.IDEMPOTENCY, Idempotency.withDefaults())
            .stage(Stage.LIMITS, TenantLimits.of(new Limits(1_000, 100_000, 1_000, 10)))
            .stage(Stage.CACHE, ExactCache.of(CacheSettings.DEFAULT))
            .listener(new GatewayListener() {
                @Override
                public void limited(Exchange exchange, RateLimits left) {
                    tokens = left.tokens();
                }

                @Override
                public void callEnded(Exchange exchange, Outcome outcome) {
                    outcomes.put(exchange.id(), outcome);
                }
            })
            .build();

    private static final class TalkingProvider implements Provider {
        @Override
        public String id() {
            return "one";
        }

        @Override
        public ChatStream open(ProviderCall call) {
            Origin origin = new Origin("one", "model", List.of());
            Iterator<ChatEvent> rest = List.<ChatEvent>of(
                            new ChatEvent.Started("id-1", "model", 1, null, origin, Wire.NONE),
                            new ChatEvent.PartStarted(0, 0, new Content.Text(""), Wire.NONE),
                            new ChatEvent.TextDelta(0, 0, "Hello ", Wire.NONE),
                            new ChatEvent.TextDelta(0, 0, "to all of you.", Wire.NONE),
                            new ChatEvent.PartEnded(0, 0, Wire.NONE),
                            new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE),
                            new ChatEvent.UsageReported(USED, Wire.NONE))
                    .iterator();
            return new ChatStream() {
                @Override
                public @Nullable ChatEvent next() {
                    return rest.hasNext() ? rest.next() : null;
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

    private ChatStream open(String id, @Nullable IdempotencyKey key) {
        return gateway.stream(
                REQUEST, CallOptions.builder().requestId(id).idempotencyKey(key).build());
    }

    private @Nullable Charge charge(String id) {
        return Objects.requireNonNull(outcomes.get(id)).answer().charge();
    }

    /** What all calls before this one have used, by what a further one is told. */
    private long tokensUsed() {
        open("probe", new IdempotencyKey("probe", "/")).close();
        RateLimits.Window told = Objects.requireNonNull(tokens);
        long probe = 10 + PromptEstimate.of(REQUEST).tokens();
        return told.limit() - told.remaining() - probe;
    }

    @Test
    void whoReadsOnPaysForWhatTheOneWhoAskedLeftToIt() {
        ChatStream leader = open("leader", null);
        ChatStream joiner = open("joiner", null);
        leader.next();
        leader.close();

        joiner.collect();

        assertThat(charge("leader")).isNull();
        assertThat(charge("joiner")).isEqualTo(Charge.reported(USED));
        assertThat(tokensUsed()).isEqualTo(USED.total());
    }

    @Test
    void thatIsSoForARepeatByIdempotencyKeyToo() {
        IdempotencyKey key = new IdempotencyKey("key", "/");
        ChatStream leader = open("leader", key);
        ChatStream joiner = open("joiner", key);
        leader.next();
        leader.close();

        joiner.collect();

        assertThat(charge("leader")).isNull();
        assertThat(charge("joiner")).isEqualTo(Charge.reported(USED));
        assertThat(tokensUsed()).isEqualTo(USED.total());
    }

    @Test
    void whoAskedPaysWhenItReadsToTheEnd() {
        ChatStream leader = open("leader", null);
        ChatStream joiner = open("joiner", null);
        joiner.collect();
        leader.collect();

        assertThat(charge("leader")).isEqualTo(Charge.reported(USED));
        assertThat(charge("joiner")).isNull();
        assertThat(tokensUsed()).isEqualTo(USED.total());
    }

    @Test
    void whenAllLeaveTheLastOnePaysWhatItHasRead() {
        ChatStream leader = open("leader", null);
        ChatStream joiner = open("joiner", null);
        for (int i = 0; i < 4; i++) {
            leader.next();
        }
        joiner.next();
        joiner.close();
        leader.close();

        Charge charge = Objects.requireNonNull(charge("leader"));
        assertThat(charge.isEstimated()).isTrue();
        assertThat(charge.usage().output()).isPositive();
        assertThat(charge("joiner")).isNull();
        assertThat(tokensUsed()).isEqualTo(charge.usage().total());
    }

    @Test
    void whatIsGivenAgainCostsNothing() {
        open("first", null).collect();
        open("again", null).collect();

        assertThat(charge("first")).isEqualTo(Charge.reported(USED));
        assertThat(charge("again")).isNull();
        assertThat(tokensUsed()).isEqualTo(USED.total());
    }
}
