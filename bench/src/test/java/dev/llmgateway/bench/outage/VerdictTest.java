package dev.llmgateway.bench.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.bench.outage.PacedLoad.Answered;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final long KILLED = TimeUnit.SECONDS.toNanos(10);

    private static Answered call(String id, long millisBeforeTheKill) {
        return new Answered(id, 0, KILLED - TimeUnit.MILLISECONDS.toNanos(millisBeforeTheKill));
    }

    @Test
    void excusesWhatIsMissingOfTheLastMomentBeforeTheKill() {
        Verdict verdict =
                Verdict.of(List.of(call("a", 900), call("b", 200), call("c", -1)), Map.of("a", 1, "x", 1), KILLED);

        assertThat(verdict).isEqualTo(new Verdict(3, 1, 2, 2, 200, 0, 1));
        assertThat(verdict.isGood()).isTrue();
    }

    @Test
    void excusesNothingElse() {
        assertThat(Verdict.of(List.of(call("a", 201)), Map.of(), KILLED).isGood())
                .isFalse();
        assertThat(Verdict.of(List.of(call("a", 900)), Map.of("a", 2), KILLED).isGood())
                .isFalse();
    }
}
