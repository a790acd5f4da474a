package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.json.InvalidJsonException;

/**
 * A provider's answer, or an event of one, is not what its dialect promises, or is not complete. The message only tells why, so that
 * it can stand behind a sentence that tells what is wrong with which answer: {@code it has no choices}.
 */
public final class MalformedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedAnswerException(String message) {
        super(message, null, false, false);
    }

    /** It is no JSON, or not of the form that it should be. */
    public MalformedAnswerException(InvalidJsonException e) {
        this(String.valueOf(e.getMessage()));
    }
}
