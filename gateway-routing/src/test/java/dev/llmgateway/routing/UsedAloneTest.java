package dev.llmgateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.Resolution;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.routing.catalog.Capabilities;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an application does that only wants decisions: nothing here but public types, and no provider is called. */
class UsedAloneTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final Upstream OPENAI = Upstream.named("openai", "openai");

    private final CatalogSnapshot catalog = CatalogSnapshot.of(
            ModelCatalog.of(List.of(
                    ModelCard.builder("openai/sees", "openai", "sees-1")
                            .capabilities(Capabilities.exactly(Set.of(Capability.VISION)))
                            .price(new ModelPrice(1, 4))
                            .build(),
                    ModelCard.builder("openai/blind", "openai", "blind-1")
                            .capabilities(Capabilities.exactly(Set.of(Capability.TOOL_USE)))
                            .price(new ModelPrice(0.5, 2))
                            .build())),
            List.of(OPENAI));
    private final RoutingTable table = RoutingTable.of(catalog);
    private final RoutingEngine engine = new RoutingEngine();

    @Test
    void aCatalogAndRequirementsMakeADecision() {
        RoutingDecision decision =
                engine.decide(table, RoutingQuery.auto(RoutingProfile.CODE, needing(Capability.VISION), TODAY));

        assertThat(decision.chain()).extracting(step -> step.candidate().card()).containsExactly("openai/sees");
        assertThat(decision.eliminated()).singleElement().satisfies(out -> {
            assertThat(out.candidate().card()).isEqualTo("openai/blind");
            assertThat(out.sentence()).isEqualTo("needs vision; card says no");
        });
        assertThat(decision.summary()).isEqualTo("auto -> openai/sees-1 (ranked); 1 eliminated");
    }

    @Test
    void aModelMayBeNamed() {
        RoutingDecision decision = engine.decide(
                table,
                new RoutingQuery(
                        Resolution.of("openai/blind", Resolution.Match.CARD),
                        table.byCard("openai/blind"),
                        RoutingProfile.BALANCED,
                        needing(),
                        TODAY,
                        null));

        assertThat(decision.summary())
                .startsWith("openai/blind -> openai/blind-1 (pinned), then openai/sees-1 (ranked)");
    }

    @Test
    void aProviderThatIsOnlyANameCannotBeCalled() {
        assertThatThrownBy(() -> OPENAI.provider().models(Duration.ofSeconds(1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("\"openai\" is only a name");
    }

    private static Requirements needing(Capability... capabilities) {
        return new Requirements(DataClassification.INTERNAL, Set.of(capabilities), 1_000, null, null);
    }
}
