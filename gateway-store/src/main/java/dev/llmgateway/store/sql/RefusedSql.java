package dev.llmgateway.store.sql;

/** A query that the {@link SqlGuard} does not let through. The message says what is not allowed, and what is; it may be shown. */
public final class RefusedSql extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedSql(String sentence) {
        super(sentence, null, false, false);
    }

    /** What is not allowed, and what is. */
    public String sentence() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
