package dev.llmgateway.api.spi;

/**
 * A {@link RecordStore} is there and works, but among the entries it was given is one that it can never keep, however often it is
 * asked: a value that a column cannot hold, say. Whoever gave several may find that one by giving fewer at a time. A store that
 * cannot be reached, is full or too slow throws something else.
 */
public final class RefusedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message why, for people; nothing of what was said in a call
     */
    public RefusedRecordException(String message) {
        super(message);
    }
}
