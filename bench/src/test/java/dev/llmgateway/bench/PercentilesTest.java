package dev.llmgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void takesTheNearestRank() {
        Percentiles percentiles = Percentiles.of(LongStream.rangeClosed(1, 200).toArray());

        assertThat(percentiles.min()).isEqualTo(1);
        assertThat(percentiles.median()).isEqualTo(100);
        assertThat(percentiles.at(99)).isEqualTo(198);
        assertThat(percentiles.at(100)).isEqualTo(200);
    }

    @Test
    void doesNotDependOnTheOrder() {
        assertThat(Percentiles.of(List.of(5.0, 1.0, 3.0)).median()).isEqualTo(3.0);
    }

    @Test
    void isNotANumberWithoutFigures() {
        assertThat(Percentiles.of(new long[0]).at(99)).isNaN();
    }
}
