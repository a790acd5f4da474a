package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.ReasoningOptions.Effort.HIGH;
import static dev.llmgateway.ir.ReasoningOptions.Effort.LOW;
import static dev.llmgateway.ir.ReasoningOptions.Effort.MAX;
import static dev.llmgateway.ir.ReasoningOptions.Effort.MEDIUM;
import static dev.llmgateway.ir.ReasoningOptions.Effort.MINIMAL;
import static dev.llmgateway.ir.ReasoningOptions.Effort.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class EffortsTest {

    @Test
    void whoeverAsksForLittleReasoningIsNotGivenNone() {
        assertThat(Efforts.nearest(MINIMAL, Set.of(NONE, LOW, HIGH))).isEqualTo(LOW);
        assertThat(Efforts.nearest(LOW, Set.of(NONE))).isNull();
    }

    @Test
    void theNearestIsTakenAndOfTwoTheLesser() {
        assertThat(Efforts.nearest(MAX, Set.of(NONE, LOW, MEDIUM))).isEqualTo(MEDIUM);
        assertThat(Efforts.nearest(MEDIUM, Set.of(LOW, HIGH))).isEqualTo(LOW);
        assertThat(Efforts.nearest(NONE, Set.of(LOW, HIGH))).isEqualTo(LOW);
    }
}
