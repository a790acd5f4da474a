package dev.llmgateway.routing;

import static dev.llmgateway.api.routing.DataClassification.CLASSIFIED;
import static dev.llmgateway.api.routing.DataClassification.CUI;
import static dev.llmgateway.api.routing.DataClassification.INTERNAL;
import static dev.llmgateway.api.routing.DataClassification.ITAR;
import static dev.llmgateway.api.routing.DataClassification.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.routing.catalog.Upstream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoutingTableTest {

    private static final ModelCard GPT = card("openai/gpt", "openai", "gpt-1").build();
    private static final ModelCard AZURE_GPT =
            card("azure/gpt", "azure_openai", "gpt-1").build();
    private static final ModelCard LLAMA =
            card("local/llama", "local", "llama:8b").build();

    private static final Upstream OPENAI = Upstream.named("my-openai", "openai");
    private static final Upstream BACKUP = Upstream.named("backup", "openai");
    private static final Upstream AZURE = Upstream.named("azure", "azure_openai");
    private static final Upstream OLLAMA = Upstream.named("ollama", "local");

    @Test
    void holdsEveryCardAtEveryProviderThatServesIt() {
        RoutingTable table = table(List.of(GPT, AZURE_GPT, LLAMA), BACKUP, OPENAI, AZURE);

        assertThat(candidates(table.entries())).containsExactly("backup/gpt-1", "my-openai/gpt-1", "azure/gpt-1");
        assertThat(candidates(table.byCard("openai/gpt"))).containsExactly("backup/gpt-1", "my-openai/gpt-1");
        assertThat(candidates(table.byWireId("gpt-1")))
                .containsExactly("backup/gpt-1", "my-openai/gpt-1", "azure/gpt-1");
        assertThat(candidates(table.byPlainName("gpt"))).hasSize(3);
        assertThat(table.byCard("local/llama")).isEmpty();
        assertThat(table.upstream("backup")).isEqualTo(BACKUP);
        assertThat(table.upstream("openai")).isNull();
    }

    @Test
    void aDeploymentWithoutACardIsFoundByItsWireId() {
        Upstream deployment = new Upstream(AZURE.provider(), "azure_openai", "my-deployment", null);
        RoutingTable table = table(List.of(AZURE_GPT), deployment);

        assertThat(candidates(table.byWireId("my-deployment"))).containsExactly("azure/my-deployment");
        assertThat(table.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.card()).isNull());
    }

    @Test
    void aModelAtAProviderIsItsCardWhereThereIsOne() {
        RoutingTable table = table(List.of(GPT), BACKUP, OPENAI);

        assertThat(table.at(OPENAI, "gpt-1").card()).isEqualTo(GPT);
        assertThat(table.at(OPENAI, "gpt-2").card()).isNull();
        assertThat(table.at(OPENAI, "gpt-2").candidate().card()).isEqualTo("my-openai/gpt-2");
    }

    @Test
    void knowsWhatItsProviderListsNoMore() {
        CatalogSnapshot snapshot = new CatalogSnapshot(
                7, ModelCatalog.of(List.of(GPT)), List.of(OPENAI, BACKUP), Map.of("backup", Set.of("gpt-1")));

        assertThat(RoutingTable.of(snapshot).entries())
                .extracting(entry -> entry.delisted)
                .containsExactly(false, true);
    }

    @Test
    void usuallyAModelMaySeeInternalDataAndOneOfOnesOwnAll() {
        assertThat(authorised(GPT, OPENAI)).containsExactlyInAnyOrder(PUBLIC, INTERNAL);
        assertThat(authorised(LLAMA, OLLAMA)).containsExactly(DataClassification.values());
    }

    @Test
    void aCardsLevelsAreExactlyThese() {
        assertThat(authorised(allowed(GPT, CUI, CLASSIFIED), OPENAI)).containsExactlyInAnyOrder(CUI, CLASSIFIED);
        assertThat(authorised(allowed(LLAMA, PUBLIC), OLLAMA)).containsExactly(PUBLIC);
    }

    @Test
    void aProvidersHighestLevelRaisesTheUsualOnesAndNarrowsACards() {
        assertThat(authorised(GPT, upTo(OPENAI, ITAR))).containsExactly(PUBLIC, INTERNAL, CUI, ITAR);
        assertThat(authorised(LLAMA, upTo(OLLAMA, PUBLIC))).containsExactly(PUBLIC);
        assertThat(authorised(allowed(GPT, CUI, CLASSIFIED), upTo(OPENAI, ITAR)))
                .containsExactly(CUI);
    }

    @Test
    void nobodyBillsAModelOfOnesOwnUnlessItsCardSaysSo() {
        ModelPrice price = new ModelPrice(1, 2);

        assertThat(price(LLAMA, OLLAMA)).isEqualTo(new ModelPrice(0, 0));
        assertThat(price(LLAMA.toBuilder().price(price).build(), OLLAMA)).isEqualTo(price);
        assertThat(price(GPT, OPENAI)).isNull();
    }

    @Test
    void qualityIsTheMeanOfTheScoresThatAreKnown() {
        ModelCard scored = GPT.toBuilder()
                .scores(new Scores(Map.of(
                        ScoreKind.CODING, new Scores.Score(0.9, "test", null),
                        ScoreKind.INSTRUCTION, new Scores.Score(0.3, "test", null))))
                .build();
        TableEntry entry = table(List.of(scored), OPENAI).entries().getFirst();

        assertThat(entry.quality(RoutingProfile.CODE, null)).isEqualTo(0.9);
        assertThat(entry.quality(RoutingProfile.REALTIME, null)).isEqualTo(0.3);
        assertThat(entry.quality(RoutingProfile.BALANCED, null)).isEqualTo(0.6);
        assertThat(entry.quality(RoutingProfile.REASONING_FIRST, null)).isNaN();
        assertThat(entry.quality(ownProfile(), null)).isEqualTo(0.75);
    }

    private static RoutingProfile ownProfile() {
        return new RoutingProfile(
                "own",
                "tests",
                1,
                0,
                RoutingProfile.BATCH.latency(),
                Map.of(ScoreKind.CODING, 3.0, ScoreKind.INSTRUCTION, 1.0, ScoreKind.ARENA, 5.0),
                Set.of(),
                false);
    }

    private static Set<DataClassification> authorised(ModelCard card, Upstream upstream) {
        return table(List.of(card), upstream).entries().getFirst().authorisedLevels();
    }

    private static @Nullable ModelPrice price(ModelCard card, Upstream upstream) {
        return table(List.of(card), upstream).entries().getFirst().price;
    }

    private static ModelCard allowed(ModelCard card, DataClassification... levels) {
        return card.toBuilder().classifications(Set.of(levels)).build();
    }

    private static Upstream upTo(Upstream upstream, DataClassification highest) {
        return new Upstream(upstream.provider(), upstream.vendor(), null, highest);
    }

    private static List<String> candidates(List<TableEntry> entries) {
        return entries.stream().map(entry -> entry.candidate().toString()).toList();
    }

    private static RoutingTable table(List<ModelCard> cards, Upstream... upstreams) {
        return RoutingTable.of(CatalogSnapshot.of(ModelCatalog.of(cards), Arrays.asList(upstreams)));
    }

    private static ModelCard.Builder card(String id, String vendor, String wireId) {
        return ModelCard.builder(id, vendor, wireId);
    }
}
