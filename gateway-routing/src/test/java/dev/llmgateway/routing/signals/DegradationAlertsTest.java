package dev.llmgateway.routing.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.routing.signals.DegradationAlerts.Criteria;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DegradationAlertsTest {

    private static final String CARD = "openai/gpt-4o";

    private final SettableClock clock = new SettableClock();
    private final DegradationAlerts alerts = new DegradationAlerts(clock);

    private void record(String card, String taskType, double value, int times) {
        for (int i = 0; i < times; i++) {
            alerts.record(new QualitySignal(card, taskType, "thumbs", value, clock.instant()));
        }
    }

    @Test
    void aFallByMoreThanTheThresholdIsTold() {
        record(CARD, "coding", 0.8, 20);
        clock.advance(Duration.ofHours(24));
        record(CARD, "coding", 0.6, 25);
        assertThat(alerts.check(Criteria.DEFAULT)).singleElement().satisfies(found -> {
            assertThat(found.card()).isEqualTo(CARD);
            assertThat(found.taskType()).isEqualTo("coding");
            assertThat(found.previous().samples()).isEqualTo(20);
            assertThat(found.previous().mean()).isCloseTo(0.8, within(1e-9));
            assertThat(found.current().samples()).isEqualTo(25);
            assertThat(found.current().mean()).isCloseTo(0.6, within(1e-9));
            assertThat(found.drop()).isCloseTo(0.25, within(1e-9));
        });
    }

    @Test
    void aFallByJustTheThresholdIsNotTold() {
        record(CARD, "coding", 0.8, 30);
        record("a/b", "coding", 0.9, 30);
        record("a/c", "coding", 0.5, 30);
        clock.advance(Duration.ofHours(24));
        record(CARD, "coding", 0.72, 30);
        record("a/b", "coding", 0.81, 30);
        record("a/c", "coding", 0.449, 30);
        assertThat(alerts.check(Criteria.DEFAULT)).extracting(Degradation::card).containsExactly("a/c");
    }

    @Test
    void eitherWindowNeedsEnoughReports() {
        record("a/few-before", "coding", 1, 19);
        record("a/few-now", "coding", 1, 20);
        clock.advance(Duration.ofHours(24));
        record("a/few-before", "coding", 0, 20);
        record("a/few-now", "coding", 0, 19);
        assertThat(alerts.check(Criteria.DEFAULT)).isEmpty();
        assertThat(alerts.check(new Criteria(24, 0.1, 19))).hasSize(2);
    }

    @Test
    void gettingBetterOrStayingBadIsNoAlert() {
        record("a/better", "coding", 0.5, 20);
        record("a/bad", "coding", 0, 20);
        clock.advance(Duration.ofHours(24));
        record("a/better", "coding", 1, 20);
        record("a/bad", "coding", 0, 20);
        assertThat(alerts.check(new Criteria(24, 0, 1))).isEmpty();
    }

    @Test
    void taskTypesAreJudgedApartAndTheLargestDropComesFirst() {
        record(CARD, "coding", 1, 20);
        record(CARD, "chat", 1, 20);
        record(CARD, "reasoning", 1, 20);
        clock.advance(Duration.ofHours(24));
        record(CARD, "coding", 0.8, 20);
        record(CARD, "chat", 0.5, 20);
        record(CARD, "reasoning", 1, 20);
        assertThat(alerts.check(Criteria.DEFAULT))
                .extracting(Degradation::taskType)
                .containsExactly("chat", "coding");
    }

    @Test
    void theBegunHourIsTheLastOfTheWindow() {
        record(CARD, "coding", 1, 20);
        clock.advance(Duration.ofHours(1));
        record(CARD, "coding", 0, 20);
        assertThat(alerts.check(new Criteria(1, 0.1, 20))).hasSize(1);
        clock.advance(Duration.ofHours(1));
        assertThat(alerts.check(new Criteria(1, 0.1, 20))).isEmpty();
        assertThat(alerts.check(new Criteria(2, 0.1, 20))).hasSize(1);
    }

    @Test
    void twoWeeksAreRemembered() {
        record(CARD, "coding", 1, 20);
        clock.advance(Duration.ofHours(335));
        record(CARD, "coding", 0.5, 20);
        Criteria week = new Criteria(168, 0.1, 20);
        assertThat(alerts.check(week)).hasSize(1);
        clock.advance(Duration.ofHours(1));
        record(CARD, "coding", 0.5, 1);
        assertThat(alerts.check(week)).isEmpty();
        clock.advance(Duration.ofDays(40));
        record(CARD, "coding", 0.1, 20);
        assertThat(alerts.check(new Criteria(168, 0.1, 1))).isEmpty();
    }

    @Test
    void reportsWithAStrangeTimeDoNoHarm() {
        alerts.record(
                new QualitySignal(CARD, "coding", "thumbs", 1, clock.instant().plus(Duration.ofDays(999))));
        alerts.record(
                new QualitySignal(CARD, "coding", "thumbs", 1, clock.instant().minus(Duration.ofDays(999))));
        clock.advance(Duration.ofHours(24));
        record(CARD, "coding", 0, 1);
        assertThat(alerts.check(new Criteria(24, 0.1, 1)))
                .singleElement()
                .satisfies(found -> assertThat(found.previous().samples()).isOne());
    }

    @Test
    void thePairWithoutAReportForLongestMakesRoom() {
        record("a/quiet", "coding", 1, 20);
        record("a/busy", "coding", 1, 20);
        for (int i = 0; i < DegradationAlerts.MAX_PAIRS - 1; i++) {
            record("b/" + i, "coding", 1, 1);
            record("a/busy", "coding", 1, 1);
        }
        clock.advance(Duration.ofHours(24));
        record("a/busy", "coding", 0, 20);
        record("a/quiet", "coding", 0, 20);
        assertThat(alerts.check(Criteria.DEFAULT)).extracting(Degradation::card).containsExactly("a/busy");
    }

    @Test
    void criteriaOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Criteria(0, 0.1, 1)).hasMessageContaining("window_hours is 0");
        assertThatThrownBy(() -> new Criteria(169, 0.1, 1)).hasMessageContaining("from 1 to 168");
        assertThatThrownBy(() -> new Criteria(1, -0.1, 1)).hasMessageContaining("threshold");
        assertThatThrownBy(() -> new Criteria(1, Double.NaN, 1)).hasMessageContaining("threshold");
        assertThatThrownBy(() -> new Criteria(1, 0.1, 0)).hasMessageContaining("min_samples");
    }
}
