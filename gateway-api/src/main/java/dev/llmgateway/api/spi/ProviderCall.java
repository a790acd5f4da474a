package dev.llmgateway.api.spi;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.TraceContext;
import dev.llmgateway.ir.ChatRequest;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call to a provider.
 *
 * @param request what to ask; its model is the name as the caller wrote it, for the answer
 * @param model the model id for the wire
 * @param headers the caller's headers for a provider of its own dialect, by lower-case name
 * @param apiKey the key to call with; null for the provider's configured one. A secret
 * @param rateLimits is told what the answer's headers say of the provider's limits, before {@code open} returns or throws
 * @param trace the span that the call belongs to, for the provider's own traces; null for none
 * @param cancellation ends the call
 */
public record ProviderCall(
        ChatRequest request,
        String model,
        Map<String, String> headers,
        @Nullable String apiKey,
        Consumer<RateLimits> rateLimits,
        @Nullable TraceContext trace,
        Cancellation cancellation) {

    /** A call with the configured key that nobody wants to know the limits of. */
    public ProviderCall(ChatRequest request, String model, Map<String, String> headers, Cancellation cancellation) {
        this(request, model, headers, null, limits -> {}, null, cancellation);
    }

    /** The key is left out: it is a secret. */
    @Override
    public String toString() {
        return "ProviderCall[model=" + model + ", ownKey=" + (apiKey != null) + "]";
    }
}
