package dev.llmgateway.routing.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.spi.NamedProvider;
import dev.llmgateway.ir.codec.ModelInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LiveCatalogListTest {

    private static final ModelCard SHIPPED =
            ModelCard.builder("openai/gpt", "openai", "gpt").build();
    private static final ModelCard DATED = ModelCard.builder("openai/claude", "openai", "claude-4-20251101")
            .lifecycle(new Lifecycle(Lifecycle.Status.LEGACY, null, "openai/gpt"))
            .build();

    private final LiveCatalog catalog = new LiveCatalog(ModelCatalog.of(List.of(SHIPPED, DATED)));
    private final Upstream openai = upstream("openai", "openai");
    private final Upstream second = upstream("second", "openai");
    private final Upstream ollama = upstream("ollama", "local");

    @Test
    void aModelThatNobodyKnowsGetsACardOfItsOwn() {
        ListingChange change = list(
                ollama, new ModelInfo("hf.co/some/model:q4", "Some model", 1, null, null, 8192L, 2048), info("plain"));

        assertThat(change).isEqualTo(new ListingChange(2, 0, 0, 0, List.of()));
        assertThat(card("ollama/hf.co/some/model:q4"))
                .isEqualTo(ModelCard.builder("ollama/hf.co/some/model:q4", "local", "hf.co/some/model:q4")
                        .onlyAt("ollama")
                        .name("Some model")
                        .capabilities(new Capabilities(Set.of(Capability.STREAMING), Set.of()))
                        .limits(new ModelCard.Limits(8192L, null, 2048))
                        .build());
        assertThat(card("ollama/plain").name()).isEqualTo("plain");
    }

    @Test
    void aModelWhoseNameTellsThatItDoesNotChatIsNotChosenByItself() {
        list(ollama, "nomic-embed-text:latest", "whisper-large-v3", "gpt-4o-mini-tts", "omni-moderation", "x/BGE-m3");
        assertThat(catalog.snapshot().catalog().cards())
                .filteredOn(card -> card.vendor().equals("local"))
                .hasSize(5)
                .noneMatch(ModelCard::chats);

        list(ollama, "llama3.2:latest", "embedded-systems-expert", "llava-imagery");
        assertThat(catalog.snapshot().catalog().cards())
                .filteredOn(ModelCard::chats)
                .hasSize(5);
    }

    @Test
    void theNameOfADayStandsForTheModel() {
        ListingChange change = list(openai, "gpt-2026-01-01", "gpt-20260101", "gpt", "claude-4");

        assertThat(change).isEqualTo(new ListingChange(0, 0, 0, 4, List.of()));
    }

    @Test
    void theNamesOfTwoDaysAreTwoModels() {
        assertThat(list(openai, "claude-4-20260101", "gpt-mini", "gpt-1234").added())
                .isEqualTo(3);
    }

    @Test
    void aModelThatVanishesIsRetiredThereAndComesBack() {
        list(openai, "gpt", "new");
        list(second, "gpt");

        assertThat(list(openai, "other")).isEqualTo(new ListingChange(1, 2, 0, 0, List.of()));
        assertThat(catalog.snapshot().delisted()).isEqualTo(Map.of("openai", Set.of("gpt", "new")));
        assertThat(card("openai/new")).isNotNull();
        assertThat(list(openai, "gpt", "other")).isEqualTo(new ListingChange(0, 0, 1, 1, List.of()));
        assertThat(catalog.snapshot().isDelisted(openai, "gpt")).isFalse();
        assertThat(catalog.snapshot().isDelisted(openai, "new")).isTrue();
    }

    @Test
    void whatWasNeverListedIsLeftAlone() {
        assertThat(list(openai, "other").retired()).isZero();
        assertThat(catalog.snapshot().delisted()).isEmpty();
    }

    @Test
    void anOperatorsOwnCardIsNeverDelisted() {
        list(openai, "gpt", "new");
        catalog.put(SHIPPED.toBuilder().name("Mine").build());

        list(openai, "new");

        assertThat(catalog.snapshot().isDelisted(openai, "gpt")).isFalse();
    }

    @Test
    void aChangedScoreDoesNotMakeACardTheOperators() {
        list(openai, "gpt", "new");
        catalog.update("openai/gpt", card -> card.toBuilder().name("Renamed").build());

        list(openai, ending("new", "2027-01-01"));

        assertThat(catalog.snapshot().isDelisted(openai, "gpt")).isTrue();
        assertThat(card("openai/gpt").name()).isEqualTo("Renamed");
    }

    @Test
    void aChangeOfACardThatIsNotThereWaitsUntilItsModelIsListed() {
        catalog.updateWhenListed(
                "ollama/plain", card -> card.toBuilder().name("Renamed").build());
        catalog.updateWhenListed(
                "openai/gpt", card -> card.toBuilder().name("At once").build());
        assertThat(catalog.snapshot().catalog().card("ollama/plain")).isNull();
        assertThat(card("openai/gpt").name()).isEqualTo("At once");

        list(ollama, "plain", "other");

        assertThat(card("ollama/plain").name()).isEqualTo("Renamed");
        assertThat(card("ollama/other").name()).isEqualTo("other");
    }

    @Test
    void anAnnouncedEndGoesIntoTheLifeOfTheCard() {
        list(openai, ending("gpt", "2027-02-01"), ending("claude-4", "2026-12-31T23:00:00-05:00"));

        assertThat(card("openai/gpt").lifecycle())
                .isEqualTo(new Lifecycle(Lifecycle.Status.DEPRECATED, LocalDate.of(2027, 2, 1), null));
        assertThat(card("openai/claude").lifecycle())
                .isEqualTo(new Lifecycle(Lifecycle.Status.DEPRECATED, LocalDate.of(2027, 1, 1), "openai/gpt"));

        list(openai, ending("gpt", "2027-03-01"), info("claude-4"));

        assertThat(card("openai/gpt").lifecycle().retireOn()).isEqualTo(LocalDate.of(2027, 3, 1));
        assertThat(card("openai/claude").lifecycle()).isEqualTo(DATED.lifecycle());
    }

    @Test
    void aModelLivesAsLongAsItsLongestName() {
        list(openai, ending("gpt-2026-01-01", "2027-01-01"), ending("gpt-2026-06-01", "2027-06-01"));
        assertThat(card("openai/gpt").lifecycle().retireOn()).isEqualTo(LocalDate.of(2027, 6, 1));

        list(openai, ending("gpt-2026-01-01", "2027-01-01"), info("gpt-2026-06-01"));
        assertThat(card("openai/gpt").lifecycle()).isEqualTo(Lifecycle.ACTIVE);

        list(openai, ending("gpt-2026-01-01", "2027-01-01"), info("gpt"));
        assertThat(card("openai/gpt").lifecycle()).isEqualTo(Lifecycle.ACTIVE);
    }

    @Test
    void anEndThatIsNoDateIsIgnoredAndTold() {
        ListingChange change = list(
                openai,
                ending("gpt", "soon"),
                ending("a", "2027-13-01"),
                ending("b", "9".repeat(100)),
                ending("c", ""));

        assertThat(card("openai/gpt").lifecycle()).isEqualTo(Lifecycle.ACTIVE);
        assertThat(change.notes())
                .containsExactly("3 models listed with a shutdown date that is no ISO 8601 date; the date is ignored");
    }

    @Test
    void anOperatorsWordOnALifeHidesTheVendors() {
        Lifecycle mine = new Lifecycle(Lifecycle.Status.LEGACY, LocalDate.of(2030, 1, 1), null);
        catalog.put(SHIPPED.toBuilder().lifecycle(mine).build());
        catalog.put(DATED.toBuilder().name("Only the name").build());

        list(openai, ending("gpt", "2027-02-01"), ending("claude-4", "2027-02-01"));

        assertThat(card("openai/gpt").lifecycle()).isEqualTo(mine);
        assertThat(card("openai/claude").lifecycle().retireOn()).isEqualTo(LocalDate.of(2027, 2, 1));
    }

    @Test
    void aCardMadeOfWhatIsKnownDoesNotFreezeAnAnnouncedEnd() {
        list(openai, ending("gpt", "2027-02-01"));
        catalog.put(now -> Objects.requireNonNull(now.catalog().card("openai/gpt")).toBuilder()
                .name("Renamed")
                .build());
        assertThat(card("openai/gpt").lifecycle().retireOn()).isEqualTo(LocalDate.of(2027, 2, 1));

        list(openai, ending("gpt", "2028-03-01"));

        assertThat(card("openai/gpt").name()).isEqualTo("Renamed");
        assertThat(card("openai/gpt").lifecycle().retireOn()).isEqualTo(LocalDate.of(2028, 3, 1));
    }

    @Test
    void aChangedScoreDoesNotFreezeAnAnnouncedEnd() {
        list(openai, ending("gpt", "2027-02-01"));
        catalog.update("openai/gpt", card -> card.toBuilder().name("Renamed").build());

        list(openai, info("gpt"));

        assertThat(card("openai/gpt").name()).isEqualTo("Renamed");
        assertThat(card("openai/gpt").lifecycle()).isEqualTo(Lifecycle.ACTIVE);
    }

    @Test
    void aHugeListIsReadSoFarAndRetiresNothing() {
        list(openai, "gpt");

        ListingChange change = list(
                openai, IntStream.range(0, 6000).mapToObj(i -> "model-" + i).toArray(String[]::new));

        assertThat(change.added()).isEqualTo(5000);
        assertThat(change.retired()).isZero();
        assertThat(change.notes()).singleElement().asString().contains("only the first 5000");
        assertThat(catalog.snapshot().delisted()).isEmpty();
    }

    @Test
    void listsThatChangeAllTheTimeDoNotFillTheCatalog() {
        for (int round = 0; round < 4; round++) {
            int first = round * 5000;
            list(
                    openai,
                    IntStream.range(first, first + 5000)
                            .mapToObj(i -> "model-" + i)
                            .toArray(String[]::new));
        }

        assertThat(catalog.snapshot().catalog().cards()).hasSize(5002);
        assertThat(list(second, "still-fits").added()).isEqualTo(1);
    }

    @Test
    void aFullProvidersDroppedModelsMakeRoomForNewOnes() {
        String[] flood = IntStream.range(0, 5000).mapToObj(i -> "flood-" + i).toArray(String[]::new);
        list(openai, flood);

        assertThat(list(openai, "gpt", "flood-7", "honest").notes())
                .containsExactly("1 model passed over: the catalog holds no more models from lists");
        ListingChange next = list(openai, "gpt", "flood-7", "honest");

        assertThat(next).isEqualTo(new ListingChange(1, 0, 0, 2, List.of()));
        assertThat(card("openai/honest").wireId()).isEqualTo("honest");
        assertThat(card("openai/flood-7").wireId()).isEqualTo("flood-7");
        assertThat(catalog.snapshot().catalog().cards()).hasSize(5002);
        assertThat(catalog.snapshot().delisted().get("openai")).hasSize(4998);
    }

    @Test
    void theIdOfAnotherCardIsNotTaken() {
        ModelCard other = ModelCard.builder("ollama/x", "openai", "y").build();
        catalog.put(other);

        ListingChange change = list(ollama, "x");

        assertThat(change.notes()).containsExactly("1 model passed over: another card has that id");
        assertThat(card("ollama/x")).isEqualTo(other);
    }

    @Test
    void aCardOfTheOperatorTakesThePlaceOfTheListsOne() {
        list(ollama, "x");
        ModelCard mine = ModelCard.builder("mine/x", "local", "x").name("Mine").build();
        catalog.put(mine);

        assertThat(list(ollama, "x").unchanged()).isEqualTo(1);
        assertThat(catalog.snapshot().catalog().card("ollama/x")).isNull();
        assertThat(card("mine/x")).isEqualTo(mine);
    }

    @Test
    void aRemovedProviderTakesItsModelsWithIt() {
        list(ollama, "x", "y");
        list(ollama, "x");
        catalog.update("ollama/x", card -> card.toBuilder().name("Renamed").build());
        catalog.remove("ollama");

        assertThat(catalog.snapshot().catalog().cards()).hasSize(2);
        assertThat(catalog.snapshot().delisted()).isEmpty();
    }

    private ListingChange list(Upstream upstream, String... ids) {
        return list(upstream, Stream.of(ids).map(LiveCatalogListTest::info).toArray(ModelInfo[]::new));
    }

    private ListingChange list(Upstream upstream, ModelInfo... models) {
        Map<String, ListingChange> changes = catalog.list(Map.of(upstream, List.of(models)));
        return changes.get(upstream.provider().id());
    }

    private ModelCard card(String id) {
        ModelCard card = catalog.snapshot().catalog().card(id);
        assertThat(card).as(id).isNotNull();
        return card;
    }

    private static ModelInfo info(String id) {
        return new ModelInfo(id, null, 0, null, null);
    }

    private static ModelInfo ending(String id, String date) {
        return new ModelInfo(id, null, 0, null, date);
    }

    private Upstream upstream(String id, String vendor) {
        Upstream upstream = new Upstream(new NamedProvider(id), vendor);
        catalog.add(upstream);
        return upstream;
    }
}
