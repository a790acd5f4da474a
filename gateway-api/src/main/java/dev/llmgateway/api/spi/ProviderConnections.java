package dev.llmgateway.api.spi;

/**
 * The connections to a provider.
 *
 * @param active those that a call uses
 * @param idle those that wait for the next call
 */
public record ProviderConnections(int active, int idle) {}
