package dev.llmgateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.routing.signals.SignalBoard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class QualityTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private final SignalBoard board = new SignalBoard(InstantSource.fixed(NOW));

    private double afterReports(Quality quality) {
        return quality.by(RoutingProfile.BALANCED, Objects.requireNonNull(board.of("a/x")));
    }

    private void report(String taskType, double value, int times) {
        for (int i = 0; i < times; i++) {
            board.record(new QualitySignal("a/x", taskType, "rating", value, NOW));
        }
    }

    private static Quality coding(double score) {
        return Quality.of(new Scores(Map.of(ScoreKind.CODING, new Scores.Score(score, "test", null))));
    }

    @Test
    void aReportedKindWithoutAScoreBeginsFromTheOthersAsTheyAreNow() {
        report("coding", 1, 1_000);
        double before = afterReports(coding(0.2));

        report("reasoning", 1, 1);

        assertThat(before).isCloseTo((20 * 0.2 + 1_000) / 1_020, within(1e-9));
        assertThat(afterReports(coding(0.2))).isGreaterThan(before);
    }

    @Test
    void aModelWithoutAnyScoreHasToProveItself() {
        report("reasoning", 1, 20);

        assertThat(Quality.NOT_KNOWN.by(RoutingProfile.BALANCED)).isNaN();
        assertThat(afterReports(Quality.NOT_KNOWN)).isCloseTo(0.5, within(1e-9));
    }
}
