package dev.llmgateway.api;

import dev.llmgateway.ir.Usage;

/**
 * The tokens that somebody has to pay for.
 *
 * @param usage as the provider reported it, as far as it did
 * @param isEstimated whether part of it is an estimate, since the provider did not say, or could not, because its answer broke
 *     off or was left
 */
public record Charge(Usage usage, boolean isEstimated) {

    /** What a provider reported. */
    public static Charge reported(Usage usage) {
        return new Charge(usage, false);
    }

    /** What was sent of a call to a provider of which nothing was read. */
    public static Charge promptOf(Exchange exchange) {
        return new AnswerMeter(exchange).charge(null, false);
    }
}
