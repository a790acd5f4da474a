package dev.llmgateway.ir.codec;

import org.jspecify.annotations.Nullable;

/**
 * A request asks for something that the target's format cannot express and whose loss would change what is asked. The
 * caller gets it as a bad request; another target may still serve it.
 */
public final class UntranslatableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String param;

    /**
     * Describes what cannot be carried.
     *
     * @param param where it is in the request, for example {@code n}
     */
    public UntranslatableException(@Nullable String param, String message) {
        super(param == null ? message : param + ": " + message, null, false, false);
        this.param = param;
    }

    /** Where it is in the request, or null. */
    public @Nullable String param() {
        return param;
    }
}
