package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class LogLineTest {

    private static String format(Level level, String message, Throwable error) {
        LogRecord line = new LogRecord(level, message);
        line.setInstant(Instant.parse("2026-11-22T16:30:00.123456Z"));
        line.setThrown(error);
        return new LogLine().format(line);
    }

    @Test
    void aRecordIsALine() {
        assertThat(format(Level.INFO, "listens", null)).isEqualTo("2026-11-22T16:30:00.123Z INFO  listens\n");
        assertThat(format(Level.SEVERE, "broken", null)).endsWith(" ERROR broken\n");
        assertThat(format(Level.FINER, "detail", null)).endsWith(" TRACE detail\n");
    }

    @Test
    void anErrorIsNamedWithoutItsTrace() {
        assertThat(format(Level.WARNING, "cannot read", new IllegalStateException("the file is gone")))
                .endsWith(" WARN  cannot read: java.lang.IllegalStateException: the file is gone\n")
                .hasLineCount(1);
    }

    @Test
    void debuggersGetTheTrace() {
        assertThat(format(Level.FINE, "cannot read", new IllegalStateException("gone")))
                .contains("\tat dev.llmgateway.cli.LogLineTest");
    }

    @Test
    void nobodyForgesALineOrSpeaksToTheTerminal() {
        assertThat(format(Level.INFO, "model \"a\n2026 ERROR b\033[31m\"", null))
                .hasLineCount(1)
                .contains("model \"a 2026 ERROR b [31m\"");
    }
}
