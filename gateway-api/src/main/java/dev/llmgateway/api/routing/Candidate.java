package dev.llmgateway.api.routing;

/**
 * A model at a provider that might answer.
 *
 * @param card the catalog card's id, or {@code provider/model} for a model without a card
 * @param provider the configured provider's id
 * @param model the model's id on the wire
 * @param name a name for people
 */
public record Candidate(String card, String provider, String model, String name) {

    /** {@code provider/model}, as a route names its targets. */
    @Override
    public String toString() {
        return provider + "/" + model;
    }
}
