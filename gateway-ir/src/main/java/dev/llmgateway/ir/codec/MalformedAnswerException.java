package dev.llmgateway.ir.codec;

/** A provider's answer is not what its dialect promises, or is not complete. */
public final class MalformedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedAnswerException(String message) {
        super(message, null, false, false);
    }
}
