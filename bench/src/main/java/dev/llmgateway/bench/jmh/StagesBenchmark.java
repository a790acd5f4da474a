package dev.llmgateway.bench.jmh;

import dev.llmgateway.api.AttemptStage;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.IdempotencyKey;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.cache.CacheSettings;
import dev.llmgateway.api.cache.ExactCache;
import dev.llmgateway.api.idempotency.Idempotency;
import dev.llmgateway.api.spi.RecordSink;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.resilience.circuit.Breakers;
import dev.llmgateway.resilience.circuit.CircuitPolicy;
import dev.llmgateway.resilience.limits.Limits;
import dev.llmgateway.resilience.limits.TenantLimits;
import dev.llmgateway.resilience.quota.ProviderQuota;
import dev.llmgateway.resilience.quota.ProviderQuotas;
import dev.llmgateway.store.recording.Recorder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What each stage costs alone, around a provider that answers from memory at once. Every call has a prompt of a kilobyte of
 * its own, so caches miss and store. Per call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class StagesBenchmark {

    private static final int PLENTY = 1_000_000_000;
    private static final String PROMPT = "All work and no play makes a long prompt. ".repeat(24);

    /** The stage that is filled. */
    @Param({"none", "limits", "breakers", "quotas", "cache", "idempotency", "records"})
    public String stage = "none";

    private Gateway gateway = Gateway.builder().provider(new CannedProvider()).build();
    private long number;

    @Setup
    public void setUp() {
        Gateway.Builder builder = Gateway.builder().provider(new CannedProvider());
        switch (stage) {
            case "limits" -> builder.stage(Stage.LIMITS, TenantLimits.of(new Limits(PLENTY, PLENTY, PLENTY, PLENTY)));
            case "breakers" ->
                builder.attemptStage(AttemptStage.BREAKER, Breakers.by(provider -> CircuitPolicy.DEFAULT));
            case "quotas" -> {
                ProviderQuota quota = new ProviderQuota(PLENTY, PLENTY);
                ProviderQuotas quotas = new ProviderQuotas(provider -> quota, 0.9, Ticker.system());
                builder.attemptStage(AttemptStage.QUOTA, quotas).listener(quotas);
            }
            case "cache" -> builder.stage(Stage.CACHE, ExactCache.of(CacheSettings.DEFAULT));
            case "idempotency" ->
                builder.stage(Stage.IDEMPOTENCY, Idempotency.builder().build());
            // Without a sink that keeps them: it would drop most of so many.
            case "records" -> builder.stage(Stage.AUDIT, Recorder.to(RecordSink.NOWHERE));
            default -> {}
        }
        gateway = builder.build();
    }

    @TearDown
    public void tearDown() {
        gateway.close();
    }

    /** An answer of six events, folded. */
    @Benchmark
    public ChatResponse chat() {
        String unique = Long.toString(number++);
        ChatRequest request = ChatRequest.builder("mock")
                .user(PROMPT + unique)
                .sampling(Sampling.temperature(0))
                .build();
        CallOptions options = stage.equals("idempotency")
                ? CallOptions.builder()
                        .idempotencyKey(IdempotencyKey.of(unique))
                        .build()
                : CallOptions.defaults();
        return gateway.chat(request, options);
    }
}
