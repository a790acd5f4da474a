package dev.llmgateway.ir.codec;

/**
 * The model at a provider that a request is written for.
 *
 * @param provider the configured provider's id
 * @param model the id that goes on the wire
 * @param traits what the model accepts
 */
public record Target(String provider, String model, ModelTraits traits) {}
