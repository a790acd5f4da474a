package dev.llmgateway.server.metrics;

import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.telemetry.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.UnaryOperator;

/** What {@code /metrics} shows: the gateway's meters, those of the Java process, and what others add. Thread safe. */
public final class MetricsPage implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ProcessMeters process = ProcessMeters.in(registry);
    private final Meters meters;

    /**
     * A page on which all is at zero.
     *
     * @param prices tell the cost of calls
     * @param names takes secrets out of the names of models
     */
    public MetricsPage(Prices prices, UnaryOperator<String> names) {
        this.meters = new Meters(registry, prices, names);
    }

    /** The gateway's own meters. */
    public Meters meters() {
        return meters;
    }

    /** For whoever has meters of its own, as a pool of database connections does. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Everything in Prometheus's text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        process.close();
        registry.close();
    }
}
