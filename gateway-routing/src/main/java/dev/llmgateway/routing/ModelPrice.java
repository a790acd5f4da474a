package dev.llmgateway.routing;

import dev.llmgateway.ir.Usage;

/**
 * What a model costs on demand, in US dollars per million tokens. A class of tokens without a price of its own costs as
 * much as plain prompt tokens.
 *
 * @param input prompt tokens
 * @param output generated tokens, reasoning included
 * @param cachedInput prompt tokens read from the vendor's cache
 * @param cacheWrite prompt tokens written to it
 * @param cacheWrite1h prompt tokens written to a one-hour cache
 */
public record ModelPrice(double input, double output, double cachedInput, double cacheWrite, double cacheWrite1h) {

    private static final double MILLION = 1_000_000;

    /** The cost in US dollars, with no regard to steps for long prompts, batches or discounts. */
    public double of(Usage usage) {
        double perMillion = usage.input() * input
                + usage.output() * output
                + usage.cacheRead() * cachedInput
                + usage.cacheWrite5m() * cacheWrite
                + usage.cacheWrite1h() * cacheWrite1h;
        return perMillion / MILLION;
    }
}
