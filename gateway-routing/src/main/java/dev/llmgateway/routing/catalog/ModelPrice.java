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
 * @param cacheWrite1h prompt tokens written to a one-hour cache; null for as much as other writes. Tiers have no price for
 *     these: they raise it as they raise the other writes
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

    /** The cost in US dollars of what was used, with no regard to batches or discounts. Allocates nothing. */
    public double of(Usage usage) {
        Tier tier = tier(usage.totalInput());
        double perInput = tier == null ? input : tier.input;
        double perOutput = tier == null ? output : tier.output;
        double perRead = or(tier == null ? cachedInput : tier.cachedInput, perInput);
        double perWrite = or(tier == null ? cacheWrite : tier.cacheWrite, perInput);
        double perMillion = usage.input() * perInput
                + usage.output() * perOutput
                + usage.cacheRead() * perRead
                + usage.cacheWrite5m() * perWrite
                + usage.cacheWrite1h() * (tier == null ? or(cacheWrite1h, perWrite) : perWrite * oneHourFactor());
        return perMillion / MILLION;
    }

    /** The cost in US dollars of a prompt and an answer of so many tokens, without a cache. Allocates nothing. */
    public double of(long promptTokens, long outputTokens) {
        Tier tier = tier(promptTokens);
        return tier == null
                ? (promptTokens * input + outputTokens * output) / MILLION
                : (promptTokens * tier.input + outputTokens * tier.output) / MILLION;
    }

    private @Nullable Tier tier(long promptTokens) {
        for (int i = tiers.size() - 1; i >= 0; i--) {
            if (promptTokens > tiers.get(i).aboveInputTokens) {
                return tiers.get(i);
            }
        }
        return null;
    }

    /** How many times as much as another write to the cache one for an hour costs. */
    private double oneHourFactor() {
        double write = or(cacheWrite, input);
        return cacheWrite1h == null || write == 0 ? 1 : cacheWrite1h / write;
    }

    private static double or(@Nullable Double price, double otherwise) {
        return price == null ? otherwise : price;
    }

    private static void requirePrice(String name, @Nullable Double price) {
        if (price != null && !(price >= 0 && Double.isFinite(price))) {
            throw new IllegalArgumentException(
                    "the price " + name + " is " + price + ": it must be a number of dollars from 0");
        }
    }
}
