package dev.llmgateway.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.compliance.Scanner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ScannedTextTest {

    private static final Scanner SCANNER = Scanner.defaults();
    private static final String TOKEN = "gh" + "p_" + "a1B2c3D4e".repeat(4);

    private static String scan(Reader text, int longestPart) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        ScannedText.scan(SCANNER, "f", text, new FindingLines(print), longestPart);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void countsOnOverPartsOfALongText() throws IOException {
        String text = ("some words to fill a line with\n".repeat(2_000) + "use " + TOKEN + " now\n").repeat(3);

        assertThat(scan(new StringReader(text), 40_000))
                .isEqualTo(scan(new StringReader(text), Integer.MAX_VALUE))
                .containsPattern("f:2001:5: [^\\n]+\\nf:4002:5: [^\\n]+\\nf:6003:5: ");
    }

    @Test
    void looksThroughAnEndlessLineInBoundedMemory() throws IOException {
        Reader endless = new Reader() {
            private int left = 100_000_000;

            @Override
            public int read(char[] target, int from, int length) {
                if (left == 0) {
                    return -1;
                }
                int count = Math.min(length, left);
                "x".repeat(count).getChars(0, count, target, from);
                left -= count;
                return count;
            }

            @Override
            public void close() {}
        };

        assertThat(scan(endless, Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void aByteOrderMarkIsNoColumn() throws IOException {
        assertThat(scan(new StringReader("\uFEFF" + TOKEN), Integer.MAX_VALUE)).startsWith("f:1:1: ");
    }
}
