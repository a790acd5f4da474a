package dev.llmgateway.ir.codec;

import org.jspecify.annotations.Nullable;

/** A client's request is not what its dialect asks for. The message says what is wrong and what would be right. */
public final class InvalidRequestFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String param;

    /**
     * Describes the mistake.
     *
     * @param param where it is, for example {@code messages[2].role}; null when it is the body as a whole
     */
    public InvalidRequestFormatException(@Nullable String param, String message) {
        super(param == null ? message : param + ": " + message, null, false, false);
        this.param = param;
    }

    /** Where the mistake is, or null. */
    public @Nullable String param() {
        return param;
    }
}
