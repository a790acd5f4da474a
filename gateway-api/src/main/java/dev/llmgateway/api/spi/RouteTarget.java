package dev.llmgateway.api.spi;

/**
 * A model at a provider.
 *
 * @param model the id that goes on the wire
 */
public record RouteTarget(Provider provider, String model) {

    /** {@code provider/model}, for logs. */
    @Override
    public String toString() {
        return provider.id() + "/" + model;
    }
}
