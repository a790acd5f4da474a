package dev.llmgateway.api.spi;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.ir.ChatRequest;
import java.util.Map;

/**
 * One call to a provider.
 *
 * @param request what to ask; its model is the name as the caller wrote it, for the answer
 * @param model the model id for the wire
 * @param headers the caller's headers for a provider of its own dialect, by lower-case name
 * @param cancellation ends the call
 */
public record ProviderCall(ChatRequest request, String model, Map<String, String> headers, Cancellation cancellation) {}
