package dev.llmgateway.store.postgres;

import org.jspecify.annotations.Nullable;

/**
 * A database cannot do now what it is asked for: it cannot be reached, is too slow, full, or refuses. The message is a sentence
 * for operators; it has nothing of what is in the database, and no password.
 */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
