package dev.llmgateway.routing.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.routing.ScoreKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalBoardTest {

    private static final String CARD = "openai/gpt-4o";

    private final SettableClock clock = new SettableClock();
    private final SignalBoard board = new SignalBoard(clock);

    private QualitySignal signal(String card, String taskType, double value) {
        return new QualitySignal(card, taskType, "thumbs", value, clock.instant());
    }

    private void record(String taskType, double value, int times) {
        for (int i = 0; i < times; i++) {
            board.record(signal(CARD, taskType, value));
        }
    }

    @Test
    void twentyReportsCountAsMuchAsTheScore() {
        record("coding", 1.0, 20);
        assertThat(board.of(CARD).blended(ScoreKind.CODING, 0.5)).isEqualTo(0.75);
        assertThat(board.of(CARD).count(ScoreKind.CODING)).isEqualTo(20);
    }

    @Test
    void nothingIsKnownOfAModelWithoutReports() {
        assertThat(board.of(CARD)).isNull();
    }

    @Test
    void aModelWithoutAScoreHasToProveItself() {
        record("coding", 1.0, 5);
        assertThat(board.of(CARD).blended(ScoreKind.CODING, 0)).isEqualTo(0.2);
    }

    @Test
    void aTaskTypeThatNamesAScoreCountsForThatOneOnly() {
        Map<String, ScoreKind> kinds = Map.of(
                "coding", ScoreKind.CODING,
                "Reasoning", ScoreKind.REASONING,
                "instruction_following", ScoreKind.INSTRUCTION,
                "document", ScoreKind.DOCUMENT,
                "classification", ScoreKind.CLASSIFICATION,
                "chat", ScoreKind.ARENA);
        kinds.forEach((taskType, kind) -> {
            SignalBoard fresh = new SignalBoard(clock);
            fresh.record(signal(CARD, taskType, 0));
            for (ScoreKind each : ScoreKind.values()) {
                assertThat(fresh.of(CARD).count(each)).as(taskType).isEqualTo(each == kind ? 1 : 0);
            }
            assertThat(fresh.of(CARD).overallCount()).isZero();
        });
    }

    @Test
    void anyOtherTaskTypeCountsForTheOverallQuality() {
        record("translation", 0, 20);
        assertThat(board.of(CARD).overall(0.8)).isCloseTo(0.4, within(1e-12));
        assertThat(board.of(CARD).blended(ScoreKind.CODING, 0.8)).isCloseTo(0.8, within(1e-12));
        assertThat(board.of(CARD).overallCount()).isEqualTo(20);
    }

    @Test
    void aReportCountsForThirtyDays() {
        record("coding", 0, 20);
        clock.advance(Duration.ofDays(29));
        record("coding", 1, 20);
        assertThat(board.of(CARD).count(ScoreKind.CODING)).isEqualTo(40);
        clock.advance(Duration.ofDays(1));
        assertThat(board.of(CARD).count(ScoreKind.CODING)).isEqualTo(20);
        assertThat(board.of(CARD).blended(ScoreKind.CODING, 1)).isEqualTo(1);
        clock.advance(Duration.ofDays(29));
        assertThat(board.of(CARD)).isNull();
    }

    @Test
    void reportsThatComeLateCountOnTheirDay() {
        board.record(
                new QualitySignal(CARD, "coding", "tests", 1, clock.instant().minus(Duration.ofDays(29))));
        board.record(
                new QualitySignal(CARD, "coding", "tests", 1, clock.instant().minus(Duration.ofDays(30))));
        board.record(
                new QualitySignal(CARD, "coding", "tests", 1, clock.instant().plus(Duration.ofDays(400))));
        assertThat(board.of(CARD).count(ScoreKind.CODING)).isEqualTo(2);
        clock.advance(Duration.ofDays(1));
        assertThat(board.of(CARD).count(ScoreKind.CODING)).isEqualTo(1);
    }

    @Test
    void reportsAreDrainedOnceInTheirOrder() {
        record("coding", 0.25, 1);
        record("chat", 0.5, 1);
        assertThat(board.drain().signals()).extracting(QualitySignal::value).containsExactly(0.25, 0.5);
        assertThat(board.drain().signals()).isEmpty();
        assertThat(board.of(CARD).count(ScoreKind.CODING)).isOne();
    }

    @Test
    void theOldestReportsMakeRoomAndAreCounted() {
        record("coding", 0, 3);
        record("coding", 1, SignalBoard.MAX_PENDING);
        SignalBoard.Drained drained = board.drain();
        assertThat(drained.dropped()).isEqualTo(3);
        assertThat(drained.signals()).hasSize(SignalBoard.MAX_PENDING).allMatch(signal -> signal.value() == 1);
        assertThat(board.drain().dropped()).isZero();
    }

    @Test
    void theModelWithoutAReportForLongestMakesRoom() {
        board.record(signal("a/first", "coding", 1));
        board.record(signal("a/second", "coding", 1));
        board.record(signal("a/first", "coding", 1));
        for (int i = 0; i < SignalBoard.MAX_CARDS - 1; i++) {
            board.record(signal("b/" + i, "coding", 1));
        }
        assertThat(board.of("a/second")).isNull();
        assertThat(board.of("a/first")).isNotNull();
    }

    @Test
    void noReportIsLostWhenManyRecordAtOnce() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofVirtual().start(() -> record("coding", 0.5, 500)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(board.of(CARD).count(ScoreKind.CODING)).isEqualTo(4_000);
        assertThat(board.drain().signals()).hasSize(4_000);
    }

    @Test
    void aReportOutOfRangeIsRefused() {
        assertThatThrownBy(() -> signal(CARD, "coding", 1.01)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> signal(CARD, "coding", Double.NaN)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> signal(CARD, "", 1)).hasMessageContaining("task type");
        assertThatThrownBy(() -> new QualitySignal(CARD, "coding", "a b", 1, clock.instant()))
                .hasMessageContaining("signal type");
    }
}
