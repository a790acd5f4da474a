package dev.llmgateway.routing.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.routing.NameCheck;
import dev.llmgateway.routing.NameRules;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for all cards that come with the gateway, and figures of some of them. */
class ShippedCatalogTest {
    private static final Set<String> VENDORS =
            Set.of("anthropic", "openai", "google", "groq", "deep_infra", "azure_openai");
    /** When the figures were put together. */
    private static final LocalDate MADE = LocalDate.parse("2026-11-22");

    private final ModelCatalog shipped = ModelCatalog.shipped();

    @Test
    void itHasAHundredModelsToChatWithOfAllHostedVendors() {
        List<ModelCard> chatting =
                shipped.cards().stream().filter(ModelCard::chats).toList();
        assertThat(chatting).hasSizeGreaterThanOrEqualTo(100);
        assertThat(chatting).extracting(ModelCard::vendor).containsOnlyElementsOf(VENDORS);
        assertThat(chatting).extracting(ModelCard::vendor).containsAll(VENDORS);
    }

    @Test
    void whatDoesNotChatIsMarked() {
        assertThat(shipped.cards()).allSatisfy(card -> {
            boolean embeds = card.capabilities().has(Capability.EMBEDDINGS);
            assertThat(card.chats()).isEqualTo(!embeds);
        });
        assertThat(shipped.cards()).filteredOn(card -> !card.chats()).hasSize(7);
    }

    @Test
    void everyCardIsFoundByItsIdAndByItsWireId() {
        assertThat(shipped.cards()).allSatisfy(card -> {
            assertThat(card.id()).matches("[a-z]+/[a-z0-9.-]+");
            assertThat(shipped.card(card.id())).isSameAs(card);
            assertThat(shipped.served(card.vendor(), card.wireId())).isSameAs(card);
        });
    }

    @Test
    void everyCardHasLimitsAndAPriceWithItsSource() {
        assertThat(shipped.cards()).allSatisfy(card -> {
            ModelCard.Limits limits = card.limits();
            assertThat(limits.contextWindow()).isGreaterThan(1_000);
            assertThat(limits.maxInputTokens() == null || limits.maxInputTokens() <= limits.contextWindow())
                    .isTrue();
            assertThat(limits.maxOutputTokens() == null || limits.maxOutputTokens() <= limits.contextWindow())
                    .isTrue();
            assertThat(card.price()).isNotNull();
            ModelCard.PriceSource source = Objects.requireNonNull(card.priceSource());
            assertThat(source.source()).isNotBlank();
            assertThat(source.asOf()).isBeforeOrEqualTo(MADE);
        });
    }

    @Test
    void cachedPromptsCostNoMoreThanOthersAndLongOnesNoLess() {
        assertThat(shipped.cards()).allSatisfy(card -> {
            ModelPrice price = Objects.requireNonNull(card.price());
            assertThat(price.cachedInput() == null || price.cachedInput() <= price.input())
                    .isTrue();
            double below = price.input();
            long bound = 0;
            for (ModelPrice.Tier tier : price.tiers()) {
                assertThat(tier.aboveInputTokens()).isGreaterThan(bound);
                assertThat(tier.input()).isGreaterThan(below);
                assertThat(tier.cachedInput() == null || tier.cachedInput() <= tier.input())
                        .isTrue();
                below = tier.input();
                bound = tier.aboveInputTokens();
            }
        });
    }

    @Test
    void onlyTheFreeTierOfGemmaCostsNothing() {
        assertThat(shipped.cards())
                .filteredOn(card -> Objects.requireNonNull(card.price()).input() == 0)
                .extracting(ModelCard::id)
                .containsExactly("google/gemma-4-31b-it");
    }

    @Test
    void replacementsAreInTheCatalogAndNeverGoInACircle() {
        assertThat(NameCheck.problems(NameRules.NONE, shipped, List.of())).isEmpty();
        assertThat(shipped.cards())
                .extracting(card -> card.lifecycle().replacement())
                .filteredOn(Objects::nonNull)
                .hasSize(30)
                .allSatisfy(replacement -> assertThat(shipped.card(Objects.requireNonNull(replacement)))
                        .isNotNull());
    }

    @Test
    void whateverWasGoneWhenItWasMadeIsRetired() {
        assertThat(shipped.cards()).allSatisfy(card -> {
            Lifecycle lifecycle = card.lifecycle();
            assertThat(lifecycle.isRetired(MADE)).isEqualTo(lifecycle.status() == Lifecycle.Status.RETIRED);
        });
    }

    @Test
    void everyScoreSaysWhereItComesFromAndHowItWasMade() {
        assertThat(shipped.cards())
                .flatExtracting(card -> card.scores().byKind().values())
                .hasSizeGreaterThan(500)
                .allSatisfy(score -> {
                    assertThat(score.value()).isBetween(0.0, 1.0);
                    assertThat(score.source()).contains("20");
                    assertThat(score.raw()).isNotNull();
                    assertThat(score.method()).isNotBlank();
                });
    }

    @Test
    void ratingsByPeopleAreMappedFromTheirElo() {
        assertThat(shipped.cards())
                .filteredOn(card -> card.scores().get(ScoreKind.ARENA) != null)
                .hasSizeGreaterThanOrEqualTo(69)
                .allSatisfy(card -> {
                    Scores.Score arena = Objects.requireNonNull(card.scores().get(ScoreKind.ARENA));
                    double elo = Objects.requireNonNull(arena.raw());
                    assertThat(arena.value()).isEqualTo(Math.clamp((elo - 1000) / 500, 0, 1));
                });
    }

    @Test
    void aModelWithoutScoresHasThoseOfTheOneItResembles() {
        ModelCard heir = card("openai/gpt-6.2-sol");
        ModelCard predecessor = card("openai/gpt-6.1-sol");
        assertThat(heir.scores().byKind().keySet())
                .isNotEmpty()
                .isEqualTo(predecessor.scores().byKind().keySet());
        Scores.Score coding = Objects.requireNonNull(heir.scores().get(ScoreKind.CODING));
        assertThat(coding.source()).startsWith("inherited from openai/gpt-6.1-sol: ");
        assertThat(coding.confidence()).isEqualTo(Scores.Confidence.PROXY);
    }

    @Test
    void itsOwnScoresComeBeforeInheritedOnes() {
        Scores scores = card("openai/gpt-5-pro").scores();
        assertThat(Objects.requireNonNull(scores.get(ScoreKind.INSTRUCTION)).source())
                .startsWith("LiveBench");
        assertThat(Objects.requireNonNull(scores.get(ScoreKind.CODING)).source())
                .startsWith("inherited from openai/gpt-5: ");
    }

    private ModelCard card(String id) {
        return Objects.requireNonNull(shipped.card(id), id);
    }
}
