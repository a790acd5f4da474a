package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.codec.ContextOverflow;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What went wrong, told by a provider's words first and by the status last; and the words for each kind. */
final class ErrorKinds {

    private ErrorKinds() {}

    static Kind of(int status, @Nullable String type, @Nullable String code, String message) {
        if (is("context_length_exceeded", type, code) || ContextOverflow.isSaidIn(message)) {
            return Kind.CONTEXT_WINDOW;
        }
        if (is("insufficient_quota", type, code) || is("billing_hard_limit_reached", type, code)) {
            return Kind.QUOTA_EXHAUSTED;
        }
        if (is("invalid_api_key", type, code)) {
            return Kind.AUTHENTICATION;
        }
        return WireError.kindOf(status);
    }

    private static boolean is(String word, @Nullable String type, @Nullable String code) {
        return word.equals(type) || word.equals(code);
    }

    /** The status for an error that came without one. */
    static int statusOf(@Nullable String type, @Nullable String code) {
        String words = ((type == null ? "" : type) + " " + (code == null ? "" : code)).toLowerCase(Locale.ROOT);
        if (words.contains("rate_limit") || words.contains("insufficient_quota")) {
            return 429;
        }
        if (words.contains("authentication") || words.contains("invalid_api_key")) {
            return 401;
        }
        if (words.contains("permission")) {
            return 403;
        }
        if (words.contains("not_found")) {
            return 404;
        }
        if (words.contains("invalid_request") || words.contains("context_length") || words.contains("bad_request")) {
            return 400;
        }
        return words.contains("overloaded") || words.contains("unavailable") ? 503 : 500;
    }

    static String type(Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, AUTHENTICATION, NOT_FOUND, METHOD_NOT_ALLOWED, TOO_LARGE, CONTEXT_WINDOW ->
                "invalid_request_error";
            case PERMISSION -> "permission_error";
            case BILLING, QUOTA_EXHAUSTED -> "insufficient_quota";
            case RATE_LIMIT -> "rate_limit_error";
            case OVERLOADED, TIMEOUT, SERVER -> "server_error";
        };
    }

    /**
     * What of a provider's code clients are told in place of the word for the kind; null for nothing. Many providers tell the
     * status there, which that word says better.
     */
    static @Nullable String told(@Nullable String code, int status, Kind kind) {
        boolean isNumber = code != null && code.chars().allMatch(Character::isDigit);
        boolean isWordBetter =
                kind == Kind.CONTEXT_WINDOW || Integer.toString(status).equals(code);
        return isNumber && isWordBetter && code(kind) != null ? null : code;
    }

    /** The finer word, or null when the type says all. */
    static @Nullable String code(WireError error) {
        return error.code() == null ? code(error.kind()) : error.code();
    }

    private static @Nullable String code(Kind kind) {
        return switch (kind) {
            case AUTHENTICATION -> "invalid_api_key";
            case METHOD_NOT_ALLOWED -> "method_not_allowed";
            case TOO_LARGE -> "request_too_large";
            case CONTEXT_WINDOW -> "context_length_exceeded";
            case RATE_LIMIT -> "rate_limit_exceeded";
            case BILLING, QUOTA_EXHAUSTED -> "insufficient_quota";
            case OVERLOADED -> "overloaded";
            case TIMEOUT -> "timeout";
            case INVALID_REQUEST, PERMISSION, NOT_FOUND, SERVER -> null;
        };
    }
}
