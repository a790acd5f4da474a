package dev.llmgateway.routing.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
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

    @Test
    void aReplacementThatThereIsNoCardOfIsAProblem() {
        assertThat(ModelCatalog.of(List.of(replacedBy("a/1", "a/2"))).problems())
                .containsExactly("the replacement \"a/2\" of \"a/1\" is not in the catalog");
    }

    @Test
    void modelsThatReplaceEachOtherAreOneProblem() {
        ModelCatalog catalog = ModelCatalog.of(List.of(
                replacedBy("a/0", "a/1"),
                replacedBy("a/1", "a/2"),
                replacedBy("a/2", "a/3"),
                replacedBy("a/3", "a/1"),
                replacedBy("a/self", "a/self")));
        assertThat(catalog.problems())
                .containsExactly(
                        "these models replace each other in a circle: a/1 -> a/2 -> a/3 -> a/1",
                        "these models replace each other in a circle: a/self -> a/self");
    }

    @Test
    void aChainOfReplacementsIsNoProblem() {
        assertThat(ModelCatalog.of(List.of(replacedBy("a/1", "a/2"), replacedBy("a/2", "a/3"), replacedBy("a/3", null)))
                        .problems())
                .isEmpty();
    }

    private static ModelCard replacedBy(String id, @Nullable String replacement) {
        return ModelCard.builder(id, "openai", id)
                .lifecycle(new Lifecycle(Lifecycle.Status.DEPRECATED, null, replacement))
                .build();
    }
}
