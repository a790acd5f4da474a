package dev.llmgateway.routing.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.ScoreKind;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Figures of some shipped cards, copied by hand from where the shipped ones were made of. */
class ShippedFiguresTest {
    private final ModelCatalog shipped = ModelCatalog.shipped();

    @Test
    void claudeOpus45() {
        ModelCard card = card("anthropic/claude-opus-4-5");
        assertThat(card.wireId()).isEqualTo("claude-opus-4-5-20251101");
        assertThat(card.limits()).isEqualTo(new ModelCard.Limits(200_000L, null, 64_000));
        assertThat(card.price()).isEqualTo(new ModelPrice(5, 25, 0.5, 6.25, 10.0, List.of()));
        assertThat(card.lifecycle())
                .isEqualTo(new Lifecycle(
                        Lifecycle.Status.LEGACY,
                        null,
                        "anthropic/claude-opus-5-5",
                        LocalDate.parse("2026-11-24"),
                        null));
        assertThat(card.capabilities().present()).isEqualTo(EnumSet.complementOf(EnumSet.of(Capability.EMBEDDINGS)));
        assertThat(card.capabilities().absent()).containsExactly(Capability.EMBEDDINGS);
        assertThat(Objects.requireNonNull(card.ttft()).millis()).isEqualTo(1310);
        assertThat(score(card, ScoreKind.CODING))
                .isEqualTo(new Scores.Score(
                        0.645,
                        "Artificial Analysis Intelligence Index, through the npm package @oh-my-pi/pi-catalog 18.2.11,"
                                + " 2026-09-23",
                        23.7,
                        "aa_index_fit",
                        Scores.Confidence.LOW));
        assertThat(score(card, ScoreKind.ARENA).value()).isEqualTo(0.938);
        assertThat(score(card, ScoreKind.DOCUMENT).raw()).isEqualTo(1468);
    }

    @Test
    void gpt56Terra() {
        ModelCard card = card("openai/gpt-5.6-terra");
        assertThat(card.limits()).isEqualTo(new ModelCard.Limits(1_050_000L, 922_000L, 128_000));
        assertThat(card.price())
                .isEqualTo(
                        new ModelPrice(2, 12, 0.2, 2.5, null, List.of(new ModelPrice.Tier(272_000, 4, 18, 0.4, 5.0))));
        assertThat(card.lifecycle()).isEqualTo(Lifecycle.ACTIVE);
        assertThat(score(card, ScoreKind.REASONING).value()).isEqualTo(0.702);
        assertThat(card.scores().get(ScoreKind.CLASSIFICATION)).isNull();
        assertThat(card.scores().get(ScoreKind.ARENA)).isNull();
        assertThat(card.ttft()).isNull();
    }

    @Test
    void gemini25Pro() {
        ModelCard card = card("google/gemini-2.5-pro");
        assertThat(card.price())
                .isEqualTo(new ModelPrice(
                        1.25, 10, 0.125, null, null, List.of(new ModelPrice.Tier(200_000, 2.5, 15, 0.25, null))));
        assertThat(card.lifecycle().status()).isEqualTo(Lifecycle.Status.DEPRECATED);
        assertThat(card.lifecycle().retireOn()).isEqualTo(LocalDate.parse("2026-12-01"));
        assertThat(card.lifecycle().replacement()).isEqualTo("google/gemini-3.8-flash");
        assertThat(card.capabilities().knows(Capability.BATCH)).isFalse();
        assertThat(card.capabilities().knows(Capability.CITATIONS)).isTrue();
        assertThat(card.capabilities().has(Capability.CITATIONS)).isFalse();
        assertThat(score(card, ScoreKind.CLASSIFICATION).value()).isEqualTo(0.529);
    }

    @Test
    void llama33AtGroq() {
        ModelCard card = card("groq/llama-3.3-70b");
        assertThat(card.wireId()).isEqualTo("llama-3.3-70b-versatile");
        assertThat(card.price()).isEqualTo(new ModelPrice(0.59, 0.79));
        assertThat(card.lifecycle().status()).isEqualTo(Lifecycle.Status.RETIRED);
        assertThat(card.lifecycle().retireOn()).isEqualTo(LocalDate.parse("2026-08-16"));
        assertThat(card.lifecycle().replacement()).isEqualTo("groq/gpt-oss-120b");
        assertThat(card.capabilities().present()).isEqualTo(Set.of(Capability.TOOL_USE, Capability.STREAMING));
        assertThat(score(card, ScoreKind.REASONING).confidence()).isEqualTo(Scores.Confidence.MEDIUM);
        assertThat(Objects.requireNonNull(card.ttft()))
                .isEqualTo(new ModelCard.Ttft(
                        648, "Artificial Analysis, its data interface, 2026-07-05, median of all who host the model"));
    }

    @Test
    void kimiAtDeepInfra() {
        ModelCard card = card("deepinfra/kimi-k2.6");
        assertThat(card.vendor()).isEqualTo("deep_infra");
        assertThat(card.wireId()).isEqualTo("moonshotai/Kimi-K2.6");
        assertThat(card.limits()).isEqualTo(new ModelCard.Limits(262_144L, null, 262_144));
        assertThat(card.price()).isEqualTo(new ModelPrice(0.75, 3.5, 0.15, null, null, List.of()));
        assertThat(Objects.requireNonNull(card.priceSource()).asOf()).isEqualTo(LocalDate.parse("2026-09-23"));
        assertThat(score(card, ScoreKind.INSTRUCTION).value()).isEqualTo(0.804);
    }

    @Test
    void gpt54NanoAtAzure() {
        ModelCard card = card("azure/gpt-5.4-nano");
        assertThat(card.vendor()).isEqualTo("azure_openai");
        assertThat(card.limits()).isEqualTo(new ModelCard.Limits(400_000L, 272_000L, 128_000));
        assertThat(card.price()).isEqualTo(new ModelPrice(0.2, 1.25, 0.02, null, null, List.of()));
        assertThat(Objects.requireNonNull(card.priceSource()).note()).contains("check the rate of the Azure region");
        assertThat(card.lifecycle().retireNotBefore()).isEqualTo(LocalDate.parse("2027-03-18"));
        assertThat(score(card, ScoreKind.ARENA).value()).isEqualTo(0.808);
    }

    @Test
    void anEmbeddingModel() {
        ModelCard card = card("openai/text-embedding-3-large");
        assertThat(card.chats()).isFalse();
        assertThat(card.limits()).isEqualTo(new ModelCard.Limits(8_191L, 8_191L, null));
        assertThat(card.price()).isEqualTo(new ModelPrice(0.13, 0));
        assertThat(card.capabilities().present()).isEqualTo(Set.of(Capability.EMBEDDINGS, Capability.BATCH));
        assertThat(card.scores()).isEqualTo(Scores.UNKNOWN);
    }

    private ModelCard card(String id) {
        return Objects.requireNonNull(shipped.card(id), id);
    }

    private static Scores.Score score(ModelCard card, ScoreKind kind) {
        return Objects.requireNonNull(card.scores().get(kind));
    }
}
