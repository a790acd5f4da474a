package dev.llmgateway.server.memory;

import dev.llmgateway.api.AttemptStage;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.IdempotencyKey;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.cache.CacheSettings;
import dev.llmgateway.api.cache.ExactCache;
import dev.llmgateway.api.idempotency.Idempotency;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.resilience.DeadlineTimer;
import dev.llmgateway.resilience.Retry;
import dev.llmgateway.resilience.RetryPolicy;
import dev.llmgateway.resilience.Timeouts;
import dev.llmgateway.resilience.circuit.Breakers;
import dev.llmgateway.resilience.circuit.CircuitPolicy;
import dev.llmgateway.resilience.limits.Limits;
import dev.llmgateway.resilience.limits.TenantLimits;
import dev.llmgateway.resilience.quota.ProviderQuotas;
import dev.llmgateway.routing.LiveTtft;
import dev.llmgateway.routing.ModelRouter;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.Upstream;
import dev.llmgateway.server.http.HttpFront;
import dev.llmgateway.telemetry.metrics.GatewayMetrics;
import dev.llmgateway.telemetry.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/**
 * Runs in a JVM of its own: a gateway with every stage, through which go calls of which no two share a tenant, a conversation,
 * an idempotency key, a prompt or a model. Prints the memory in use after as many as fill all that is remembered, and after as
 * many again.
 */
final class SmallHeap {

    /** What the gateway remembers at most of conversations, which is the most that it remembers of anything. */
    private static final int ROUND = 100_000;

    private static final Limits PLENTY = new Limits(1_000_000_000, 1_000_000_000, 1_000_000_000, 1_000_000);

    private SmallHeap() {}

    public static void main(String[] args) {
        try (DeadlineTimer timer = DeadlineTimer.start();
                Gateway gateway = gateway(timer)) {
            call(gateway, 0, ROUND);
            long full = used();
            call(gateway, ROUND, 2 * ROUND);
            System.out.println("used " + full + " then " + used());
        }
    }

    private static Gateway gateway(DeadlineTimer timer) {
        LiveCatalog catalog = new LiveCatalog(ModelCatalog.shipped());
        catalog.add(new Upstream(new FickleProvider(), "local"));
        Breakers breakers = Breakers.by(provider -> CircuitPolicy.DEFAULT);
        ProviderQuotas quotas = new ProviderQuotas(provider -> null, 0.9);
        LiveTtft ttft = new LiveTtft(Ticker.system());
        RetryPolicy once = new RetryPolicy(
                1, Duration.ofMillis(1), Duration.ofMillis(1), false, RetryPolicy.DEFAULT.statuses(), true);
        return Gateway.builder()
                .router(ModelRouter.builder(catalog)
                        .liveTtft(ttft)
                        .health(breakers)
                        .build())
                .stage(
                        Stage.IDEMPOTENCY,
                        Idempotency.builder().maxBytes(4L << 20).build())
                .stage(Stage.LIMITS, TenantLimits.of(PLENTY))
                .stage(Stage.CACHE, ExactCache.of(CacheSettings.DEFAULT.withMaxBytes(4L << 20)))
                .attemptStage(AttemptStage.RETRY, Retry.by(provider -> once))
                .attemptStage(AttemptStage.BREAKER, breakers)
                .attemptStage(AttemptStage.QUOTA, quotas)
                .attemptStage(AttemptStage.TIMEOUTS, new Timeouts(timer, Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .listener(quotas)
                .listener(ttft)
                .listener(
                        new GatewayMetrics(new Meters(new SimpleMeterRegistry(), Prices.UNKNOWN), HttpFront::statusOf))
                .build();
    }

    private static void call(Gateway gateway, int from, int to) {
        for (int i = from; i < to; i++) {
            String own = Integer.toString(i);
            ChatRequest request = ChatRequest.builder("fickle/model-" + own)
                    .user("Question " + own)
                    .sampling(Sampling.temperature(0))
                    .build();
            CallOptions options = CallOptions.builder()
                    .caller(new Caller("tenant-" + own, null, provider -> "key-of-" + own))
                    .idempotencyKey(IdempotencyKey.of("order-" + own))
                    .routing(RoutingOptions.defaults().withConversation("conversation-" + own))
                    .build();
            try {
                gateway.chat(request, options);
            } catch (GatewayException.ProviderFailed e) {
                // As it is meant to be.
            }
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
