package dev.llmgateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void readsScenariosAndOptionsInAnyOrder() {
        Options options = Options.parse(List.of("--rounds", "7", "memory", "--contenders", "bare,nginx", "start"));

        assertThat(options.scenarios()).containsExactly("memory", "start");
        assertThat(options.rounds()).isEqualTo(7);
        assertThat(options.contenders()).containsExactlyInAnyOrder(Kind.BARE, Kind.NGINX);
        assertThat(options.pinning().active()).isFalse();
    }

    @Test
    void quickIsShorterUnlessSaidOtherwise() {
        Options options = Options.parse(List.of("--warmup", "20", "--quick"));

        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.warmup()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void explainsBadOptions() {
        assertThatThrownBy(() -> Options.parse(List.of("--rounds", "0")))
                .hasMessage("--rounds must be 1 to 100, not 0");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds", "many")))
                .hasMessage("--rounds needs a whole number, not 'many'");
        assertThatThrownBy(() -> Options.parse(List.of("--colour", "red"))).hasMessage("--colour is not an option");
        assertThatThrownBy(() -> Options.parse(List.of("--contenders", "apache")))
                .hasMessageContaining("'apache'")
                .hasMessageContaining("nginx");
    }
}
