package dev.llmgateway.resilience.circuit;

import dev.llmgateway.api.routing.CircuitState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a provider is trusted at one moment. Immutable.
 *
 * @param models those that have failed, the open ones first; all others are closed and never failed
 * @param changes the latest of all its models, the newest first, at most 20
 * @param coolingDown how much longer it is left alone by calls with the gateway's key for it; zero when it is not
 */
public record ProviderCircuits(List<Model> models, List<Change> changes, Duration coolingDown) {

    /** A provider that has never failed. */
    public static final ProviderCircuits NEVER_FAILED = new ProviderCircuits(List.of(), List.of(), Duration.ZERO);

    /**
     * A model's circuit.
     *
     * @param model the id that goes on the wire
     */
    public record Model(String model, CircuitSnapshot circuit) {}

    /**
     * A change.
     *
     * @param model the id that goes on the wire
     * @param reason for people
     */
    public record Change(String model, CircuitState from, CircuitState to, String reason, Instant at) {}

    /** What was given, copied. */
    public ProviderCircuits {
        models = List.copyOf(models);
        changes = List.copyOf(changes);
    }
}
