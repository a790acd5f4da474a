package dev.llmgateway.api.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrapsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is in invoice 1041? | What is in invoice 1042?",
                "From 3 to 5 | From 5 to 3",
                "It costs 1.5 | It costs 15",
                "Page 7 | Page",
                "Is it safe to eat? | Is it not safe to eat?",
                "You should wait | You shouldn't wait",
                "You should wait | You shouldn\u2019t wait",
                "With sugar | WITHOUT sugar"
            })
    void whatChangesTheAnswerIsATrap(String one, String other) {
        assertThat(Traps.of(one)).isNotEqualTo(Traps.of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is in invoice 1041? | Show me invoice 1041, please",
                "How do I write a note? | Tell me how notes are written",
                "I cannot log in | I am not able to log in"
            })
    void otherWordsAreNone(String one, String other) {
        assertThat(Traps.of(one)).isEqualTo(Traps.of(other));
    }
}
