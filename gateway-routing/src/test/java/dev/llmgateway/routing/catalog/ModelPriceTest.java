package dev.llmgateway.routing.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.ir.Usage;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ModelPriceTest {
    private static final Offset<Double> EXACTLY = within(1e-12);
    private static final ModelPrice TIERED = new ModelPrice(
            1,
            10,
            0.1,
            1.25,
            2.0,
            List.of(new ModelPrice.Tier(500, 4, 40, null, null), new ModelPrice.Tier(100, 2, 20, 0.2, 2.5)));

    @Test
    void everyClassOfTokensIsPricedApart() {
        ModelPrice price = new ModelPrice(3, 15, 0.3, 3.75, 6.0, List.of());
        assertThat(price.of(new Usage(1_000_000, 0, 0, 0, 0, 0))).isCloseTo(3, EXACTLY);
        assertThat(price.of(new Usage(0, 1_000_000, 0, 0, 0, 0))).isCloseTo(0.3, EXACTLY);
        assertThat(price.of(new Usage(0, 0, 1_000_000, 0, 0, 0))).isCloseTo(3.75, EXACTLY);
        assertThat(price.of(new Usage(0, 0, 0, 1_000_000, 0, 0))).isCloseTo(6, EXACTLY);
        assertThat(price.of(new Usage(0, 0, 0, 0, 1_000_000, 500_000))).isCloseTo(15, EXACTLY);
    }

    @Test
    void tokensWithoutAPriceOfTheirOwnCostAsMuchAsThePrompt() {
        ModelPrice price = new ModelPrice(2.5, 10);
        assertThat(price.of(new Usage(0, 1_000_000, 0, 0, 0, 0))).isCloseTo(2.5, EXACTLY);
        assertThat(price.of(new Usage(0, 0, 1_000_000, 0, 0, 0))).isCloseTo(2.5, EXACTLY);
        assertThat(price.of(new Usage(0, 0, 0, 1_000_000, 0, 0))).isCloseTo(2.5, EXACTLY);
    }

    @Test
    void theTierOfThePromptHoldsForTheWholeRequest() {
        assertThat(TIERED.of(100, 10)).isCloseTo(200e-6, EXACTLY);
        assertThat(TIERED.of(101, 10)).isCloseTo(402e-6, EXACTLY);
        assertThat(TIERED.of(500, 10)).isCloseTo(1_200e-6, EXACTLY);
        assertThat(TIERED.of(501, 10)).isCloseTo(2_404e-6, EXACTLY);
    }

    @Test
    void whatWasUsedCostsAsMuchAsWasEstimated() {
        for (long prompt : new long[] {0, 1, 100, 101, 500, 501, 1_000_000}) {
            assertThat(TIERED.of(new Usage(prompt, 0, 0, 0, 7, 0))).isCloseTo(TIERED.of(prompt, 7), EXACTLY);
        }
    }

    @Test
    void cachedTokensCountTowardsTheBoundOfATier() {
        assertThat(TIERED.of(new Usage(1, 99, 0, 0, 0, 0))).isCloseTo(1e-6 + 9.9e-6, EXACTLY);
        assertThat(TIERED.of(new Usage(1, 100, 0, 0, 0, 0))).isCloseTo(2e-6 + 20e-6, EXACTLY);
        assertThat(TIERED.of(new Usage(1, 50, 50, 0, 0, 0))).isCloseTo(2e-6 + 10e-6 + 125e-6, EXACTLY);
    }

    @Test
    void aTierWithoutCachePricesCountsCachedTokensAsPrompt() {
        assertThat(TIERED.of(new Usage(0, 600, 0, 0, 0, 0))).isCloseTo(2_400e-6, EXACTLY);
    }

    @Test
    void aTierRaisesOneHourWritesAsTheOthers() {
        assertThat(TIERED.of(new Usage(0, 0, 0, 50, 0, 0))).isCloseTo(100e-6, EXACTLY);
        assertThat(TIERED.of(new Usage(0, 0, 0, 200, 0, 0))).isCloseTo(200 * 4e-6, EXACTLY);
    }

    @Test
    void aPriceIsANumberFromZero() {
        assertThatThrownBy(() -> new ModelPrice(-1, 2)).hasMessageContaining("the price input is -1.0");
        assertThatThrownBy(() -> new ModelPrice(1, Double.NaN)).hasMessageContaining("the price output is NaN");
        assertThatThrownBy(() -> new ModelPrice.Tier(1, 1, 1, -0.5, null)).hasMessageContaining("cached_input");
    }
}
