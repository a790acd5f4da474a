package dev.llmgateway.routing.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.ScoreVersion;
import dev.llmgateway.api.quality.ScoreVersion.Cause;
import dev.llmgateway.api.quality.SignalHour;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QualityKeeperTest {

    private static final String CARD = "openai/gpt-4o";

    private final SettableClock clock = new SettableClock();
    private final FickleStores stores = new FickleStores();

    /** A gateway's quality, for as long as its process runs. */
    private final class Process implements AutoCloseable {
        final LiveCatalog catalog = new LiveCatalog(ModelCatalog.of(
                List.of(ModelCard.builder(CARD, "openai", "gpt-4o").build())));
        final AdaptiveQuality quality = AdaptiveQuality.of(catalog, clock);
        final QualityKeeper keeper =
                QualityKeeper.start(quality, stores.unread(), stores, Duration.ofMillis(1), Duration.ofMillis(1));

        void awaitLoaded() {
            stores.awaitLoaded();
            assertThat(keeper.isLoaded()).isTrue();
        }

        void report(double value, int times) {
            keeper.record(
                    Collections.nCopies(times, new QualitySignal(CARD, "coding", "tests", value, clock.instant())));
        }

        void score(double value) {
            assertThat(quality.scores().update(CARD, new ScoreChange(Map.of(ScoreKind.CODING, value))))
                    .isPresent();
        }

        double blend() {
            return Optional.ofNullable(quality.board().of(CARD))
                    .map(signals -> signals.blended(ScoreKind.CODING, 0.5))
                    .orElse(0.5);
        }

        double score() {
            return catalog.snapshot()
                    .catalog()
                    .card(CARD)
                    .scores()
                    .get(ScoreKind.CODING)
                    .value();
        }

        @Override
        public void close() {
            keeper.close();
        }
    }

    @Test
    void whatAnotherProcessReportsCountsOnceWhileBothRun() {
        SignalHour reports = new SignalHour(CARD, "coding", clock.instant(), 30, 30);
        try (Process process = new Process()) {
            process.awaitLoaded();
            AdaptiveQuality expected = AdaptiveQuality.of(process.catalog, clock);
            expected.restore(reports);

            stores.anotherReports(reports);
            stores.anotherReports(new SignalHour("openai/other", "coding", clock.instant(), 1, 1));

            assertThat(process.blend())
                    .isGreaterThan(0.5)
                    .isEqualTo(expected.board().of(CARD).blended(ScoreKind.CODING, 0.5));
        }
    }

    @Test
    void whatWasReportedCountsInTheNextProcess() {
        double blend;
        try (Process first = new Process()) {
            first.report(1, 30);
            clock.advance(Duration.ofDays(20));
            first.report(0, 10);
            blend = first.blend();
        }
        try (Process second = new Process()) {
            second.awaitLoaded();
            assertThat(second.blend()).isCloseTo(blend, within(1e-12)).isNotEqualTo(0.5);
            clock.advance(Duration.ofDays(11));
            assertThat(second.blend()).isCloseTo(20 * 0.5 / 30, within(1e-12));
        }
    }

    @Test
    void alertsCompareWithWhatWasReportedBeforeTheStart() {
        try (Process first = new Process()) {
            first.report(1, 20);
        }
        clock.advance(Duration.ofHours(24));
        try (Process second = new Process()) {
            second.awaitLoaded();
            second.report(0.5, 20);
            assertThat(second.quality.alerts().check(DegradationAlerts.Criteria.DEFAULT))
                    .hasSize(1);
        }
    }

    @Test
    void scoresHoldInTheNextProcessAndCanBeTakenBackThere() {
        try (Process first = new Process()) {
            first.score(0.7);
            first.score(0.8);
        }
        try (Process second = new Process()) {
            second.awaitLoaded();
            assertThat(second.score()).isEqualTo(0.8);
            second.quality.scores().rollback(CARD);
            assertThat(second.score()).isEqualTo(0.7);
        }
        try (Process third = new Process()) {
            third.awaitLoaded();
            assertThat(third.score()).isEqualTo(0.7);
            assertThat(third.quality.scores().versions(CARD))
                    .extracting(ScoreVersion::cause)
                    .containsExactly(Cause.CATALOG, Cause.UPDATE, Cause.UPDATE, Cause.ROLLBACK);
        }
    }

    @Test
    void scoresThatWereTakenBackWithTheCardStayTakenBack() {
        try (Process first = new Process()) {
            first.score(0.7);
            first.catalog.drop(CARD);
            first.quality.scores().note(CARD);
        }
        try (Process second = new Process()) {
            second.awaitLoaded();
            assertThat(second.catalog.snapshot().catalog().card(CARD).scores().get(ScoreKind.CODING))
                    .isNull();
        }
    }

    @Test
    void aStoreThatIsAwayAtTheStartIsReadWhenItIsThere() {
        try (Process first = new Process()) {
            first.report(1, 20);
            first.score(0.7);
        }
        stores.goAway();
        try (Process second = new Process()) {
            second.report(0, 20);
            second.score(0.9);
            stores.awaitRefusals(3);
            assertThat(second.blend()).isEqualTo(0.25);

            stores.comeBack();
            second.awaitLoaded();
            assertThat(second.blend()).isCloseTo(0.5, within(1e-12));
            assertThat(second.score()).isEqualTo(0.9);
            assertThat(second.quality.scores().versions(CARD))
                    .extracting(ScoreVersion::number)
                    .containsExactly(1, 2, 3, 4);
            assertThat(second.keeper.lost()).isZero();
        }
        assertThat(stores.signals()).hasSize(40);
        assertThat(stores.load().get(CARD)).hasSize(4);
    }

    @Test
    void aStoreThatGoesAwayGetsEverythingOnceAndInOrderWhenItIsBack() {
        try (Process process = new Process()) {
            process.awaitLoaded();
            process.report(0.1, 1);
            stores.goAway();
            process.report(0.2, 1);
            stores.awaitRefusals(2);
            process.report(0.3, 1_500);
            process.score(0.8);
            stores.comeBack();
        }
        assertThat(stores.signals()).hasSize(1_502);
        assertThat(stores.signals().subList(0, 3))
                .extracting(QualitySignal::value)
                .containsExactly(0.1, 0.2, 0.3);
        assertThat(stores.load()).containsKey(CARD);
    }

    @Test
    void theOldestReportsMakeRoomAndAreCounted() {
        stores.goAway();
        try (Process process = new Process()) {
            process.report(0, 10);
            process.report(1, QualityKeeper.MOST_WAITING);
            assertThat(process.keeper.waiting()).isEqualTo(QualityKeeper.MOST_WAITING);
            assertThat(process.keeper.lost()).isEqualTo(10);
            stores.comeBack();
            process.awaitLoaded();
        }
        assertThat(stores.signals()).hasSize(QualityKeeper.MOST_WAITING).noneMatch(signal -> signal.value() == 0);
    }

    @Test
    void forgetsReportsEverywhereAndKeepsScores() {
        try (Process process = new Process()) {
            process.awaitLoaded();
            process.report(1, 20);
            process.score(0.7);

            assertThat(process.keeper.clear()).isEqualTo(20);
            assertThat(process.blend()).isEqualTo(0.5);
            assertThat(process.quality.board().drain().signals()).isEmpty();
            assertThat(process.score()).isEqualTo(0.7);
        }
        assertThat(stores.signals()).isEmpty();
    }
}
