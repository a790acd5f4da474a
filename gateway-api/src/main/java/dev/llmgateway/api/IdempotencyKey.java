package dev.llmgateway.api;

/**
 * Says that a call may be sent more than once and must be made once.
 *
 * @param value the caller's own, 1 to 255 characters
 * @param scope what is called, an HTTP path say: equal keys of different scopes have nothing to do with each other
 */
public record IdempotencyKey(String value, String scope) {

    /** Longer keys are refused, so that what is remembered of each stays small. */
    public static final int LONGEST = 255;

    /** @throws IllegalArgumentException when the value is blank or too long */
    public IdempotencyKey {
        if (value.isBlank() || value.length() > LONGEST) {
            throw new IllegalArgumentException("the idempotency key has " + value.length()
                    + " characters: it must have from 1 to " + LONGEST + ", not all of them blank");
        }
    }

    /** A key of an application that calls the gateway in process. */
    public static IdempotencyKey of(String value) {
        return new IdempotencyKey(value, "");
    }
}
