package dev.llmgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void setsNumbersFlushRightAndTextFlushLeft() {
        Table table = new Table(List.of("contender", "us"));
        table.add(List.of("bare", "138"));
        table.add(List.of("nginx", "21.0"));
        table.add(List.of("direct", "-"));

        assertThat(table.render()).isEqualTo("""
                contender    us
                bare        138
                nginx      21.0
                direct        -
                """);
    }

    @Test
    void refusesALineOfTheWrongLength() {
        assertThatThrownBy(() -> new Table(List.of("a", "b")).add(List.of("1"))).hasMessageContaining("1 cells");
    }

    @Test
    void roundsToWhatTheMachineCanTell() {
        assertThat(List.of(Row.number(1234.5678), Row.number(12.345), Row.number(1.2345), Row.number(Double.NaN)))
                .containsExactly("1235", "12.3", "1.23", "-");
    }
}
