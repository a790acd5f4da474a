package dev.llmgateway.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * A log record as a line: {@code 2026-11-22T16:30:00.123Z INFO  listening on http://127.0.0.1:8930}. An exception is named
 * at its end; its stack trace follows for records of debug and trace alone. Control characters are taken out, so that
 * nobody can forge a line or speak to the terminal. Public because {@code java.util.logging} makes it by its name.
 */
public final class LogLine extends Formatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord line) {
        Throwable error = line.getThrown();
        return TIME.format(line.getInstant())
                + ' '
                + word(line.getLevel())
                + ' '
                + oneLine(formatMessage(line) + named(error))
                + System.lineSeparator()
                + (error != null && line.getLevel().intValue() < Level.INFO.intValue() ? trace(error) : "");
    }

    private static String word(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        if (value >= Level.INFO.intValue()) {
            return "INFO ";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    private static String named(@Nullable Throwable error) {
        return error == null ? "" : ": " + error;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static String trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
