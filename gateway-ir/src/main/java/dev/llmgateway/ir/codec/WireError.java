package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An error as a client sees it, in no dialect.
 *
 * @param status the HTTP status, 400 to 599
 * @param message a sentence for a person; holds no key, URL or stack trace
 * @param code a finer word in OpenAI's vocabulary ({@code model_not_found}, {@code context_length_exceeded}), or null
 * @param param the request's member at fault, or null
 * @param extras what else a provider has said, for callers of its own format
 */
public record WireError(
        int status,
        Kind kind,
        String message,
        @Nullable String code,
        @Nullable String param,
        ErrorExtras extras) {

    /** An error that says nothing else. */
    public WireError(int status, Kind kind, String message, @Nullable String code, @Nullable String param) {
        this(status, kind, message, code, param, ErrorExtras.NONE);
    }

    /**
     * Names what callers of a format do not read of what a provider has said of it.
     *
     * @param caller null for one that reads no format
     */
    public List<String> lostFor(@Nullable Dialect caller) {
        List<String> lost = extras.lostFor(caller);
        // Messages are about places, so that the place is mostly in them.
        boolean hidesPlace = caller == Dialect.ANTHROPIC_MESSAGES && param != null && !message.contains(param);
        return hidesPlace
                ? Stream.concat(Stream.of(ErrorExtras.INSIDE + "param"), lost.stream())
                        .toList()
                : lost;
    }

    /** What went wrong; every dialect has a word for each. */
    public enum Kind {
        INVALID_REQUEST,
        AUTHENTICATION,
        BILLING,
        PERMISSION,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        TOO_LARGE,
        /** The prompt does not fit the model's context window. */
        CONTEXT_WINDOW,
        RATE_LIMIT,
        /** The account's quota or credit is spent; waiting a little does not help. */
        QUOTA_EXHAUSTED,
        OVERLOADED,
        TIMEOUT,
        SERVER
    }

    /**
     * Whether the same call would fail in the same way a moment later, although SDKs try again after an error with this
     * status: money is spent, a key refused, a prompt too long.
     */
    public boolean isRepeatedInVain() {
        boolean isRepeated = status == 408 || status == 409 || status == 429 || status >= 500;
        return switch (kind) {
            case BILLING, QUOTA_EXHAUSTED -> true;
            case AUTHENTICATION, PERMISSION, NOT_FOUND, METHOD_NOT_ALLOWED, TOO_LARGE, CONTEXT_WINDOW -> isRepeated;
            case INVALID_REQUEST, RATE_LIMIT, OVERLOADED, TIMEOUT, SERVER -> false;
        };
    }

    /** What a status of 400 or above means on its own. */
    public static Kind kindOf(int status) {
        return switch (status) {
            case 401 -> Kind.AUTHENTICATION;
            case 402 -> Kind.BILLING;
            case 403 -> Kind.PERMISSION;
            case 404 -> Kind.NOT_FOUND;
            case 405 -> Kind.METHOD_NOT_ALLOWED;
            case 408, 504, 524 -> Kind.TIMEOUT;
            case 413 -> Kind.TOO_LARGE;
            case 429 -> Kind.RATE_LIMIT;
            // Groq says 498 when it has no capacity left.
            case 498, 503, 529 -> Kind.OVERLOADED;
            default -> status >= 500 ? Kind.SERVER : Kind.INVALID_REQUEST;
        };
    }
}
