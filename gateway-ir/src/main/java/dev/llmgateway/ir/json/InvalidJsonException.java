package dev.llmgateway.ir.json;

/** The bytes are not the JSON that was expected. The message says what and where, and quotes none of the content. */
public final class InvalidJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidJsonException(String message) {
        super(message, null, false, false);
    }
}
