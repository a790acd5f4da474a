package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * A request asks for something that the target's format cannot express and whose loss would change what is asked. The
 * caller gets it as a bad request; another target may still serve it.
 */
public final class UntranslatableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String param;
    private final String text;

    /**
     * Describes what cannot be carried.
     *
     * @param param where it is in the request, for example {@code n}
     */
    public UntranslatableException(@Nullable String param, String message) {
        super(param == null ? message : param + ": " + message, null, false, false);
        this.param = param;
        this.text = message;
    }

    /** The same in its caller's words; a place is told in those of Chat Completions where the format does not matter. */
    public UntranslatableException inWordsOf(@Nullable Dialect caller) {
        return param == null || caller != Dialect.OPENAI_RESPONSES
                ? this
                : new UntranslatableException(ResponsesMembers.nameOf(param), text);
    }

    /** Where it is in the request, or null. */
    public @Nullable String param() {
        return param;
    }
}
