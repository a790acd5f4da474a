package dev.llmgateway.server.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway is watched and kept up to date.
 *
 * @param metrics the metrics page
 * @param telemetry where traces and metrics are sent
 * @param update how new versions are found
 */
public record OperationsConfig(Metrics metrics, Telemetry telemetry, Update update) {
    /**
     * Section {@code [metrics]}.
     *
     * @param isPublic whether {@code /metrics} answers everybody; otherwise it is a management call
     */
    public record Metrics(boolean isPublic) {
        static Metrics read(Section metrics) {
            return new Metrics(metrics.flag("public", false));
        }
    }

    /**
     * Section {@code [telemetry]}.
     *
     * @param otlpEndpoint where traces and metrics are sent, or null for nowhere
     */
    public record Telemetry(@Nullable URI otlpEndpoint) {
        static Telemetry read(Section telemetry) {
            return new Telemetry(telemetry.httpUrl("otlp_endpoint"));
        }
    }

    /** When new versions are looked for. */
    public enum UpdateMode {
        MANUAL,
        AUTO
    }

    /**
     * Section {@code [update]}.
     *
     * @param mode on command only, or at every start
     */
    public record Update(UpdateMode mode) {
        static Update read(Section update) {
            return new Update(update.word("mode", UpdateMode.MANUAL));
        }
    }

    static OperationsConfig read(Section file) {
        return new OperationsConfig(
                file.section("metrics", Metrics::read),
                file.section("telemetry", Telemetry::read),
                file.section("update", Update::read));
    }
}
