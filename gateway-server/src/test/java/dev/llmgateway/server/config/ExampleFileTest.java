package dev.llmgateway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code config.example.toml} at the top of the repository is complete and true. */
class ExampleFileTest {
    private static final Path FILE = Path.of("..", "config.example.toml");

    private static List<String> lines = List.of();

    @BeforeAll
    static void readLines() throws IOException {
        lines = Files.readAllLines(FILE);
    }

    @Test
    void loadsAsItIsAndChangesNothing() {
        GatewayConfig config = ConfigFile.load(FILE, name -> null);

        assertThat(config).isEqualTo(GatewayConfig.defaults());
    }

    @Test
    void loadsWithEverySettingInUse() {
        GatewayConfig config = ConfigFile.parse("example", everySetting(), name -> "value-of-" + name);

        assertThat(config.providers()).extracting(ProviderConfig::type).hasSize(4);
    }

    @Test
    void hasEveryKeyThatTheFileMayHave() {
        Reading reading = new Reading(name -> "value-of-" + name);
        ConfigFile.read("example", everySetting(), reading);

        assertThat(reading.problems()).isEmpty();
        assertThat(new TreeSet<>(reading.set())).isEqualTo(new TreeSet<>(reading.known()));
        assertThat(reading.known()).hasSizeGreaterThan(100);
    }

    @Test
    void showsTheTrueDefaults() {
        GatewayConfig config = ConfigFile.parse("example", everyDefault(), name -> null);

        assertThat(everyDefault()).contains("port = 8930", "max_extra_percent = 10");
        assertThat(config.markWithoutEffect(List.of())).isEqualTo(GatewayConfig.defaults());
    }

    @Test
    void everySettingWithoutEffectIsOneThatTheFileMayHave() {
        Reading reading = new Reading(name -> "value-of-" + name);
        ConfigFile.read("example", everySetting(), reading);
        Set<String> known = reading.known();

        assertThat(NotBuiltYet.SETTINGS)
                .allSatisfy(setting -> assertThat(known).anyMatch(key -> NotBuiltYet.covers(setting, key)));
    }

    private static boolean isSetting(String line) {
        return line.matches("#[a-z\"\\[].*");
    }

    private static String everySetting() {
        return String.join(
                "\n",
                lines.stream()
                        .map(line -> isSetting(line) ? line.substring(1) : line)
                        .toList());
    }

    /** The settings below a section in use, but for those that are marked as examples. */
    private static String everyDefault() {
        StringBuilder text = new StringBuilder();
        boolean inUse = false;
        for (String line : lines) {
            inUse = line.startsWith("[") || (inUse && !line.startsWith("#["));
            boolean isDefault = inUse && isSetting(line) && !line.endsWith("# example");
            text.append(isDefault ? line.substring(1) : line).append('\n');
        }
        return text.toString();
    }
}
