package dev.llmgateway.resilience.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentSumTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** Ticks may begin anywhere, and wrap around. */
    private static final long START = Long.MAX_VALUE - SECOND;

    private final RecentSum sum = new RecentSum(Duration.ofSeconds(10), 10, START);

    @Test
    void whatWasAddedCountsForTheWindowAndNoLonger() {
        sum.add(3, START);
        sum.add(4, START + 5 * SECOND);
        assertThat(sum.sum(START + 9 * SECOND)).isEqualTo(7);
        assertThat(sum.sum(START + 10 * SECOND)).isEqualTo(4);
        assertThat(sum.sum(START + 15 * SECOND)).isZero();
    }

    @Test
    void aSlotThatIsUsedAgainForgetsWhatItHeld() {
        sum.add(3, START);
        sum.add(5, START + 10 * SECOND);
        assertThat(sum.sum(START + 10 * SECOND)).isEqualTo(5);
    }

    @Test
    void nothingIsLostWhenManyThreadsAddToASlotThatNobodyHasUsed() {
        IntStream.range(0, 10_000).parallel().forEach(i -> sum.add(1, START + i % 10 * SECOND));
        assertThat(sum.sum(START + 9 * SECOND)).isEqualTo(10_000);
    }
}
