package dev.llmgateway.routing.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelCatalogTest {

    @Test
    void theFirstCardOfAWireIdIsFound() {
        ModelCard first = ModelCard.builder("a/one", "openai", "gpt").build();
        ModelCard second = ModelCard.builder("a/two", "openai", "gpt").build();
        ModelCard elsewhere = ModelCard.builder("b/one", "groq", "gpt").build();
        ModelCatalog catalog = ModelCatalog.of(List.of(elsewhere, first, second));
        assertThat(catalog.served("openai", "gpt")).isSameAs(first);
        assertThat(catalog.served("groq", "gpt")).isSameAs(elsewhere);
        assertThat(catalog.served("local", "gpt")).isNull();
        assertThat(catalog.cards()).containsExactly(elsewhere, first, second);
    }

    @Test
    void twoCardsOfOneIdAreRefused() {
        ModelCard card = ModelCard.builder("a/b", "openai", "b").build();
        assertThatThrownBy(() -> ModelCatalog.of(List.of(card, card))).hasMessageContaining("\"a/b\"");
    }
}
