package dev.llmgateway.store.sql;

/** A query that passed the guard and has no result all the same. The message may be shown. */
public final class QueryFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why there is no result. */
    public enum Kind {
        /** PostgreSQL does not understand it, or it makes no sense for the data. */
        WRONG,
        /** It took longer than it may. */
        TOO_SLOW,
        /** Its result is larger than it may be. */
        TOO_LARGE,
        /** Nobody has time to execute it now. */
        BUSY,
        /** Nobody is there to execute it. */
        NO_DATABASE
    }

    private final Kind kind;

    QueryFailure(Kind kind, String sentence) {
        super(sentence, null, false, false);
        this.kind = kind;
    }

    /** Why there is no result. */
    public Kind kind() {
        return kind;
    }

    /** What happened, for whoever asked. */
    public String sentence() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
