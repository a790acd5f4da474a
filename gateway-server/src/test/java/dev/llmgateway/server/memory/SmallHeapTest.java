package dev.llmgateway.server.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** 200,000 different tenants, conversations, idempotency keys, cached answers and circuits in a heap of 96 MB, of which what is remembered takes about half. */
final class SmallHeapTest {

    private static final String HEAP = "-Xmx96m";
    private static final long MOST_GROWTH = 4L << 20;

    @Test
    void whatIsRememberedOfNamesIsBounded() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        Matcher used = Pattern.compile("used (\\d+) then (\\d+)").matcher(output);
        assertThat(used.find()).as(output).isTrue();
        System.out.println(used.group());
        assertThat(Long.parseLong(used.group(2)) - Long.parseLong(used.group(1)))
                .as(output)
                .isLessThan(MOST_GROWTH);
    }
}
