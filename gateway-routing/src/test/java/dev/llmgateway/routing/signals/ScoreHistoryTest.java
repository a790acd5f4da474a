package dev.llmgateway.routing.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.quality.ScoreVersion;
import dev.llmgateway.api.quality.ScoreVersion.Cause;
import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.quality.Scores.Score;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.signals.ScoreHistory.Changed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreHistoryTest {

    private static final String CARD = "openai/gpt-4o";

    private final LiveCatalog catalog =
            new LiveCatalog(ModelCatalog.of(List.of(ModelCard.builder(CARD, "openai", "gpt-4o")
                    .scores(new Scores(Map.of(
                            ScoreKind.CODING, new Score(0.6, "a benchmark", 60.0),
                            ScoreKind.DOCUMENT, new Score(0.7, "a benchmark", 70.0))))
                    .build())));
    private final ScoreHistory history = new ScoreHistory(catalog, new SettableClock());

    private Changed coding(double value) {
        return history.update(CARD, new ScoreChange(Map.of(ScoreKind.CODING, value)))
                .orElseThrow();
    }

    private double coding() {
        return catalog.snapshot()
                .catalog()
                .card(CARD)
                .scores()
                .get(ScoreKind.CODING)
                .value();
    }

    @Test
    void whatIsNamedChangesAndTheRestStays() {
        long version = catalog.snapshot().version();
        Changed changed = history.update(CARD, new ScoreChange(Map.of(ScoreKind.CODING, 0.9, ScoreKind.ARENA, 1350.0)))
                .orElseThrow();
        assertThat(changed.previous().get(ScoreKind.CODING)).isEqualTo(new Score(0.6, "a benchmark", 60.0));
        Scores now = catalog.snapshot().catalog().card(CARD).scores();
        assertThat(changed.current().scores()).isEqualTo(now);
        assertThat(now.get(ScoreKind.CODING)).isEqualTo(new Score(0.9, "operator", null));
        assertThat(now.get(ScoreKind.ARENA)).isEqualTo(Score.ofElo(1350, "operator"));
        assertThat(now.get(ScoreKind.DOCUMENT)).isEqualTo(new Score(0.7, "a benchmark", 70.0));
        assertThat(now.get(ScoreKind.REASONING)).isNull();
        assertThat(catalog.snapshot().version()).isGreaterThan(version);
    }

    @Test
    void everyVersionIsRememberedNewestLast() {
        coding(0.7);
        List<ScoreVersion> versions = coding(0.8).versions();
        assertThat(versions).extracting(ScoreVersion::number).containsExactly(1, 2, 3);
        assertThat(versions).extracting(ScoreVersion::cause).containsExactly(Cause.CATALOG, Cause.UPDATE, Cause.UPDATE);
        assertThat(history.versions(CARD)).isEqualTo(versions);
    }

    @Test
    void aModelThatWasNeverChangedHasOneVersion() {
        assertThat(history.versions(CARD)).extracting(ScoreVersion::cause).containsExactly(Cause.CATALOG);
    }

    @Test
    void updatesAreTakenBackOneAfterTheOther() {
        coding(0.7);
        coding(0.8);
        Changed back = history.rollback(CARD).orElseThrow();
        assertThat(coding()).isEqualTo(0.7);
        assertThat(back.current().number()).isEqualTo(4);
        assertThat(back.current().restores()).isEqualTo(2);
        history.rollback(CARD);
        assertThat(coding()).isEqualTo(0.6);
        assertThatThrownBy(() -> history.rollback(CARD)).hasMessageContaining("no earlier version");
        assertThat(history.versions(CARD)).hasSize(5);
    }

    @Test
    void anUpdateAfterARollbackIsTakenBackToWhatItChanged() {
        coding(0.7);
        coding(0.8);
        history.rollback(CARD);
        coding(0.9);
        history.rollback(CARD);
        assertThat(coding()).isEqualTo(0.7);
        history.rollback(CARD);
        assertThat(coding()).isEqualTo(0.6);
    }

    @Test
    void anyRememberedVersionCanBeRestored() {
        coding(0.7);
        coding(0.8);
        history.rollback(CARD, 1);
        assertThat(coding()).isEqualTo(0.6);
        history.rollback(CARD, 3);
        assertThat(coding()).isEqualTo(0.8);
        assertThatThrownBy(() -> history.rollback(CARD, 9)).hasMessage("there is no version 9: remembered are 1 to 5");
        assertThat(history.versions(CARD)).hasSize(5);
    }

    @Test
    void fiftyVersionsAreRemembered() {
        for (int i = 0; i < 60; i++) {
            coding(i / 100.0);
        }
        assertThat(history.versions(CARD))
                .hasSize(50)
                .first()
                .satisfies(oldest -> assertThat(oldest.number()).isEqualTo(12));
    }

    @Test
    void scoresThatComeFromElsewhereAreAVersionOfTheirOwn() {
        coding(0.7);
        catalog.put(ModelCard.builder(CARD, "openai", "gpt-4o")
                .scores(new Scores(Map.of(ScoreKind.CODING, new Score(0.1, "a file", null))))
                .build());
        assertThat(coding(0.9).versions())
                .extracting(ScoreVersion::cause)
                .containsExactly(Cause.CATALOG, Cause.UPDATE, Cause.CATALOG, Cause.UPDATE);
        history.rollback(CARD);
        assertThat(coding()).isEqualTo(0.1);
    }

    @Test
    void aModelThatIsNotThereIsNotChanged() {
        assertThat(history.update("a/b", new ScoreChange(Map.of(ScoreKind.CODING, 1.0))))
                .isEmpty();
        assertThat(history.rollback("a/b")).isEmpty();
        assertThat(history.rollback("a/b", 1)).isEmpty();
        assertThat(history.versions("a/b")).isEmpty();
    }

    @Test
    void figuresOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new ScoreChange(Map.of())).hasMessageContaining("no score");
        assertThatThrownBy(() -> new ScoreChange(Map.of(ScoreKind.CODING, 1.2)))
                .hasMessage("the score coding is 1.2: it must be from 0 to 1");
        assertThatThrownBy(() -> new ScoreChange(Map.of(ScoreKind.ARENA, 4001.0)))
                .hasMessageContaining("from 0 to 4000");
        assertThatThrownBy(() -> new ScoreChange(Map.of(ScoreKind.CODING, Double.NaN)))
                .hasMessageContaining("NaN");
    }
}
