package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanNamesTest {

    private final List<String> looked = new ArrayList<>();
    private final CleanNames names = new CleanNames(name -> {
        looked.add(name);
        return name.replace("secret", "[REDACTED]");
    });

    @Test
    void aNameIsLookedThroughOnceHoweverOftenItComes() {
        for (int i = 0; i < 3; i++) {
            assertThat(names.apply("gpt-4o")).isEqualTo("gpt-4o");
            assertThat(names.apply("my-secret")).isEqualTo("my-[REDACTED]");
        }

        assertThat(looked).containsExactly("gpt-4o", "my-secret");
    }

    @Test
    void whatIsNoNameIsNotRemembered() {
        String sentence = "x".repeat(200) + "secret";

        assertThat(names.apply(sentence)).endsWith("[REDACTED]");
        assertThat(names.apply(sentence)).endsWith("[REDACTED]");
        assertThat(looked).hasSize(2);
    }
}
