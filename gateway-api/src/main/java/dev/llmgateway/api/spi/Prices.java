package dev.llmgateway.api.spi;

import dev.llmgateway.ir.Usage;
import org.jspecify.annotations.Nullable;

/** Tells what a provider's model costs. Thread safe, and quick: it is asked for every call. */
@FunctionalInterface
public interface Prices {

    /** Nobody's price is known. */
    Prices UNKNOWN = (provider, model, usage) -> null;

    /**
     * The cost in US dollars.
     *
     * @param provider the configured provider's id
     * @param model the model's id on the wire
     * @return null for a model without a price
     */
    @Nullable
    Double cost(String provider, String model, Usage usage);
}
