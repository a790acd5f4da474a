package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.routing.Elimination;
import dev.llmgateway.api.routing.Elimination.Reason;
import dev.llmgateway.api.routing.LayerTrace;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.TargetState.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows how much of each provider's quota is used, and counts how often a provider was not asked because of it. Providers
 * appear when they are first asked. Thread safe.
 */
public final class QuotaMetrics implements GatewayListener {

    private final Meters meters;
    private final ToDoubleFunction<String> used;
    private final Map<String, Gauge> gauges = new ConcurrentHashMap<>();
    private final Map<String, Counter> blocked = new ConcurrentHashMap<>();

    /**
     * Metrics.
     *
     * @param used the part of a provider's quota that is used, 0 to 1, by the provider's id; asked when it is looked at
     */
    public QuotaMetrics(Meters meters, ToDoubleFunction<String> used) {
        this.meters = meters;
        this.used = used;
    }

    @Override
    public void attemptCommitted(Attempt attempt, Duration elapsed) {
        show(attempt.target().provider().id());
    }

    @Override
    public void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge spent) {
        String provider = attempt.target().provider().id();
        show(provider);
        if (error instanceof GatewayException.Unavailable now && now.why() == Cause.QUOTA_EXHAUSTED) {
            block(provider);
        }
    }

    /** Each provider once, however many of its models could have been asked. */
    @Override
    public void routed(Exchange exchange, RoutingDecision decision) {
        Set<String> out = null;
        for (LayerTrace layer : decision.layers()) {
            for (Elimination elimination : layer.eliminated()) {
                if (elimination.reason() instanceof Reason.Unavailable now
                        && now.state().cause() == Cause.QUOTA_EXHAUSTED) {
                    out = out == null ? new HashSet<>() : out;
                    out.add(elimination.candidate().provider());
                }
            }
        }
        if (out != null) {
            out.forEach(this::block);
        }
    }

    private void show(String provider) {
        if (!gauges.containsKey(provider)) {
            gauges.computeIfAbsent(
                    provider,
                    id -> Gauge.builder("gateway.provider.quota.used", () -> used.applyAsDouble(id))
                            .description("The part of a provider's quota that is used, 0 to 1")
                            .tags("provider", id)
                            .register(meters.registry()));
        }
    }

    private void block(String provider) {
        blocked.computeIfAbsent(
                        provider,
                        id -> Counter.builder("gateway.provider.quota.blocked")
                                .description("How often a provider was left out because its quota was used up")
                                .tags("provider", id)
                                .register(meters.registry()))
                .increment();
    }
}
