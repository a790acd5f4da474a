package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hook runs the scan at every commit: it must not start what only a server needs. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class ScanProcessTest {

    private static final List<String> SERVER =
            List.of("io.javalin.", "org.eclipse.jetty.", "okhttp3.", "tools.jackson.", "org.tomlj.", "io.micrometer.");

    @TempDir
    private Path directory;

    @Test
    void loadsNothingOfTheServer() throws IOException, InterruptedException {
        Path loaded = directory.resolve("loaded.txt");
        Files.writeString(directory.resolve("a.txt"), "mail jane.doe@example.org\n");
        Process scan = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + loaded + "::filecount=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.llmgateway.cli.Main",
                        "scan",
                        "a.txt")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(scan.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("a.txt:1:6: email");
        assertThat(scan.waitFor()).isEqualTo(1);
        try (Stream<String> lines = Files.lines(loaded)) {
            assertThat(lines.filter(it -> it.contains("source: ")).map(ScanProcessTest::className))
                    .contains("dev.llmgateway.cli.ScanCommand")
                    .noneMatch(it -> SERVER.stream().anyMatch(it::startsWith));
        }
    }

    /** From a line such as {@code [0.1s][info][class,load] java.lang.Object source: ...}. */
    private static String className(String line) {
        String named = line.substring(line.lastIndexOf("] ") + 2);
        return named.substring(0, named.indexOf(' '));
    }
}
