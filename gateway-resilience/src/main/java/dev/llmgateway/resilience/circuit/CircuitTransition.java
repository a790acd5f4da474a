package dev.llmgateway.resilience.circuit;

import dev.llmgateway.api.routing.CircuitState;

/**
 * A change of a circuit.
 *
 * @param reason for people: "failed 5 times in 60 s (status 503)"
 */
public record CircuitTransition(CircuitState from, CircuitState to, String reason) {}
