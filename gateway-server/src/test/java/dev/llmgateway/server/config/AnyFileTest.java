package dev.llmgateway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is in the file, it is read or refused with a sentence; nothing else happens. */
class AnyFileTest {
    private static final String[] PIECES = {
        "\"",
        "'",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ".",
        "\n",
        "#",
        "-1",
        "1e9",
        "nan",
        "true",
        "${",
        "${X}",
        "$",
        "\\",
        "\0",
        "\"\"\"",
        "1979-05-27",
        "99999999999999999999",
        "[1, \"a\"]",
        "{ a = 1 }",
        "\u00e9",
        "key_map",
        "providers"
    };

    private static Path file = Path.of("");
    private static String example = "";

    @BeforeContainer
    static void prepare() throws IOException {
        file = Files.createTempFile("config", ".toml");
        example = Files.readString(Path.of("..", "config.example.toml")).replaceAll("(?m)^#(?=[a-z\"\\[])", "");
    }

    @AfterContainer
    static void cleanUp() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 300)
    void anyBytes(@ForAll @Size(max = 400) byte[] bytes) throws IOException {
        readOrRefuse(bytes);
    }

    @Property(tries = 300)
    void anyText(@ForAll String text) throws IOException {
        readOrRefuse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void anyDamageToAGoodFile(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int damages) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(example);
        for (int i = 0; i < damages; i++) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(12));
            text.replace(from, to, PIECES[random.nextInt(PIECES.length)]);
        }
        readOrRefuse(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void anyValueForAnyKey(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        String[] values = {
            "-1",
            "9223372036854775807",
            "1.5",
            "-inf",
            "nan",
            "\"\"",
            "\"x\"",
            "\"${X}\"",
            "[]",
            "[[]]",
            "{}",
            "true",
            "07:32:00",
            "[{}]",
            "{ a = { b = 1 } }"
        };
        String[] lines = example.split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].matches("[a-z\"].*=.*") && random.nextInt(10) == 0) {
                lines[i] = lines[i].substring(0, lines[i].indexOf('=')) + "= " + values[random.nextInt(values.length)];
            }
        }
        readOrRefuse(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private static void readOrRefuse(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            assertThat(ConfigFile.load(file, name -> "value").server().port()).isBetween(0, 65535);
        } catch (ConfigException refused) {
            assertThat(refused.problems()).isNotEmpty();
            assertThat(refused).hasMessageStartingWith(file.toString());
        }
    }
}
