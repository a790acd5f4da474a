package dev.llmgateway.api.spi;

import org.jspecify.annotations.Nullable;

/**
 * The service behind a provider, as traces name it.
 *
 * @param name the kind of service by OpenTelemetry's names for {@code gen_ai.provider.name} ({@code openai}, {@code
 *     azure.ai.openai}), or another word where these have none
 * @param address the host's name or number; null when it is not known
 * @param port the port; 0 when it is not known
 */
public record ProviderService(String name, @Nullable String address, int port) {}
