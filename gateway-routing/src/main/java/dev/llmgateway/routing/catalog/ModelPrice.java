package dev.llmgateway.routing.catalog;

import dev.llmgateway.ir.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs on demand, in US dollars per million tokens. Immutable. A class of tokens without a price of its own
 * costs as much as plain prompt tokens.
 *
 * @param input prompt tokens
 * @param output generated tokens, reasoning included
 * @param cachedInput prompt tokens read from the vendor's cache; null for none of its own
 * @param cacheWrite prompt tokens written to it; null for none of its own
 * @param cacheWrite1h prompt tokens written to a one-hour cache; null for none of its own
 * @param tiers other prices for long prompts, by rising bound; the whole request costs what its tier says
 */
public record ModelPrice(
        double input,
        double output,
        @Nullable Double cachedInput,
        @Nullable Double cacheWrite,
        @Nullable Double cacheWrite1h,
        List<Tier> tiers) {

    private static final double MILLION = 1_000_000;

    /**
     * Sorts the tiers.
     *
     * @throws IllegalArgumentException when a price is negative or no number
     */
    public ModelPrice {
        requirePrice("input", input);
        requirePrice("output", output);
        requirePrice("cached_input", cachedInput);
        requirePrice("cache_write", cacheWrite);
        requirePrice("cache_write_1h", cacheWrite1h);
        tiers = tiers.stream()
                .sorted((one, other) -> Long.compare(one.aboveInputTokens, other.aboveInputTokens))
                .toList();
    }

    /** The prices of a model without a cache or tiers. */
    public ModelPrice(double input, double output) {
        this(input, output, null, null, null, List.of());
    }

    /**
     * The prices of a request whose prompt is longer than a bound.
     *
     * @param aboveInputTokens the bound: prompts of more tokens than this, cached ones included
     * @param cachedInput null for as much as plain prompt tokens of this tier
     * @param cacheWrite null for as much as plain prompt tokens of this tier
     */
    public record Tier(
            long aboveInputTokens,
            double input,
            double output,
            @Nullable Double cachedInput,
            @Nullable Double cacheWrite) {

        /** @throws IllegalArgumentException when a price is negative or no number */
        public Tier {
            requirePrice("input", input);
            requirePrice("output", output);
            requirePrice("cached_input", cachedInput);
            requirePrice("cache_write", cacheWrite);
        }
    }

    /** The cost in US dollars of what was used, with no regard to batches or discounts. */
    public double of(Usage usage) {
        ModelPrice effective = forPrompt(usage.totalInput());
        double perMillion = usage.input() * effective.input
                + usage.output() * effective.output
                + usage.cacheRead() * orInput(effective.cachedInput, effective)
                + usage.cacheWrite5m() * orInput(effective.cacheWrite, effective)
                + usage.cacheWrite1h() * effective.oneHourWrite();
        return perMillion / MILLION;
    }

    /** The cost in US dollars of a prompt and an answer of so many tokens, without a cache. Allocates nothing. */
    public double of(long promptTokens, long outputTokens) {
        for (int i = tiers.size() - 1; i >= 0; i--) {
            Tier tier = tiers.get(i);
            if (promptTokens > tier.aboveInputTokens) {
                return (promptTokens * tier.input + outputTokens * tier.output) / MILLION;
            }
        }
        return (promptTokens * input + outputTokens * output) / MILLION;
    }

    private ModelPrice forPrompt(long promptTokens) {
        for (Tier tier : tiers.reversed()) {
            if (promptTokens > tier.aboveInputTokens) {
                return new ModelPrice(
                        tier.input, tier.output, tier.cachedInput, tier.cacheWrite, tier.cacheWrite, List.of());
            }
        }
        return this;
    }

    private double oneHourWrite() {
        return cacheWrite1h != null ? cacheWrite1h : orInput(cacheWrite, this);
    }

    private static double orInput(@Nullable Double price, ModelPrice prices) {
        return price == null ? prices.input : price;
    }

    private static void requirePrice(String name, @Nullable Double price) {
        if (price != null && !(price >= 0 && Double.isFinite(price))) {
            throw new IllegalArgumentException(
                    "the price " + name + " is " + price + ": it must be a number of dollars from 0");
        }
    }
}
