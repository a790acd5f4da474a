package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderConnections;
import io.micrometer.core.instrument.Gauge;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Shows how many connections to each provider there are. Providers appear when they are first asked. Thread safe. */
public final class ConnectionMetrics implements GatewayListener {

    private final Meters meters;

    /** A provider that was taken out may come again under its id. */
    private final Map<String, Provider> latest = new ConcurrentHashMap<>();

    public ConnectionMetrics(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void attemptStarted(Attempt attempt) {
        Provider provider = attempt.target().provider();
        if (latest.get(provider.id()) != provider) {
            show(provider);
        }
    }

    private void show(Provider provider) {
        boolean isNew = latest.put(provider.id(), provider) == null;
        if (isNew && provider.connections() != null) {
            gauge(provider.id(), "active", ProviderConnections::active);
            gauge(provider.id(), "idle", ProviderConnections::idle);
        }
    }

    private void gauge(String id, String state, ToIntFunction<ProviderConnections> count) {
        Gauge.builder("gateway.provider.connections", () -> count(latest.get(id), count))
                .description("Connections to a provider, in use and waiting for the next call")
                .tags("provider", id, "state", state)
                .register(meters.registry());
    }

    private static int count(@Nullable Provider provider, ToIntFunction<ProviderConnections> count) {
        ProviderConnections now = provider == null ? null : provider.connections();
        return now == null ? 0 : count.applyAsInt(now);
    }
}
