package dev.llmgateway.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.routing.catalog.Capabilities;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.Lifecycle.Status;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.server.config.ConfigException;
import dev.llmgateway.server.config.ConfigFile;
import dev.llmgateway.server.config.ConfigProblem;
import dev.llmgateway.server.config.GatewayConfig;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperatorCardsTest {
    private static final String PROVIDERS = """
            [[providers]]
            id = "eu"
            provider_type = "openai"
            api_key = "k"
            [[providers]]
            id = "ollama"
            provider_type = "local"
            endpoint = "http://127.0.0.1:11434"
            """;
    private static final ModelCard KNOWN = ModelCard.builder("openai/known", "openai", "known-1")
            .name("Known")
            .limits(new ModelCard.Limits(100_000L, 80_000L, 4_000))
            .capabilities(new Capabilities(Set.of(Capability.VISION), Set.of(Capability.BATCH)))
            .price(new ModelPrice(1, 2, 0.5, 1.25, 2.0, List.of(new ModelPrice.Tier(50_000, 2, 4, 1.0, 2.5))))
            .lifecycle(new Lifecycle(Status.RETIRED, LocalDate.parse("2026-01-01"), "openai/other", null, "note"))
            .scores(new Scores(Map.of(
                    ScoreKind.CODING, new Scores.Score(0.5, "bench", 50.0),
                    ScoreKind.DOCUMENT, new Scores.Score(0.6, "bench", 60.0))))
            .build();
    private static final ModelCatalog CATALOG = ModelCatalog.of(
            List.of(KNOWN, ModelCard.builder("openai/other", "openai", "other").build()));

    private static List<ModelCard> cards(String models) {
        GatewayConfig config = ConfigFile.parse("c", PROVIDERS + models, name -> null);
        return OperatorCards.of(config.providers()).cards(config.models().cards(), CATALOG);
    }

    private static ModelCard card(String members) {
        return cards("[[models]]\n" + members).getFirst();
    }

    private static List<ConfigProblem> problems(String models) {
        return Objects.requireNonNull(catchThrowableOfType(ConfigException.class, () -> cards(models)))
                .problems();
    }

    @Test
    void whatIsNotSaidStaysAsTheCatalogHasIt() {
        assertThat(card("id = \"openai/known\"")).isEqualTo(KNOWN);
    }

    @Test
    void onlyWhatIsSaidChanges() {
        ModelCard card = card("""
                id = "openai/known"
                wire_id = "known-2"
                max_output_tokens = 8000
                ttft_ms = 300
                classifications = ["public", "internal", "cui"]
                scores.coding = 0.9
                scores.arena_elo = 1250
                price.output = 3
                """);
        assertThat(card.wireId()).isEqualTo("known-2");
        assertThat(card.name()).isEqualTo("Known");
        assertThat(card.limits()).isEqualTo(new ModelCard.Limits(100_000L, 80_000L, 8_000));
        assertThat(card.ttft()).isEqualTo(new ModelCard.Ttft(300, "config"));
        assertThat(card.classifications())
                .isEqualTo(Set.of(DataClassification.PUBLIC, DataClassification.INTERNAL, DataClassification.CUI));
        assertThat(card.scores().get(ScoreKind.CODING)).isEqualTo(new Scores.Score(0.9, "config", null));
        assertThat(card.scores().get(ScoreKind.DOCUMENT))
                .isEqualTo(KNOWN.scores().get(ScoreKind.DOCUMENT));
        assertThat(Objects.requireNonNull(card.scores().get(ScoreKind.ARENA)).value())
                .isEqualTo(0.5);
        assertThat(card.price())
                .isEqualTo(new ModelPrice(1, 3, 0.5, 1.25, 2.0, List.of(new ModelPrice.Tier(50_000, 2, 4, 1.0, 2.5))));
        assertThat(card.priceSource()).isEqualTo(new ModelCard.PriceSource("config", null, null));
        assertThat(card.capabilities()).isEqualTo(KNOWN.capabilities());
        assertThat(card.lifecycle()).isEqualTo(KNOWN.lifecycle());
    }

    @Test
    void capabilitiesThatAreSaidAreAllThatThereAre() {
        Capabilities capabilities =
                card("id = \"openai/known\"\ncapabilities = [\"tool_use\"]").capabilities();
        assertThat(capabilities.has(Capability.TOOL_USE)).isTrue();
        assertThat(capabilities.absent()).contains(Capability.VISION).hasSize(Capability.values().length - 1);
    }

    @Test
    void aModelThatEmbedsDoesNotChat() {
        assertThat(card("id = \"ollama/e\"\ncapabilities = [\"embeddings\"]").chats())
                .isFalse();
        assertThat(card("id = \"ollama/c\"\ncapabilities = [\"tool_use\"]").chats())
                .isTrue();
    }

    @Test
    void tiersThatAreSaidTakeThePlaceOfTheOthers() {
        ModelCard card = card("""
                id = "openai/known"
                [[models.price.tiers]]
                above_input_tokens = 10000
                input = 7
                """);
        assertThat(Objects.requireNonNull(card.price()).tiers())
                .containsExactly(new ModelPrice.Tier(10_000, 7, 2, 0.5, 1.25));
    }

    @Test
    void whoSaysThatAModelIsInUseTakesBackItsEnd() {
        assertThat(card("id = \"openai/known\"\nlifecycle.status = \"active\"").lifecycle())
                .isEqualTo(new Lifecycle(Status.ACTIVE, null, "openai/other", null, "note"));
        assertThat(card("id = \"openai/known\"\nlifecycle.status = \"deprecated\"")
                        .lifecycle()
                        .retireOn())
                .isEqualTo(LocalDate.parse("2026-01-01"));
    }

    @Test
    void aModelOfAConfiguredProviderIsServedThereOnly() {
        ModelCard card = card("id = \"eu/team/fine-tune\"");
        assertThat(card.vendor()).isEqualTo("openai");
        assertThat(card.onlyAt()).isEqualTo("eu");
        assertThat(card.wireId()).isEqualTo("team/fine-tune");
        assertThat(card.price()).isNull();
    }

    @Test
    void aNewModelIsOnlyKnownToStreamUntilMoreIsSaid() {
        assertThat(card("id = \"eu/x\"").capabilities())
                .isEqualTo(card("id = \"groq/x\"").capabilities())
                .isEqualTo(new Capabilities(Set.of(Capability.STREAMING), Set.of()));
        assertThat(card("id = \"eu/x\"\ncapabilities = [\"vision\"]").capabilities())
                .isEqualTo(Capabilities.exactly(Set.of(Capability.VISION)));
    }

    @Test
    void aModelOfAVendorIsServedByAllItsProviders() {
        for (String id : List.of("deepinfra/x", "deep_infra/x")) {
            ModelCard card = card("id = \"" + id + "\"");
            assertThat(card.vendor()).isEqualTo("deep_infra");
            assertThat(card.onlyAt()).isNull();
        }
        assertThat(card("id = \"azure/x\"").vendor()).isEqualTo("azure_openai");
    }

    @Test
    void whatNobodyServesIsRefusedWithWhatWouldBeRight() {
        assertThat(problems("[[models]]\nid = \"olama/x\"").getFirst())
                .hasToString(
                        "nobody serves the model \"olama/x\": did you mean \"ollama\"? before the slash stands the id"
                                + " of a provider or one of these: anthropic, azure, azure_openai, deep_infra, deepinfra, eu,"
                                + " google, groq, local, ollama, openai");
    }

    @Test
    void aNewPriceHasBothParts() {
        assertThat(problems("[[models]]\nid = \"ollama/x\"\nprice.input = 1"))
                .containsExactly(new ConfigProblem(
                        "the model \"ollama/x\" has a price without 'price.output'",
                        null,
                        "nothing is known of its price yet, so write both price.input and price.output",
                        "price.output"));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThat(problems("""
                        [[models]]
                        id = "nobody/x"
                        [[models]]
                        id = "ollama/x"
                        price.output = 1
                        [[models]]
                        id = "ollama/y"
                        price.input = 1
                        price.output = 1
                        price.tiers = [{above_input_tokens = 5}, {above_input_tokens = 5}]
                        """)).extracting(ConfigProblem::field).containsExactly("id", "price.input", "price.tiers");
    }
}
