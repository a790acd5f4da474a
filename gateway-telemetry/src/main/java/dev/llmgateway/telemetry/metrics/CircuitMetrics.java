package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.routing.CircuitState;
import java.util.function.BiFunction;

/** Counts how circuits change, and shows how they are. Thread safe. */
public final class CircuitMetrics implements GatewayListener {

    private final Meters meters;
    private final BiFunction<String, String, CircuitState> states;

    /**
     * Metrics.
     *
     * @param states the state of a provider's model as it is when it is looked at, since time alone changes it too
     */
    public CircuitMetrics(Meters meters, BiFunction<String, String, CircuitState> states) {
        this.meters = meters;
        this.states = states;
    }

    @Override
    public void circuitChanged(Attempt attempt, CircuitState from, CircuitState to, String reason) {
        String provider = attempt.target().provider().id();
        String model = attempt.target().model();
        meters.circuits().changed(provider, model, to.word(), () -> number(states.apply(provider, model)));
    }

    private static int number(CircuitState state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }
}
