package dev.llmgateway.server;

import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.server.config.OperationsConfig;
import dev.llmgateway.server.metrics.OtlpExport;
import dev.llmgateway.telemetry.otel.GenAiTelemetry;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Traces and metrics as the configuration wants them sent. */
final class ConfiguredTelemetry {

    private ConfiguredTelemetry() {}

    /**
     * Has a gateway's calls traced and sent; null, and nothing added to the gateway, when they are to be sent nowhere.
     *
     * @param names takes secrets out of the names of models
     */
    static @Nullable OtlpExport add(
            OperationsConfig.Telemetry config,
            Gateway.Builder gateway,
            Prices prices,
            UnaryOperator<String> names,
            Ticker ticker) {
        if (config.otlpEndpoint() == null) {
            return null;
        }
        OtlpExport export = OtlpExport.to(config.otlpEndpoint(), GatewayVersion.current());
        GenAiTelemetry.of(export.openTelemetry())
                .withPrices(prices)
                .withCleanNames(names)
                .withTicker(ticker)
                .asServer()
                .watch(gateway);
        return export;
    }
}
