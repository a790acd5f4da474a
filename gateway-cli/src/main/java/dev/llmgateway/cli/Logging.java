package dev.llmgateway.cli;

import dev.llmgateway.server.config.Environment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Sends everything that is logged to standard error, a line each: what our libraries write through {@code System.Logger}
 * and what Javalin and Jetty write through SLF4J both end in {@code java.util.logging}. That Javalin could not start is not
 * said twice, and callers' keys not at all.
 */
final class Logging {

    private Logging() {}

    /** Starts at the level that the environment asks for, and says which of its words are no level. */
    static LogLevel start(Environment environment, LogLevel unless) {
        LogLevel level = LogLevel.of(environment, unless);
        start(level);
        Logger log = System.getLogger("dev.llmgateway.cli");
        LogLevel.unknown(environment).forEach(sentence -> log.log(Logger.Level.WARNING, sentence));
        return level;
    }

    static void start(LogLevel level) {
        String settings = """
                handlers = java.util.logging.ConsoleHandler
                java.util.logging.ConsoleHandler.level = ALL
                java.util.logging.ConsoleHandler.formatter = %s
                .level = %s
                dev.llmgateway.level = %s
                io.javalin.Javalin.level = OFF
                org.eclipse.jetty.level = %s
                """.formatted(
                        LogLine.class.getName(),
                        libraries(level).julName(),
                        level.julName(),
                        jetty(level).julName());
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(settings.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Javalin and Jetty tell much that nobody needs: unless everything is wanted, only what is wrong. */
    private static LogLevel libraries(LogLevel level) {
        return level == LogLevel.TRACE || level.compareTo(LogLevel.WARN) < 0 ? level : LogLevel.WARN;
    }

    /** Below this Jetty writes down every header, and with them callers' keys. */
    private static LogLevel jetty(LogLevel level) {
        return level == LogLevel.TRACE ? LogLevel.INFO : libraries(level);
    }
}
