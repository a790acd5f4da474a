package dev.llmgateway.server;

import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.shadow.ShadowTraffic;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.api.spi.ShadowStore;
import dev.llmgateway.server.config.ModelsConfig;
import dev.llmgateway.server.management.Questions;
import dev.llmgateway.store.memory.MemoryShadowStore;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.PostgresShadowStore;
import dev.llmgateway.store.recording.ShadowWriter;
import dev.llmgateway.telemetry.metrics.Meters;
import dev.llmgateway.telemetry.metrics.ShadowMetrics;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Shadow traffic: what copies calls, and where the results are kept, those of earlier configurations, too. */
final class Shadows implements AutoCloseable {

    private final ShadowStore store;
    private final ShadowWriter writer;
    private final @Nullable ShadowTraffic traffic;

    private Shadows(ShadowStore store, ShadowWriter writer, @Nullable ShadowTraffic traffic) {
        this.store = store;
        this.writer = writer;
        this.traffic = traffic;
    }

    /** What tells of calls what they cost and when they were. */
    record Measures(Prices prices, InstantSource clock, Ticker ticker) {}

    /**
     * Begins, as configured, to copy the calls of a gateway.
     *
     * @param candidates makes the gateway that asks the candidate
     * @param database null to keep results in memory only
     */
    static Shadows start(
            ModelsConfig.Shadow config,
            Gateway.Builder gateway,
            Gateway.Builder candidates,
            @Nullable Database database,
            Measures measures,
            Meters meters) {
        ShadowStore store = database == null ? new MemoryShadowStore() : new PostgresShadowStore(database);
        ShadowWriter writer = ShadowWriter.start(store);
        if (!config.enabled() || config.model() == null) {
            return new Shadows(store, writer, null);
        }
        ShadowTraffic traffic = new ShadowTraffic(
                candidates.build(),
                new ShadowTraffic.Settings(config.model(), config.sampleRate()),
                writer,
                measures.prices,
                () -> ThreadLocalRandom.current().nextDouble(),
                measures.clock,
                measures.ticker);
        gateway.stage(Stage.TRANSCRIPT, ofCallers(traffic));
        ShadowMetrics.show(meters, traffic, writer::lost);
        return new Shadows(store, writer, traffic);
    }

    /** The gateway's own questions about what it recorded are nobody's traffic. */
    private static Interceptor ofCallers(ShadowTraffic traffic) {
        return (exchange, next) -> exchange.options().caller().equals(Questions.CALLER)
                ? next.handle(exchange)
                : traffic.intercept(exchange, next);
    }

    ShadowStore store() {
        return store;
    }

    /** Forgets all results, those that are not written yet too, and returns how many they were. */
    long clear() {
        return writer.clear();
    }

    /** Ends the copies that run, and writes what came of the others. */
    @Override
    public void close() {
        if (traffic != null) {
            traffic.close();
        }
        writer.close();
        store.close();
    }
}
