package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.server.config.StorageConfig.SpoolFiles;
import dev.llmgateway.store.spool.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredSpoolTest {

    private static final Path HOME = Path.of("/home/me");

    private static Path directory(SpoolFiles config, Map<String, String> variables) {
        return ConfiguredSpool.directory(config, variables::get, HOME);
    }

    @Test
    void isWhereTheConfigurationSaysElseWithTheStateOfPrograms() {
        SpoolFiles silent = new SpoolFiles(null, 1);

        assertThat(directory(new SpoolFiles(Path.of("/data"), 1), Map.of("XDG_STATE_HOME", "/state")))
                .isEqualTo(Path.of("/data"));
        assertThat(directory(silent, Map.of("XDG_STATE_HOME", "/state")))
                .isEqualTo(Path.of("/state/llm-gateway/spool"));
        assertThat(directory(silent, Map.of())).isEqualTo(Path.of("/home/me/.local/state/llm-gateway/spool"));
    }

    @Test
    void hasADirectoryForEachDatabase(@TempDir Path directory) throws IOException {
        SpoolFiles config = new SpoolFiles(directory, 1L << 20);
        try (Spool one = ConfiguredSpool.open(config, "jdbc:postgresql://a/one");
                Spool other = ConfiguredSpool.open(config, "jdbc:postgresql://a/other");
                Stream<Path> directories = Files.list(directory)) {
            assertThat(one).isNotNull();
            assertThat(other).isNotNull();
            assertThat(directories).hasSize(2);
        }
    }
}
