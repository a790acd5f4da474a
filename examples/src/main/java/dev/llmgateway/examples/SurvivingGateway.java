package dev.llmgateway.examples;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.AttemptStage;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.IdempotencyKey;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.cache.CacheSettings;
import dev.llmgateway.api.cache.ExactCache;
import dev.llmgateway.api.idempotency.Idempotency;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.providers.Providers;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.resilience.DeadlineTimer;
import dev.llmgateway.resilience.Retry;
import dev.llmgateway.resilience.RetryPolicy;
import dev.llmgateway.resilience.Timeouts;
import dev.llmgateway.resilience.circuit.Breakers;
import dev.llmgateway.resilience.circuit.CircuitPolicy;
import dev.llmgateway.resilience.hedge.HedgeSettings;
import dev.llmgateway.resilience.hedge.Hedging;
import dev.llmgateway.resilience.limits.Limits;
import dev.llmgateway.resilience.limits.TenantLimits;
import dev.llmgateway.resilience.quota.ProviderQuota;
import dev.llmgateway.resilience.quota.ProviderQuotas;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that lets a gateway in a process survive its providers, put together by hand: one provider breaks in three ways,
 * another stands in, and a tenant that asks too much is told so. All of it is simulated. {@code examples/run SurvivingGateway}
 */
public final class SurvivingGateway {

    private static final ChatRequest QUESTION =
            ChatRequest.builder("sim-large").user("Still there?").build();

    private static final Limits ONE_A_MINUTE = new Limits(1, 100_000, 1_000, 1);

    private SurvivingGateway() {}

    public static void main(String[] args) {
        survive();
    }

    static void survive() {
        try (SimulatedProvider frail = SimulatedProvider.builder().name("frail").start();
                SimulatedProvider sturdy =
                        SimulatedProvider.builder().name("sturdy").start();
                DeadlineTimer timer = DeadlineTimer.start();
                Gateway gateway = gateway(provider("frail", frail), provider("sturdy", sturdy), timer)) {
            frail.enqueue(Reply.failure(503));
            ask(gateway, QUESTION, CallOptions.defaults());

            frail.enqueue(Reply.failure(401));
            ask(gateway, QUESTION, CallOptions.defaults());

            frail.enqueue(new Fault.StallBeforeFirstByte().asReply());
            ask(gateway, QUESTION, realtime());

            CallOptions order = CallOptions.builder()
                    .idempotencyKey(IdempotencyKey.of("order-17"))
                    .build();
            ask(gateway, QUESTION, order);
            ask(gateway, QUESTION, order);

            ChatRequest sure =
                    QUESTION.toBuilder().sampling(Sampling.temperature(0)).build();
            ask(gateway, sure, CallOptions.defaults());
            ask(gateway, sure, CallOptions.defaults());
            System.out.println(frail.requestCount() + sturdy.requestCount() + " requests were sent");

            ask(gateway, QUESTION, team("busy"));
            ask(gateway, QUESTION, team("busy"));
        }
    }

    private static Gateway gateway(Provider frail, Provider sturdy, DeadlineTimer timer) {
        ProviderQuotas quotas = new ProviderQuotas(id -> new ProviderQuota(500, 2_000_000), 0.9);
        return Gateway.builder()
                .provider(frail)
                .provider(sturdy)
                .timeout(Duration.ofSeconds(30))
                .stage(Stage.IDEMPOTENCY, Idempotency.withDefaults())
                .stage(Stage.LIMITS, TenantLimits.of(tenant -> tenant.equals("busy") ? ONE_A_MINUTE : Limits.DEFAULT))
                .stage(Stage.CACHE, ExactCache.of(CacheSettings.DEFAULT))
                .attemptStage(
                        AttemptStage.RETRY,
                        Retry.by(id -> RetryPolicy.DEFAULT.withDelays(Duration.ofMillis(10), Duration.ofMillis(50))))
                .attemptStage(AttemptStage.BREAKER, Breakers.by(id -> CircuitPolicy.DEFAULT))
                .attemptStage(AttemptStage.QUOTA, quotas)
                .listener(quotas)
                .attemptStage(
                        AttemptStage.TIMEOUTS, new Timeouts(timer, Duration.ofSeconds(10), Duration.ofSeconds(10)))
                .hedging(Hedging.by(
                        HedgeSettings.DEFAULT.withDelay(Duration.ofMillis(50)).withMaxExtraPercent(100)))
                .listener(new Tells())
                .build();
    }

    private static Provider provider(String id, SimulatedProvider simulated) {
        return Providers.local(id, simulated.uri().toString());
    }

    private static CallOptions realtime() {
        return CallOptions.defaults().withRouting(RoutingOptions.defaults().withProfile(RoutingProfile.REALTIME));
    }

    private static CallOptions team(String name) {
        return CallOptions.builder().caller(Caller.tenant(name)).build();
    }

    private static void ask(Gateway gateway, ChatRequest question, CallOptions options) {
        try {
            System.out.println(gateway.chat(question, options).text());
        } catch (GatewayException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }

    /** Says what happened on the way. */
    private static final class Tells implements GatewayListener {
        @Override
        public void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge spent) {
            System.out.println("  " + attempt.target() + " failed: " + error.getMessage());
        }

        @Override
        public void hedged(Exchange exchange, RouteTarget slow, RouteTarget second) {
            System.out.println("  " + slow + " is slow, asking " + second);
        }

        @Override
        public void replayed(Exchange exchange) {
            System.out.println("  this was asked before with the same key");
        }
    }
}
