package dev.llmgateway.cli;

import dev.llmgateway.server.config.Environment;
import dev.llmgateway.store.recording.RequestLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much is logged, by the words that {@code LLM_GATEWAY_LOG} takes. */
enum LogLevel {
    OFF(Level.OFF),
    ERROR(Level.SEVERE),
    WARN(Level.WARNING),
    INFO(Level.INFO),
    DEBUG(Level.FINE),
    TRACE(Level.ALL);

    private static final List<String> VARIABLES = List.of("LLM_GATEWAY_LOG", "RUST_LOG");
    private static final String OWN = "llm_gateway=";

    private final Level level;

    LogLevel(Level level) {
        this.level = level;
    }

    /** Which calls get a line in the request log. */
    RequestLog.Lines requests() {
        return switch (this) {
            case OFF, ERROR -> RequestLog.Lines.NONE;
            case WARN -> RequestLog.Lines.FAULTS;
            case INFO, DEBUG, TRACE -> RequestLog.Lines.ALL;
        };
    }

    /** The level's name in {@code java.util.logging}. */
    String julName() {
        return level.getName();
    }

    /**
     * The level that {@code LLM_GATEWAY_LOG}, else {@code RUST_LOG}, asks for; a word that is no level is passed over ({@link #unknown}).
     * Of a list of directives ({@code warn,llm_gateway=debug}) the one for llm_gateway counts, else the bare level.
     */
    static LogLevel of(Environment environment, LogLevel unless) {
        for (String variable : VARIABLES) {
            String value = environment.lookup(variable);
            LogLevel level = value == null ? null : parse(value);
            if (level != null) {
                return level;
            }
        }
        return unless;
    }

    /** Sentences about the words that were looked at and are no level; directives for other programs are none. */
    static List<String> unknown(Environment environment) {
        List<String> sentences = new ArrayList<>();
        for (String variable : VARIABLES) {
            String value = environment.lookup(variable);
            if (value == null) {
                continue;
            }
            for (String text : directives(value)) {
                String word = text.startsWith(OWN) ? text.substring(OWN.length()) : text;
                if (!word.isEmpty() && !word.contains("=") && word(word) == null) {
                    sentences.add(variable + " has \"" + word
                            + "\", which is no level: off, error, warn, info, debug and trace are");
                }
            }
            if (parse(value) != null) {
                break;
            }
        }
        return sentences;
    }

    private static List<String> directives(String value) {
        return Stream.of(value.split(",", -1))
                .map(it -> it.strip().toLowerCase(Locale.ROOT).replace('-', '_'))
                .toList();
    }

    private static @Nullable LogLevel parse(String directives) {
        LogLevel bare = null;
        for (String text : directives(directives)) {
            LogLevel own = text.startsWith(OWN) ? word(text.substring(OWN.length())) : null;
            if (own != null) {
                return own;
            }
            LogLevel level = word(text);
            bare = level == null ? bare : level;
        }
        return bare;
    }

    private static @Nullable LogLevel word(String text) {
        return switch (text) {
            case "off", "none" -> OFF;
            case "error" -> ERROR;
            case "warn", "warning" -> WARN;
            case "info" -> INFO;
            case "debug" -> DEBUG;
            case "trace", "all" -> TRACE;
            case String other -> null;
        };
    }
}
