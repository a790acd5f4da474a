package dev.llmgateway.resilience.circuit;

import dev.llmgateway.api.routing.CircuitState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A circuit at one moment.
 *
 * @param failures those that count at the moment
 * @param probes calls that try it now; 0 unless half open
 * @param age since the last change; null when there was none
 * @param reason of the last failure; null when there was none
 * @param retryAfter until calls may be made; zero when they may be made now, or as soon as a probe has ended
 */
public record CircuitSnapshot(
        CircuitState state,
        int failures,
        int probes,
        @Nullable Duration age,
        @Nullable String reason,
        Duration retryAfter) {}
