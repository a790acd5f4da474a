package dev.llmgateway.store.postgres;

import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;

/** Says in a sentence for operators why a database did not do something. States are those of the SQL standard and PostgreSQL. */
final class DatabaseErrors {

    private static final int CLASS = 2;

    /** A value is none that its column can hold, or too long for an index. */
    private static final List<String> ABOUT_A_VALUE = List.of("22", "54");

    /** Something was to be written where only reading is possible. */
    static final String READ_ONLY = "25006";

    private DatabaseErrors() {}

    /** The failure as callers get it. */
    static DatabaseException of(DatabaseSettings settings, Exception failure) {
        return switch (failure) {
            case DatabaseException told -> told;
            case FlywayValidateException wrong ->
                new DatabaseException(
                        "the database " + settings + " has tables of another version of llm-gateway", wrong);
            case Exception other ->
                new DatabaseException("the database " + settings + " " + reason(state(other)), other);
        };
    }

    /** Whether a value was refused for what it is, so that it would be again. */
    static boolean isAboutAValue(DatabaseException failure) {
        String state = state(failure);
        return state != null && ABOUT_A_VALUE.contains(classOf(state));
    }

    private static String reason(@Nullable String state) {
        if (state == null) {
            return "cannot be used";
        }
        return switch (state) {
            case READ_ONLY -> "can only be read now: it is a standby, or set to read only";
            case "3D000" -> "does not exist: create it, or correct [database] url";
            case "42501" -> "does not allow its user to do that: it must own the tables, or have all rights on them";
            case "42P07" -> "has tables of the same names that are not of llm-gateway: give it a database of its own";
            case "53100" -> "has no room left on its disk";
            case "53300" -> "has too many connections: lower [database] max_connections, or allow more there";
            case "57014" -> "took too long to answer";
            case "57P01", "57P02", "57P03" -> "is starting or stopping";
            default -> ofClass(state);
        };
    }

    private static String ofClass(String state) {
        return switch (classOf(state)) {
            case "08" -> "cannot be reached";
            case "28" -> "refuses the user or the password of [database] url";
            default -> "answered with the error " + state;
        };
    }

    private static String classOf(String state) {
        return state.substring(0, Math.min(CLASS, state.length()));
    }

    /** The state of the innermost error that has one: a pool hides it behind its own. */
    private static @Nullable String state(Throwable failure) {
        String found = null;
        Throwable at = failure;
        while (at != null) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                found = sql.getSQLState();
            }
            at = at.getCause() == at ? null : at.getCause();
        }
        return found;
    }
}
