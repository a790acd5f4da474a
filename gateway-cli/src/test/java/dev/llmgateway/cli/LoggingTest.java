package dev.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoggingTest {

    @AfterEach
    void logAsBefore() throws IOException {
        LogManager.getLogManager().readConfiguration();
    }

    /** The parser's FINE messages quote every header of a request, {@code Authorization} included. */
    @ParameterizedTest
    @EnumSource(LogLevel.class)
    void atNoLevelDoesTheHttpServerWriteHeadersDown(LogLevel level) {
        Logging.start(level);
        assertThat(Logger.getLogger("org.eclipse.jetty.http.HttpParser").isLoggable(Level.FINE))
                .isFalse();
    }

    @Test
    void traceTellsEverythingElse() {
        Logging.start(LogLevel.TRACE);
        assertThat(Logger.getLogger("dev.llmgateway.server").isLoggable(Level.FINEST))
                .isTrue();
        assertThat(Logger.getLogger("okhttp3").isLoggable(Level.FINEST)).isTrue();
    }

    @Test
    void saysAtTheStartThatAWordIsNoLevel() {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            assertThat(Logging.start(Map.of("LLM_GATEWAY_LOG", "bogus")::get, LogLevel.INFO))
                    .isEqualTo(LogLevel.INFO);
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("WARN  LLM_GATEWAY_LOG has \"bogus\", which is no level");
    }
}
