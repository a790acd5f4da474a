package dev.llmgateway.routing.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.ir.Usage;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModelCatalogTest {
    private final ModelCatalog shipped = ModelCatalog.shipped();

    @Test
    void theShippedCatalogHasModelsOfAllHostedVendors() {
        assertThat(shipped.cards())
                .extracting(ModelCard::vendor)
                .contains("openai", "anthropic", "google", "groq", "deep_infra", "azure_openai");
    }

    @Test
    void everyShippedCardIsPlausible() {
        assertThat(shipped.cards()).allSatisfy(card -> {
            assertThat(card.id()).matches("[a-z]+/[a-z0-9.-]+");
            assertThat(card.limits().contextWindow()).isGreaterThan(1_000);
            assertThat(card.price()).isNotNull();
            assertThat(shipped.card(card.id())).isSameAs(card);
            assertThat(shipped.served(card.vendor(), card.wireId())).isSameAs(card);
        });
    }

    @Test
    void everyClassOfTokensIsPricedApart() {
        ModelPrice price = Objects.requireNonNull(Objects.requireNonNull(shipped.card("anthropic/claude-sonnet-4-5"))
                .price());
        assertThat(price.of(new Usage(1_000_000, 0, 0, 0, 0, 0))).isCloseTo(3, within(1e-9));
        assertThat(price.of(new Usage(0, 1_000_000, 0, 0, 0, 0))).isCloseTo(0.3, within(1e-9));
        assertThat(price.of(new Usage(0, 0, 1_000_000, 0, 0, 0))).isCloseTo(3.75, within(1e-9));
        assertThat(price.of(new Usage(0, 0, 0, 1_000_000, 0, 0))).isCloseTo(6, within(1e-9));
        assertThat(price.of(new Usage(0, 0, 0, 0, 1_000_000, 500_000))).isCloseTo(15, within(1e-9));
    }

    @Test
    void tokensWithoutAPriceOfTheirOwnCostAsMuchAsThePrompt() {
        ModelPrice price = Objects.requireNonNull(
                Objects.requireNonNull(shipped.card("openai/gpt-4o")).price());
        assertThat(price.of(new Usage(0, 0, 1_000_000, 0, 0, 0))).isCloseTo(2.5, within(1e-9));
    }

    @Test
    void twoCardsOfOneIdAreRefused() {
        ModelCard card = ModelCard.builder("a/b", "openai", "b").build();
        assertThatThrownBy(() -> ModelCatalog.of(List.of(card, card))).hasMessageContaining("\"a/b\"");
    }
}
