package dev.llmgateway.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/wire-format-coverage.md} names a test for each row; each is there, and none is only the name of one. */
class WireFormatCoverageTest {

    private static final Path PAGE = Path.of("..", "docs", "wire-format-coverage.md");
    private static final Path TESTS = Path.of("src", "test", "java", "dev", "llmgateway", "ir");
    private static final Pattern NAME = Pattern.compile("`(?:([a-z]+)\\.)?([A-Z]\\w+)#(\\w+)`");

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        List<String> missing = new ArrayList<>();
        Matcher name = NAME.matcher(Files.readString(PAGE));
        int found = 0;
        for (; name.find(); found++) {
            Path folder = name.group(1) == null ? TESTS : TESTS.resolve(name.group(1));
            Path source = folder.resolve(name.group(2) + ".java");
            boolean exists = Files.exists(source) && Files.readString(source).contains("void " + name.group(3) + "(");
            if (!exists) {
                missing.add(name.group());
            }
        }
        assertThat(found).isGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyRowNamesATest() throws IOException {
        assertThat(Files.readAllLines(PAGE))
                .filteredOn(line -> line.startsWith("| ") && !line.startsWith("| row |"))
                .allSatisfy(row -> assertThat(row).containsPattern(NAME));
    }
}
