package dev.llmgateway.routing.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LiveCatalogTest {
    private static final ModelCard SHIPPED =
            ModelCard.builder("openai/a", "openai", "a").build();

    private final LiveCatalog catalog = new LiveCatalog(ModelCatalog.of(List.of(SHIPPED)));

    @Test
    void whatIsDroppedShowsTheShippedCardAgain() {
        ModelCard said = SHIPPED.toBuilder().name("other").build();
        catalog.put(said);
        assertThat(catalog.snapshot().catalog().cards()).containsExactly(said);
        assertThat(catalog.drop("openai/a")).contains(said);
        assertThat(catalog.snapshot().catalog().cards()).containsExactly(SHIPPED);
    }

    @Test
    void whatWasChangedOfACardIsDroppedToo() {
        catalog.update("openai/a", card -> card.toBuilder().name("other").build());
        assertThat(catalog.drop("openai/a")).isPresent();
        assertThat(catalog.snapshot().catalog().cards()).containsExactly(SHIPPED);
    }

    @Test
    void aCardThatOnlyAnOperatorKnewIsGone() {
        catalog.put(ModelCard.builder("openai/b", "openai", "b").build());
        assertThat(catalog.drop("openai/b")).isPresent();
        assertThat(catalog.snapshot().catalog().card("openai/b")).isNull();
    }

    @Test
    void whereNothingWasSaidNothingIsDropped() {
        CatalogSnapshot before = catalog.snapshot();
        assertThat(catalog.drop("openai/a")).isEmpty();
        assertThat(catalog.drop("openai/z")).isEmpty();
        assertThat(catalog.snapshot()).isSameAs(before);
    }
}
