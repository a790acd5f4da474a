package dev.llmgateway.routing.signals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.ScoreKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** The laws of the blend. */
class CardSignalsTest {

    private static CardSignals signals(String taskType, List<Double> values) {
        CardSignals signals = CardSignals.none(20_000);
        for (double value : values) {
            signals = signals.plus(TaskTypes.kindOf(taskType), 20_000, 1, value);
        }
        return signals;
    }

    @Property
    void threeReportsOfAnyValueMoveAScoreByThreeTwentyThirdsAtMost(
            @ForAll @DoubleRange(max = 1) double prior,
            @ForAll @Size(min = 1, max = 3) List<@DoubleRange(max = 1) Double> values) {
        double blended = signals("coding", values).blended(ScoreKind.CODING, prior);
        assertThat(Math.abs(blended - prior)).isLessThanOrEqualTo(3.0 / 23 + 1e-9);
    }

    @Property
    void aBlendIsBetweenTheScoreAndTheReports(
            @ForAll @DoubleRange(max = 1) double prior,
            @ForAll @Size(min = 1, max = 200) List<@DoubleRange(max = 1) Double> values) {
        List<Double> all = new ArrayList<>(values);
        all.add(prior);
        assertThat(signals("chat", values).blended(ScoreKind.ARENA, prior))
                .isBetween(Collections.min(all) - 1e-9, Collections.max(all) + 1e-9);
    }

    @Property
    void theOrderOfReportsMakesNoDifference(
            @ForAll @Size(min = 1, max = 50) List<@DoubleRange(max = 1) Double> values, @ForAll Random random) {
        List<Double> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        assertThat(signals("summaries", shuffled).overall(0.7))
                .isEqualTo(signals("summaries", values).overall(0.7));
    }

    @Property
    void aBetterReportNeverMakesABlendWorse(
            @ForAll @DoubleRange(max = 1) double prior,
            @ForAll @Size(max = 20) List<@DoubleRange(max = 1) Double> values,
            @ForAll @DoubleRange(max = 1) double one,
            @ForAll @DoubleRange(max = 1) double two) {
        List<Double> worse = new ArrayList<>(values);
        worse.add(Math.min(one, two));
        List<Double> better = new ArrayList<>(values);
        better.add(Math.max(one, two));
        assertThat(signals("coding", better).blended(ScoreKind.CODING, prior))
                .isGreaterThanOrEqualTo(signals("coding", worse).blended(ScoreKind.CODING, prior));
    }
}
