package dev.llmgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void isNamedByTheModelWhateverProviderStandsInFront() {
        assertThat(Answer.ofModel("mock-openai/answer-2048")).isEqualTo(new Answer.Whole(2048));
        assertThat(Answer.ofModel("stream-64-20")).isEqualTo(new Answer.Events(64, 20));
    }

    @Test
    void isOneKilobyteForAnyOtherModel() {
        assertThat(Answer.ofModel("gpt-4o")).isEqualTo(new Answer.Whole(1024));
        assertThat(Answer.ofModel("answer-many")).isEqualTo(new Answer.Whole(1024));
    }
}
