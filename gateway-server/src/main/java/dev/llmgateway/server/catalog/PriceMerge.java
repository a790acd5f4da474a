package dev.llmgateway.server.catalog;

import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.server.config.ConfigProblem;
import dev.llmgateway.server.config.ModelCardConfig;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts what an operator says about a price over what is known of it.
 *
 * @param word what the operator says
 * @param problems where to tell what is wrong
 */
record PriceMerge(ModelCardConfig word, List<ConfigProblem> problems) {

    boolean saysAnything() {
        return !said().equals(new ModelCardConfig.Price(null, null, null, null, List.of()));
    }

    private ModelCardConfig.Price said() {
        return word.price();
    }

    /** The price; null when a part of it is missing, which has then become a problem. */
    @Nullable
    ModelPrice over(@Nullable ModelPrice known) {
        Double input = or(said().input(), known == null ? null : Double.valueOf(known.input()));
        Double output = or(said().output(), known == null ? null : Double.valueOf(known.output()));
        if (input == null || output == null) {
            String missing = input == null ? "price.input" : "price.output";
            problems.add(new ConfigProblem(
                    "the model \"" + word.id() + "\" has a price without '" + missing + "'",
                    null,
                    "nothing is known of its price yet, so write both price.input and price.output",
                    missing));
            return null;
        }
        Double cachedInput = or(said().cachedInput(), known == null ? null : known.cachedInput());
        Double cacheWrite = or(said().cacheWrite(), known == null ? null : known.cacheWrite());
        ModelPrice below = new ModelPrice(
                input,
                output,
                cachedInput,
                cacheWrite,
                known == null ? null : known.cacheWrite1h(),
                known == null ? List.of() : known.tiers());
        return said().tiers().isEmpty() ? below : withTiers(below);
    }

    private ModelPrice withTiers(ModelPrice below) {
        List<ModelPrice.Tier> tiers =
                said().tiers().stream().map(tier -> tier(tier, below)).toList();
        long bounds =
                tiers.stream().map(ModelPrice.Tier::aboveInputTokens).distinct().count();
        if (bounds < tiers.size()) {
            problems.add(new ConfigProblem(
                    "two price.tiers of the model \"" + word.id() + "\" have the same above_input_tokens",
                    null,
                    "keep one of them",
                    "price.tiers"));
        }
        return new ModelPrice(
                below.input(), below.output(), below.cachedInput(), below.cacheWrite(), below.cacheWrite1h(), tiers);
    }

    private static ModelPrice.Tier tier(ModelCardConfig.PriceTier tier, ModelPrice below) {
        return new ModelPrice.Tier(
                tier.aboveInputTokens(),
                tier.input() == null ? below.input() : tier.input().doubleValue(),
                tier.output() == null ? below.output() : tier.output().doubleValue(),
                or(tier.cachedInput(), below.cachedInput()),
                below.cacheWrite());
    }

    private static @Nullable Double or(@Nullable BigDecimal said, @Nullable Double known) {
        return said == null ? known : Double.valueOf(said.doubleValue());
    }
}
