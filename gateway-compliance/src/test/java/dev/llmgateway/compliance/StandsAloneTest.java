package dev.llmgateway.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever uses the scanner alone gets no server, no HTTP client and no database with it. */
class StandsAloneTest {

    private static final List<String> OTHERS = List.of(
            "okhttp",
            "jdbi",
            "javalin",
            "jetty",
            "tomlj",
            "micrometer",
            "picocli",
            "gateway-server",
            "gateway-providers");

    @Test
    void bringsNothingOfTheServer() {
        List<String> jars = List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(it -> Path.of(it).toString())
                .toList();

        assertThat(jars).anyMatch(it -> it.contains("re2j")).anyMatch(it -> it.contains("libphonenumber"));
        assertThat(jars)
                .noneMatch(jar ->
                        OTHERS.stream().anyMatch(Path.of(jar).getFileName().toString()::contains));
        assertThat(jars)
                .noneMatch(jar -> jar.matches(".*gateway-(server|providers|routing|resilience|store|cli)[/\\\\].*"));
    }
}
