package dev.llmgateway.routing.catalog;

import static dev.llmgateway.api.routing.DataClassification.CLASSIFIED;
import static dev.llmgateway.api.routing.DataClassification.CUI;
import static dev.llmgateway.api.routing.DataClassification.INTERNAL;
import static dev.llmgateway.api.routing.DataClassification.ITAR;
import static dev.llmgateway.api.routing.DataClassification.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.spi.RouteTarget;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CatalogClearancesTest {

    private static final Upstream OPENAI = Upstream.named("openai", "openai");
    private static final Upstream OWN = Upstream.named("own", "local");
    private static final Upstream CLEARED = new Upstream(new NameOnlyProvider("cleared"), "openai", null, ITAR);
    private static final Upstream DEPLOYMENT = new Upstream(new NameOnlyProvider("azure"), "openai", "gpt-2", ITAR);

    private static final ModelCard PLAIN = card("openai/plain", "gpt-1", null);
    private static final ModelCard NARROW = card("openai/narrow", "gpt-2", Set.of(PUBLIC, CUI));

    private final LiveCatalog catalog = new LiveCatalog(ModelCatalog.of(List.of(PLAIN, NARROW)));
    private final CatalogClearances clearances = new CatalogClearances(catalog);

    CatalogClearancesTest() {
        List.of(OPENAI, OWN, CLEARED, DEPLOYMENT).forEach(catalog::add);
    }

    private static ModelCard card(String id, String wireId, Set<DataClassification> levels) {
        ModelCard.Builder card = ModelCard.builder(id, "openai", wireId);
        return levels == null ? card.build() : card.classifications(levels).build();
    }

    private Set<DataClassification> of(Upstream upstream, String model) {
        return clearances.of(new RouteTarget(upstream.provider(), model));
    }

    @Test
    void saysWhatTheRouterGoesBy() {
        for (Upstream upstream : catalog.snapshot().upstreams()) {
            for (ModelCard card : upstream.served(catalog.snapshot().catalog())) {
                assertThat(of(upstream, card.wireId())).isEqualTo(upstream.authorises(card));
            }
        }
        assertThat(of(OPENAI, "gpt-1")).containsExactlyInAnyOrder(PUBLIC, INTERNAL);
        assertThat(of(OPENAI, "gpt-2")).containsExactlyInAnyOrder(PUBLIC, CUI);
        assertThat(of(CLEARED, "gpt-1")).containsExactlyInAnyOrder(PUBLIC, INTERNAL, CUI, ITAR);
        assertThat(of(OWN, "llama")).contains(CLASSIFIED);
    }

    @Test
    void aProviderOfOneModelIsJudgedByThatOneWhateverNameItIsGiven() {
        assertThat(of(DEPLOYMENT, "something-else")).containsExactlyInAnyOrder(PUBLIC, CUI);
    }

    @Test
    void aProviderIsNotKnownByItsIdAlone() {
        Upstream impostor = Upstream.named("own", "local");

        assertThat(of(impostor, "llama")).isEmpty();
        assertThat(of(Upstream.named("stranger", "local"), "llama")).isEmpty();
    }

    @Test
    void followsEveryChangeOfTheCatalogAtOnce() {
        assertThat(of(OPENAI, "gpt-1")).contains(INTERNAL);
        catalog.put(PLAIN.toBuilder().classifications(Set.of(PUBLIC)).build());
        assertThat(of(OPENAI, "gpt-1")).containsExactly(PUBLIC);
        catalog.remove("openai");
        assertThat(of(OPENAI, "gpt-1")).isEmpty();
    }

    @Test
    void ofSeveralCardsOfAModelWhatAllAllowIsAllowed() {
        catalog.put(card("openai/narrow-too", "gpt-2", Set.of(PUBLIC, INTERNAL)));

        assertThat(of(OPENAI, "gpt-2")).containsExactly(PUBLIC);
    }
}
